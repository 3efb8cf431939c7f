import { deltaSeconds, parseDirectives, type Directives } from './directives.ts'
import { fieldsOf, type Fields } from './fields.ts'
import { parseHttpDate } from './http-date.ts'
import { GUESSED_STATUSES } from './lifetime.ts'

/** How long the browser that received an answer gives it again without asking anybody. No purge reaches it. */
export interface BrowserFreshness {
  /** `nothing`: it may not be stored. `asks-always`: stored, but confirmed before each use. `keeps`: given unasked. */
  readonly use: 'nothing' | 'asks-always' | 'keeps'
  /** The whole lifetime, of which caches on the way have used up the age. */
  readonly lifetimeSeconds: number
  /** What was left of it when the answer came. */
  readonly keepsSeconds: number
  /** Unix milliseconds up to which it is given unasked; the time of receipt when it is not. */
  readonly untilMs: number
  /** Time after `untilMs` in which the old copy is shown once more while a new one is fetched. */
  readonly staleWhileRevalidateSeconds: number
  /** Not even the reload button asks (RFC 8246). */
  readonly immutable: boolean
  /** No header names a lifetime: the browser guesses one, each its own. */
  readonly heuristic: boolean
  readonly rule: string
}

/** The rule of an answer that names no lifetime and gives nothing to guess one from. */
export const NO_LIFETIME = 'no lifetime in the headers'

/** Browsers without a lifetime to go by take a tenth of the time since the last change. Source: RFC 9111 §4.2.2. */
const GUESSED_SHARE = 10
const MOST_SECONDS = 2 ** 31
/** Chromium gives these again without end when they name no lifetime. */
const KEPT_REDIRECTS: ReadonlySet<number> = new Set([300, 301, 308, 410])

/**
 * The freshness of an answer in a visitor's own cache: `s-maxage` and the fields for CDNs do not count there, and the age
 * that the answer came with does (RFC 9111 §4.2.3).
 *
 * @param headers names and values in the order received.
 * @param receivedAtMs Unix milliseconds.
 * @param ageSeconds the answer's Age; null when it has none.
 */
export function browserFreshness(
  headers: readonly (readonly [string, string])[],
  receivedAtMs: number,
  ageSeconds: number | null,
  status = 200,
): BrowserFreshness {
  const fields = fieldsOf(headers)
  const directives = parseDirectives(fields.get('cache-control'))
  const nothing = { lifetimeSeconds: 0, keepsSeconds: 0, untilMs: receivedAtMs, staleWhileRevalidateSeconds: 0 }
  const none = { ...nothing, immutable: false, heuristic: false }
  if (directives.has('no-store')) return { ...none, use: 'nothing', rule: 'no-store' }
  const asks = asksBecause(directives, fields)
  if (asks !== null) return { ...none, use: 'asks-always', rule: asks }
  const { seconds, rule, heuristic } = lifetimeOf(directives, fields, receivedAtMs, status)
  const keepsSeconds = Math.max(0, seconds - currentAge(fields, receivedAtMs, ageSeconds))
  const mustAsk = directives.has('must-revalidate')
  return {
    use: keepsSeconds > 0 ? 'keeps' : 'asks-always',
    lifetimeSeconds: seconds,
    keepsSeconds,
    untilMs: receivedAtMs + keepsSeconds * 1_000,
    staleWhileRevalidateSeconds: mustAsk ? 0 : (deltaSeconds(directives, 'stale-while-revalidate') ?? 0),
    immutable: directives.has('immutable') && keepsSeconds > 0,
    heuristic,
    rule,
  }
}

/**
 * What that means for somebody who loaded the page, as a sentence.
 *
 * @param clock writes an instant (Unix milliseconds) as a person reads it: `10:02`.
 */
export function browserSentence(fresh: BrowserFreshness, receivedAtMs: number, clock: (atMs: number) => string): string {
  const loaded = clock(receivedAtMs)
  if (fresh.use !== 'keeps') {
    const stale = fresh.staleWhileRevalidateSeconds > 0 ? ' It may show the old copy once more while it asks.' : ''
    return `The browser of a visitor who loaded it at ${loaded} asks again at each visit (${fresh.rule}).${stale}`
  }
  const until = clock(fresh.untilMs)
  if (fresh.heuristic) {
    return `A visitor who loaded it at ${loaded} may keep the old copy until about ${until} whatever you purge: the headers name no time, so each browser guesses (${fresh.rule}).`
  }
  const reload = fresh.immutable ? ' Reloading does not help.' : ''
  return `A visitor who loaded it at ${loaded} keeps the old copy until ${until} whatever you purge (${fresh.rule}).${reload}`
}

function asksBecause(directives: Directives, fields: Fields): string | null {
  if (directives.has('no-cache')) return 'no-cache'
  if (fields.items('vary').includes('*')) return 'Vary: *'
  // RFC 9111 §5.4 gives it no meaning in answers; browsers do, where Cache-Control is missing.
  return directives.size === 0 && /\bno-cache\b/i.test(fields.get('pragma') ?? '') ? 'Pragma: no-cache' : null
}

interface Claim {
  readonly seconds: number
  readonly rule: string
  readonly heuristic: boolean
}

/** RFC 9111 §4.2.1 for a private cache: max-age, then Expires − Date, then a guess. */
function lifetimeOf(directives: Directives, fields: Fields, receivedAtMs: number, status: number): Claim {
  const told = (seconds: number, rule: string): Claim => ({ seconds: bounded(seconds), rule, heuristic: false })
  const maxAge = deltaSeconds(directives, 'max-age')
  if (maxAge !== undefined) return told(maxAge, `max-age=${maxAge}`)
  const dateMs = parseHttpDate(fields.lines('date')[0], receivedAtMs) ?? receivedAtMs
  const [expires] = fields.lines('expires')
  if (expires !== undefined) {
    const expiresMs = parseHttpDate(expires, receivedAtMs)
    return told(expiresMs === undefined ? 0 : (expiresMs - dateMs) / 1_000, `Expires: ${expires.slice(0, 60)}`)
  }
  const guessed = (seconds: number, rule: string): Claim => ({ seconds: bounded(seconds), rule, heuristic: seconds > 0 })
  if (KEPT_REDIRECTS.has(status)) return guessed(MOST_SECONDS, `${NO_LIFETIME}: status ${status} is kept without end`)
  const modifiedMs = parseHttpDate(fields.lines('last-modified')[0], receivedAtMs)
  if (modifiedMs === undefined || !GUESSED_STATUSES.has(status)) return guessed(0, NO_LIFETIME)
  const seconds = bounded((dateMs - modifiedMs) / 1_000 / GUESSED_SHARE)
  return guessed(seconds, `${NO_LIFETIME}: guessed from Last-Modified, ${seconds} s`)
}

/** RFC 9111 §4.2.3: what the caches counted, and what the clocks show, whichever is more. */
function currentAge(fields: Fields, receivedAtMs: number, ageSeconds: number | null): number {
  const dateMs = parseHttpDate(fields.lines('date')[0], receivedAtMs)
  const apparent = dateMs === undefined ? 0 : bounded((receivedAtMs - dateMs) / 1_000)
  return Math.max(apparent, bounded(ageSeconds ?? 0))
}

function bounded(seconds: number): number {
  return seconds > 0 ? Math.min(Math.floor(seconds), MOST_SECONDS) : 0
}
