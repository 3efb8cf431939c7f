import { ORPCError } from '@orpc/client'
import { expect, test } from 'vitest'
import { ConnectionLost } from '#renderer/lib/connection.ts'
import { describeFailure } from '#renderer/lib/failure.ts'

test('a refusal of the core keeps its sentence, its fix and its field', () => {
  const error = new ORPCError('BAD_INPUT', {
    defined: true,
    message: 'No such distribution.',
    data: { field: 'edge.distributionId', fix: 'Check the id.' },
  })
  expect(describeFailure(error)).toEqual({
    message: 'No such distribution.',
    fix: 'Check the id.',
    field: 'edge.distributionId',
    retryable: false,
    isGone: false,
  })
})

test('details that are not what was agreed are left out, the sentence is not', () => {
  expect(describeFailure(new ORPCError('THROTTLED', { message: 'Too fast.', data: { retryable: 'yes' } }))).toEqual({
    message: 'Too fast.',
    fix: null,
    field: null,
    retryable: false,
    isGone: false,
  })
})

test('a lost connection says that the act may not have been done', () => {
  expect(describeFailure(new ConnectionLost())).toMatchObject({
    message: expect.stringContaining('may not have been done'),
    retryable: true,
  })
})

test('anything else is told as what it is', () => {
  expect(describeFailure(new TypeError('x is undefined'))).toMatchObject({
    message: expect.stringContaining('x is undefined'),
    fix: 'Reload the window.',
  })
})
