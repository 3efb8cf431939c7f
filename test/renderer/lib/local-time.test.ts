import { expect, test } from 'vitest'
import { fromLocalInput, toLocalInput } from '#renderer/lib/local-time.ts'

const NOON = new Date(2026, 10, 21, 12, 0, 7, 345).getTime()

test('a moment comes back to the second', () => {
  expect(toLocalInput(NOON)).toBe('2026-11-21T12:00:07')
  expect(fromLocalInput(toLocalInput(NOON), NOON + 60_000)).toBe(NOON - 345)
})

test('the second that is going on means now, not its beginning', () => {
  expect(fromLocalInput('2026-11-21T12:00:07', NOON)).toBe(NOON)
})

test('an empty field is no moment', () => {
  expect(fromLocalInput('', NOON)).toBeNull()
})
