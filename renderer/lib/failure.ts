import { ORPCError } from '@orpc/client'
import { ErrorDetails } from '#shared/errors.ts'
import { ConnectionLost } from './connection.ts'

/** An error as it is told to a person. */
export interface Failure {
  readonly message: string
  readonly fix: string | null
  readonly field: string | null
  readonly retryable: boolean
  /** What was asked for is not there (any more). */
  readonly isGone: boolean
}

export function describeFailure(error: unknown): Failure {
  if (error instanceof ConnectionLost) {
    return {
      message: error.message,
      fix: 'Wait until the connection is back, then look whether it happened.',
      field: null,
      retryable: true,
      isGone: false,
    }
  }
  if (error instanceof ORPCError) {
    const details = ErrorDetails.safeParse(error.data)
    const { fix = null, field = null, retryable = false } = details.success ? details.data : {}
    return { message: error.message, fix, field, retryable, isGone: error.code === 'NOT_FOUND' }
  }
  const message = error instanceof Error ? error.message : String(error)
  return {
    message: `Something unexpected happened in this window: ${message}`,
    fix: 'Reload the window.',
    field: null,
    retryable: false,
    isGone: false,
  }
}
