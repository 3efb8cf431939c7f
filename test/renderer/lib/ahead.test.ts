import { expect, test } from 'vitest'
import { ahead } from '#renderer/lib/ahead.ts'

function numbered() {
  let opened = 0
  const door = ahead(() => Promise.resolve(++opened))
  return { door, opened: () => opened }
}

test('what was begun is given to the first who opens; the next opens anew', async () => {
  const { door } = numbered()
  await door.begin()
  expect(await door.open()).toBe(1)
  expect(await door.open()).toBe(2)
})

test('beginning twice opens once', async () => {
  const { door, opened } = numbered()
  expect(await Promise.all([door.begin(), door.begin()])).toEqual([1, 1])
  expect(opened()).toBe(1)
})

test('what nobody began is opened when it is needed', async () => {
  const { door, opened } = numbered()
  expect(opened()).toBe(0)
  expect(await door.open()).toBe(1)
})
