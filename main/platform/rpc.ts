import { ORPCError, ValidationError } from '@orpc/contract'
import { implement } from '@orpc/server'
import { ROLES, type CallMeta, type Role } from '#shared/calls.ts'
import { contract } from '#shared/contract.ts'
import { AppError, type ErrorDetails } from '#shared/errors.ts'
import type { Log } from './log.ts'

/** Bound to a connection when it is handed over; a call cannot change it. */
export interface CallContext {
  readonly person: string
  readonly role: Role
  readonly log: Log
}

const ROLE_FIX = 'Ask the owner or an operator to do it.'

/** Implements the contract. Every call passes the guard: role first, then its input, then its errors on the way out. */
export const os = implement(contract).$context<CallContext>().use(async ({ context, next, procedure, path }) => {
  const { needs } = procedure['~orpc'].meta as CallMeta
  if (ROLES.indexOf(context.role) > ROLES.indexOf(needs)) {
    throw toWire(new AppError('NOT_ALLOWED', `A person with the role ${context.role} may not do this.`, { fix: ROLE_FIX }))
  }
  try {
    return await next()
  } catch (error) {
    const known = toAppError(error)
    if (known.code === 'INTERNAL') context.log.error({ err: error, call: path.join('.') }, 'a call failed')
    else context.log.debug({ code: known.code, call: path.join('.'), err: known.cause }, known.message)
    throw toWire(known)
  }
})

/** Only code, sentence and details cross; the cause stays here. */
function toWire(error: AppError): ORPCError<string, ErrorDetails> {
  return new ORPCError(error.code, { message: error.message, data: error.details, defined: true })
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof ORPCError && error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
    const issue = error.cause.issues[0]
    const field = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    return new AppError('BAD_INPUT', issue?.message ?? 'The input is not valid.', field === '' ? {} : { field })
  }
  return new AppError('INTERNAL', 'Something went wrong inside Frostline. The log has the details.',
    { fix: 'Try again; when it stays, look at core.log in the data folder.', retryable: true }, error)
}
