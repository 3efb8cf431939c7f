import type * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { parseJsonAnswer, type TextAnswer, type TextOptions } from '#main/platform/http-text.ts'
import type { Asking } from './ask.ts'

/** What a vendor's refusals are told with. */
export interface VendorWords {
  readonly name: string
  /** What was asked for, as `the space abc`. */
  readonly what: string
  readonly tokenFix: string
}

/** The vendor wants to be asked later; `waitSeconds` is what it said, or null. */
export class SlowDown extends AppError {
  readonly waitSeconds: number | null
  constructor(name: string, waitSeconds: number | null) {
    super('THROTTLED', `${name} was asked too often and wants to be asked later.`, {
      fix: 'Wait: it is asked again by itself, and nothing is lost.',
      retryable: true,
    })
    this.waitSeconds = waitSeconds
  }
}

/**
 * Asks a vendor's API for JSON.
 *
 * @throws AppError `CREDENTIALS_REFUSED`, `NOT_FOUND`, `UNREACHABLE`, `PROVIDER_REFUSED`, or `SlowDown`; none names the token.
 */
export async function askJson<T>(
  { http, token, signal, nowMs }: Asking,
  vendor: VendorWords,
  url: URL,
  schema: z.ZodType<T>,
  options: Pick<TextOptions, 'method' | 'json' | 'headers'> = {},
): Promise<{ readonly value: T; readonly answer: TextAnswer }> {
  const answer = await http.requestText(url, {
    ...options,
    headers: {
      accept: 'application/json',
      ...options.headers,
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    signal,
    // The owner named the address.
    privateAllowed: true,
  })
  if (answer.status < 200 || answer.status > 299) throw refusal(vendor, answer, token !== null, nowMs)
  return { value: parseJsonAnswer(answer, schema), answer }
}

function refusal({ name, what, tokenFix }: VendorWords, { status, headers }: TextAnswer, withToken: boolean, nowMs: number) {
  const spent = headers.get('x-ratelimit-remaining') === '0' || headers.get('retry-after') !== undefined
  if (status === 429 || (status === 403 && spent)) return new SlowDown(name, waitSeconds(headers, nowMs))
  if (status === 401 || status === 403)
    return new AppError(
      'CREDENTIALS_REFUSED',
      withToken ? `${name} refuses the token for ${what}.` : `${name} does not show ${what} without a token.`,
      { field: 'token', fix: tokenFix },
    )
  if (status === 404)
    return new AppError('NOT_FOUND', `${name} does not know ${what}, or the token may not see it.`, {
      field: 'reading',
      fix: `Look for a mistake in its name. ${tokenFix}`,
    })
  if (status >= 500)
    return new AppError('UNREACHABLE', `${name} answered with status ${status}.`, {
      fix: 'Wait: it is asked again by itself, and nothing is lost.',
      retryable: true,
    })
  return new AppError('PROVIDER_REFUSED', `${name} does not take the question about ${what} (status ${status}).`, {
    field: 'reading',
    fix: 'Look at what was entered, then save the reading access again: it then begins anew.',
  })
}

const SECONDS = /^\d{1,10}$/
/** Larger values are instants in Unix seconds rather than a wait. */
const LONGEST_WAIT_SECONDS = 86_400

function waitSeconds(headers: TextAnswer['headers'], nowMs: number): number | null {
  const said = ['retry-after', 'x-contentful-ratelimit-reset', 'x-ratelimit-reset']
    .map((name) => headers.get(name) ?? '')
    .find((text) => SECONDS.test(text))
  if (said === undefined) return null
  const value = Number(said)
  return value <= LONGEST_WAIT_SECONDS ? value : Math.max(0, Math.ceil(value - nowMs / 1_000))
}
