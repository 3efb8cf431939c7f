import { hash } from 'node:crypto'
import type { Dispatcher } from 'undici'
import { decodeBody } from './http-decode.ts'
import { exchange, type Exchange } from './http-exchange.ts'
import { httpFailure } from './http-failure.ts'
import { parseHttpUrl } from './http-url.ts'

/** Names us in the site's logs, so that checks can be told from visitors. */
export const CHECK_USER_AGENT = 'Frostline/0.1 (+check)'

export interface PageOptions {
  /** Added to, or in place of, the ones that a check sends. */
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  /** From the call to the last byte. Default 20,000. */
  readonly timeoutMs?: number
  /** Over the wire. Default 5 MiB. */
  readonly maxBodyBytes?: number
  /** Unpacked. Default 20 MiB. */
  readonly maxDecodedBytes?: number
  /** Asks the server at the URL for another host: how an edge asks its origin. */
  readonly hostHeader?: string | undefined
  /** Returns the unpacked bytes too. */
  readonly keepBody?: boolean
}

/** What a visitor would have received, with redirects as they are. */
export interface PageAnswer extends Pick<Exchange, 'status' | 'headers' | 'ttfbMs' | 'totalMs' | 'at'> {
  /** `sha256-` and lower-case hex, of the unpacked bytes; null for 304, which has none. */
  readonly bodyHash: string | null
  /** An encoding that was not understood: `bodyHash`, `body` and `sizeBytes` are then of the packed bytes. */
  readonly unknownEncoding: string | null
  /** Unpacked. */
  readonly sizeBytes: number
  readonly body: Uint8Array | undefined
}

/**
 * Asks for a page like a browser would and follows no redirect.
 *
 * @throws AppError `UNREACHABLE` with the cause in a sentence, `BAD_INPUT` for what is no web address, or the reason of
 *   `signal`.
 */
export async function fetchPage(dispatcher: Dispatcher, address: string | URL, options: PageOptions): Promise<PageAnswer> {
  const url = parseHttpUrl(address)
  try {
    const answer = await exchange(dispatcher, {
      url,
      method: 'GET',
      headers: pageHeaders(options),
      body: null,
      signal: options.signal,
      timeoutMs: options.timeoutMs ?? 20_000,
      maxBodyBytes: options.maxBodyBytes ?? 5 * 1_048_576,
    })
    return await toPage(answer, options)
  } catch (error) {
    throw httpFailure(error, url.host, options.signal)
  }
}

function pageHeaders({ headers, hostHeader }: PageOptions): Record<string, string> {
  const sent: Record<string, string> = {
    accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    'accept-encoding': 'gzip, deflate, br',
    'user-agent': CHECK_USER_AGENT,
  }
  for (const [name, value] of Object.entries(headers ?? {})) sent[name.toLowerCase()] = value
  if (hostHeader !== undefined) sent['host'] = hostHeader
  return sent
}

async function toPage(answer: Exchange, options: PageOptions): Promise<PageAnswer> {
  const { status, headers, ttfbMs, totalMs, at } = answer
  const limit = options.maxDecodedBytes ?? 20 * 1_048_576
  const { bytes, unknownEncoding } = await decodeBody(answer.body, headers.get('content-encoding'), limit)
  return {
    status,
    headers,
    ttfbMs,
    totalMs,
    at,
    unknownEncoding,
    bodyHash: status === 304 ? null : `sha256-${hash('sha256', bytes, 'hex')}`,
    sizeBytes: bytes.length,
    body: options.keepBody === true ? bytes : undefined,
  }
}
