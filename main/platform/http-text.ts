import type { Dispatcher } from 'undici'
import type * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { decodeText } from './http-charset.ts'
import { decodeBody, isGzip } from './http-decode.ts'
import { exchange, type Exchange, type HeaderList } from './http-exchange.ts'
import { HttpLimitError, httpFailure } from './http-failure.ts'
import { parseHttpUrl } from './http-url.ts'

export interface TextOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PURGE' | 'BAN'
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON with its content type. */
  readonly json?: unknown
  /** Sent as it is, with the content type of `headers`; `json` goes before it. */
  readonly body?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** From the call to the last byte, redirects included. Default 20,000. */
  readonly timeoutMs?: number
  /** Over the wire and unpacked. Default 10 MiB. */
  readonly maxBytes?: number
  /** Default 0: a redirect is an answer. Only GET is sent on. */
  readonly maxRedirects?: number
  /** The address was given by the owner (an API, a build service) and may be private. Never for addresses from pages. */
  readonly privateAllowed?: boolean
}

export interface TextAnswer {
  readonly status: number
  readonly headers: HeaderList
  readonly text: string
  /** Where the answer came from, after redirects. */
  readonly url: URL
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * Asks for a text of any status. Gzip files (`sitemap.xml.gz`) are unpacked by content.
 *
 * @throws AppError `UNREACHABLE` or `BAD_INPUT`, or the reason of `signal`.
 */
export async function requestText(dispatcher: Dispatcher, address: string | URL, options: TextOptions): Promise<TextAnswer> {
  let url = parseHttpUrl(address)
  const timeoutMs = options.timeoutMs ?? 20_000
  const endsAt = performance.now() + timeoutMs
  for (let left = options.maxRedirects ?? 0; ; left -= 1) {
    const answer = await askOnce(dispatcher, url, options, { timeoutMs, leftMs: endsAt - performance.now() })
    const location = answer.headers.get('location')
    const follows = REDIRECTS.has(answer.status) && location !== undefined && (options.method ?? 'GET') === 'GET'
    if (!follows || options.maxRedirects === undefined || options.maxRedirects === 0) return answer
    if (left === 0) {
      throw new AppError('UNREACHABLE', `${url.host} redirects more than ${options.maxRedirects} times.`, {
        fix: 'Look for a loop in the redirects, or enter the final address.',
        retryable: false,
      })
    }
    const next = URL.parse(location, url.href)
    if (next === null) {
      throw new AppError('UNREACHABLE', `${url.host} redirects to something that is no web address.`, { retryable: false })
    }
    url = parseHttpUrl(next)
  }
}

/**
 * Asks for JSON and checks its shape.
 *
 * @param schema what the answer must look like.
 * @throws AppError as `requestText`, and `PROVIDER_REFUSED` for a status other than 2xx or another content.
 */
export async function requestJson<T>(
  dispatcher: Dispatcher,
  address: string | URL,
  schema: z.ZodType<T>,
  options: TextOptions,
): Promise<T> {
  const answer = await requestText(dispatcher, address, {
    ...options,
    headers: { accept: 'application/json', ...options.headers },
  })
  if (answer.status < 200 || answer.status > 299) {
    throw new AppError('PROVIDER_REFUSED', `${answer.url.host} answered with status ${answer.status}.`, {
      retryable: answer.status === 429 || answer.status >= 500,
    })
  }
  return parseJsonAnswer(answer, schema)
}

/**
 * Reads a JSON answer.
 *
 * @throws AppError `PROVIDER_REFUSED` that names the host and the member that is wrong, never a value.
 */
export function parseJsonAnswer<T>(answer: TextAnswer, schema: z.ZodType<T>): T {
  let value: unknown
  try {
    value = JSON.parse(answer.text)
  } catch (error) {
    const type = answer.headers.get('content-type')?.split(';', 1)[0] ?? 'no content type'
    throw new AppError(
      'PROVIDER_REFUSED',
      `${answer.url.host} did not answer with JSON (${type}).`,
      {
        fix: 'Check the address: a sign-in page or a proxy may have answered.',
        retryable: false,
      },
      error,
    )
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue === undefined || issue.path.length === 0 ? 'the answer' : issue.path.join('.')
  throw new AppError(
    'PROVIDER_REFUSED',
    `The answer of ${answer.url.host} is not what was expected: ${where} is wrong.`,
    {
      fix: 'Check that the address belongs to this kind of service.',
      retryable: false,
    },
    new Error(issue?.message ?? 'does not parse'),
  )
}

async function askOnce(
  dispatcher: Dispatcher,
  url: URL,
  options: TextOptions,
  time: { readonly timeoutMs: number; readonly leftMs: number },
): Promise<TextAnswer> {
  const maxBytes = options.maxBytes ?? 10 * 1_048_576
  const headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'Frostline/0.1' }
  for (const [name, value] of Object.entries(options.headers ?? {})) headers[name.toLowerCase()] = value
  if (options.json !== undefined) headers['content-type'] = 'application/json'
  try {
    const answer = await exchange(dispatcher, {
      url,
      headers,
      method: options.method ?? 'GET',
      body: options.json === undefined ? (options.body ?? null) : JSON.stringify(options.json),
      signal: options.signal,
      timeoutMs: Math.max(1, time.leftMs),
      maxBodyBytes: maxBytes,
    })
    return { status: answer.status, headers: answer.headers, text: await textOf(answer, maxBytes), url }
  } catch (error) {
    // The limit that was broken is that of the whole call, whatever was left of it for this redirect.
    const timedOut = error instanceof HttpLimitError && error.kind === 'timeout'
    throw httpFailure(timedOut ? new HttpLimitError('timeout', time.timeoutMs) : error, url.host, options.signal)
  }
}

async function textOf(answer: Exchange, maxBytes: number): Promise<string> {
  const { bytes } = await decodeBody(answer.body, answer.headers.get('content-encoding'), maxBytes)
  const plain = isGzip(bytes) ? (await decodeBody(bytes, 'gzip', maxBytes)).bytes : bytes
  return decodeText(plain, answer.headers.get('content-type'))
}
