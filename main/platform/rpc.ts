import { ORPCError, ValidationError } from '@orpc/contract'
import { implement, type ImplementerInternalWithMiddlewares } from '@orpc/server'
import { ROLES, type Role } from '#shared/calls.ts'
import { contract, type Contract } from '#shared/contract.ts'
import { AppError, type ErrorDetails } from '#shared/errors.ts'
import type { Log } from './log.ts'
import { storageFailure } from './storage-failure.ts'

/** Bound to a connection when it is handed over; a call cannot change it. */
export interface CallContext {
  readonly person: string
  readonly role: Role
  /** Of the desktop window's own connection, which no page has. */
  readonly shell?: true
  readonly log: Log
  readonly knowsSite: (siteId: string) => boolean
}

/** Named, because the whole contract spelled out is longer than a declaration may be. */
type Guarded = ImplementerInternalWithMiddlewares<Contract, CallContext, CallContext>

const ROLE_FIX = 'Ask the owner or an operator to do it.'

/**
 * Implements the contract. Every call passes the guard: role first, then its input, then the site that it names, then its
 * errors on the way out. The index puts the reading of the input between the two middlewares.
 */
export const os: Guarded = implement(contract)
  .$context<CallContext>()
  .$config({ initialInputValidationIndex: -1 })
  .use(async ({ context, next, procedure, path, signal }) => {
    const { needs } = procedure['~orpc'].meta
    if (ROLES.indexOf(context.role) > ROLES.indexOf(needs)) {
      throw toWire(new AppError('NOT_ALLOWED', `A person with the role ${context.role} may not do this.`, { fix: ROLE_FIX }))
    }
    const refusal = (error: unknown) => {
      const known = toAppError(error)
      if (known.code === 'INTERNAL') context.log.error({ err: error, call: path.join('.') }, 'a call failed')
      else context.log.debug({ code: known.code, call: path.join('.'), err: known.cause }, known.message)
      return toWire(known)
    }
    try {
      const result = await next()
      return isStream(result.output) ? { ...result, output: refusing(result.output, refusal, signal) } : result
    } catch (error) {
      throw refusal(error)
    }
  })
  .use(({ context, next }, input: unknown) => {
    if (
      typeof input === 'object' &&
      input !== null &&
      'siteId' in input &&
      typeof input.siteId === 'string' &&
      !context.knowsSite(input.siteId)
    ) {
      throw new AppError('NOT_FOUND', 'This site is not here any more.', { field: 'siteId', fix: 'Choose another site.' })
    }
    return next({ context: {} })
  })

function isStream(output: unknown): output is AsyncIterable<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

/** A stream may fail long after its call was answered; the other end then gets the same kind of error. */
async function* refusing(
  stream: AsyncIterable<unknown>,
  refusal: (error: unknown) => unknown,
  signal: AbortSignal | undefined,
): AsyncGenerator {
  try {
    yield* stream
  } catch (error) {
    if (signal?.aborted) return
    throw refusal(error)
  }
}

/** Only code, sentence and details cross; the cause stays here. */
function toWire(error: AppError): ORPCError<string, ErrorDetails> {
  return new ORPCError(error.code, { message: error.message, data: error.details, defined: true })
}

function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return (error.code === 'INTERNAL' ? storageFailure(error) : null) ?? error
  if (error instanceof ORPCError && error.cause instanceof ValidationError && error.code === 'BAD_REQUEST') {
    const issue = error.cause.issues[0]
    const field = (issue?.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.')
    return new AppError('BAD_INPUT', issue?.message ?? 'The input is not valid.', field === '' ? {} : { field })
  }
  const ofStorage = storageFailure(error)
  if (ofStorage) return ofStorage
  return new AppError(
    'INTERNAL',
    'Something went wrong inside Frostline. The log has the details.',
    { fix: 'Try again; when it stays, read the log: Settings → Data and logs says where it is.', retryable: true },
    error,
  )
}
