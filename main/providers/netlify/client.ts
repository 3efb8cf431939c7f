import type { NetlifyAPI } from '@netlify/api'
import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import type { Http } from '#main/platform/http.ts'
import { answerRefusal, brokenLine, notUnderstood, slowDown, tokenMissing } from './refusals.ts'

export const NETLIFY_API = 'https://api.netlify.com/api/v1'
const TIMEOUT_MS = 20_000

/** What each call of the client is given beside its parameters. */
export type CallOptions = NonNullable<Parameters<NetlifyAPI['getSite']>[1]>

/** One call at a time of Netlify's own client; every failure is an `AppError`. */
export type AskNetlify = <T>(
  /** Begins a sentence about what is missing when it is not there: "The site". */
  what: string,
  schema: z.ZodType<T>,
  call: (api: NetlifyAPI, options: CallOptions) => Promise<unknown>,
  signal: AbortSignal | undefined,
) => Promise<T>

export interface NetlifyClientOptions {
  readonly token: string
  readonly baseUrl: string
  readonly http: Pick<Http, 'oneCall'>
}

/**
 * The official client, held to one request a call. By itself it sends a call up to five more times when Netlify says 429 or
 * the line breaks, a call that starts a build too. Its errors carry the token, so that none of them is passed on.
 */
export function createAsk({ token, baseUrl, http }: NetlifyClientOptions): AskNetlify {
  const base = new URL(baseUrl)
  let client: Promise<NetlifyAPI> | undefined
  const connect = async (): Promise<NetlifyAPI> => {
    const { NetlifyAPI: Client } = await import('@netlify/api')
    return new Client(token, {
      scheme: base.protocol.replace(':', ''),
      host: base.host,
      pathPrefix: base.pathname.replace(/\/$/, ''),
      userAgent: 'Frostline/0.1',
    })
  }
  return async (what, schema, call, signal) => {
    if (token === '') throw tokenMissing()
    client ??= connect()
    const api = await client
    const stop = new AbortController()
    const ends = AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])])
    const early = Promise.withResolvers<never>()
    const connections = http.oneCall({
      status: (status) => status === 429 && early.reject(slowDown(base.host)),
      broken: (error) => early.reject(brokenLine(base.host, error)),
    })
    ends.addEventListener('abort', () => early.reject(brokenLine(base.host, new Error('It did not answer in 20 s.'))), {
      once: true,
    })
    const calling = call(api, { agent: connections.agent, signal: ends })
    // Whichever comes first is the answer; the other one is nobody's.
    calling.catch(() => {})
    early.promise.catch(() => {})
    try {
      const parsed = schema.safeParse(await Promise.race([calling, early.promise]))
      if (parsed.success) return parsed.data
      throw notUnderstood(base.host, parsed.error)
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason
      throw error instanceof AppError ? error : answerRefusal(error, what, base.host)
    } finally {
      stop.abort()
      connections.close()
    }
  }
}
