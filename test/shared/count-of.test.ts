import { expect, test } from 'vitest'
import { countOf } from '#shared/count-of.ts'

test('One is one, and everything else is several', () => {
  expect(countOf(1, 'item')).toBe('1 item')
  expect(countOf(0, 'item')).toBe('0 items')
  expect(countOf(1_204, 'address', 'addresses')).toBe('1,204 addresses')
})
