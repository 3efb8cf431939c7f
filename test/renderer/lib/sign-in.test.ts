import { expect, test } from 'vitest'
import { proofOf } from '#renderer/lib/sign-in.ts'

test('the one-time token is read from the part of an address that is never sent', () => {
  expect(proofOf('#token=abc-123_X')).toEqual({ token: 'abc-123_X' })
  expect(proofOf('#link=abc-123_X')).toEqual({ link: 'abc-123_X' })
  expect(proofOf('#other=1')).toBeNull()
  expect(proofOf('')).toBeNull()
})
