import * as z from 'zod'

/** What every refused or failed call carries beside its code and its sentence. */
export const ErrorDetails = z.object({
  /** The input field that is wrong, as a path: `zones.0.url`. */
  field: z.string().optional(),
  /** What to do next, as a sentence. */
  fix: z.string().optional(),
  /** Whether the same call may succeed when it is made again. */
  retryable: z.boolean().optional(),
  /** How long whoever refused asks us to wait before the same call. */
  waitMs: z.number().optional(),
})
export type ErrorDetails = z.infer<typeof ErrorDetails>

/**
 * Every error code that can cross the contract. Codes are stable; sentences say what happened, what it means and what
 * to do.
 */
export const errors = {
  BAD_INPUT: { data: ErrorDetails },
  NOT_FOUND: { data: ErrorDetails },
  NOT_ALLOWED: { data: ErrorDetails },
  CONFLICT: { data: ErrorDetails },
  UNREACHABLE: { data: ErrorDetails },
  CREDENTIALS_REFUSED: { data: ErrorDetails },
  THROTTLED: { data: ErrorDetails },
  PROVIDER_REFUSED: { data: ErrorDetails },
  INTERNAL: { data: ErrorDetails },
} as const
export type ErrorCode = keyof typeof errors

/** An error with a stable code and a sentence for people. It crosses the contract as data; `cause` stays in the log. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}
