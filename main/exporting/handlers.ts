import { ORPCError } from '@orpc/server'
import { AppError, ErrorDetails, errors, type ErrorCode } from '#shared/errors.ts'
import type { Database } from '#main/platform/database.ts'
import { os, type CallContext } from '#main/platform/rpc.ts'
import { readPart, type Calls } from './read-part.ts'

export function exportingHandlers(has: {
  readonly db: Database['raw']
  /** The calls of the panel as this person makes them. */
  readonly callsAs: (context: CallContext) => Calls
}) {
  const urlOf = has.db.prepare<[number], string>('SELECT url FROM zones WHERE id = ?').pluck()
  return os.exporting.router({
    part: os.exporting.part.handler(async ({ input, context }) => {
      const known = new Map<number, string>()
      const zoneUrl = (zoneId: number) => {
        const url = known.get(zoneId) ?? (urlOf.get(zoneId) ?? '').replace(/\/+$/, '')
        known.set(zoneId, url)
        return url
      }
      try {
        return await readPart(input, has.callsAs(context), zoneUrl)
      } catch (error) {
        throw asRefusal(error)
      }
    }),
  })
}

/** What a call inside has refused, refused again in the same words. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof ORPCError) || !isCode(error.code)) return error
  const details = ErrorDetails.safeParse(error.data)
  return new AppError(error.code, error.message, details.success ? details.data : {}, error)
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code)
}
