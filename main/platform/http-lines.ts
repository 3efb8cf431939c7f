import type { Dispatcher } from 'undici'
import { AppError } from '#shared/errors.ts'
import { HttpLimitError, httpFailure } from './http-failure.ts'
import { parseHttpUrl } from './http-url.ts'

export interface LinesOptions {
  readonly privateAllowed?: boolean
  /** How long nothing may come. Default 600,000: a build step may be quiet for minutes. */
  readonly idleMs?: number
  /** Of the whole text. Default 50 MiB. */
  readonly maxBytes?: number
}

/** Longer lines are cut: a log may hold a minified file in one. */
const MAX_LINE_CHARACTERS = 65_536
const HEADERS_TIMEOUT_MS = 20_000

/**
 * Streams a UTF-8 text line by line, without line ends, until it ends or `signal` aborts. Asks for no compression, so
 * that every line arrives as soon as it is written.
 *
 * @throws AppError `UNREACHABLE`, `BAD_INPUT`, or `PROVIDER_REFUSED` for a status other than 200; the reason of `signal`.
 */
export async function* streamLines(
  dispatcher: Dispatcher,
  address: string | URL,
  signal: AbortSignal,
  options: LinesOptions,
): AsyncGenerator<string> {
  const url = parseHttpUrl(address)
  try {
    const { statusCode, body } = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'GET',
      signal,
      headers: { accept: 'text/plain', 'accept-encoding': 'identity', 'user-agent': 'Frostline/0.1' },
      headersTimeout: HEADERS_TIMEOUT_MS,
      bodyTimeout: options.idleMs ?? 600_000,
    })
    if (statusCode !== 200) {
      body.destroy()
      throw new AppError('PROVIDER_REFUSED', `${url.host} answered with status ${statusCode}.`, { retryable: statusCode >= 500 })
    }
    yield* splitLines(body, options.maxBytes ?? 50 * 1_048_576)
  } catch (error) {
    throw httpFailure(timeoutOf(error, options) ?? error, url.host, signal)
  }
}

async function* splitLines(body: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let bytes = 0
  let rest = ''
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > maxBytes) throw new HttpLimitError('body', maxBytes)
    const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/)
    rest = (lines.pop() ?? '').slice(0, MAX_LINE_CHARACTERS)
    for (const line of lines) yield line.slice(0, MAX_LINE_CHARACTERS)
  }
  rest += decoder.decode()
  if (rest !== '') yield rest
}

function timeoutOf(error: unknown, options: LinesOptions): HttpLimitError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  if (error.code === 'UND_ERR_HEADERS_TIMEOUT') return new HttpLimitError('timeout', HEADERS_TIMEOUT_MS)
  if (error.code === 'UND_ERR_BODY_TIMEOUT') return new HttpLimitError('timeout', options.idleMs ?? 600_000)
  return undefined
}
