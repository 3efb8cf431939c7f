import { expect, test } from 'vitest'
import { checkWords } from '#renderer/home/check-words.ts'

test('of a site without pages nothing has been checked: they are found first', () => {
  expect(checkWords({ pages: 0, neverChecked: 0 })).toMatchObject({
    title: 'Find pages',
    consequence: expect.stringContaining('No page is known yet'),
  })
  expect(checkWords({ pages: 5, neverChecked: 0 }).consequence).toBe('Every page has been checked')
  expect(checkWords({ pages: 5, neverChecked: 1 }).consequence).toContain('1 page;')
})
