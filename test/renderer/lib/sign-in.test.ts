import { expect, test } from 'vitest'
import { tokenOf } from '#renderer/lib/sign-in.ts'

test('the one-time token is read from the part of an address that is never sent', () => {
  expect(tokenOf('#token=abc-123_X')).toBe('abc-123_X')
  expect(tokenOf('#other=1')).toBeNull()
  expect(tokenOf('')).toBeNull()
})
