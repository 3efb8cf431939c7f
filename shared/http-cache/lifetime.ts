import type { CacheVendor } from './cache-hop.ts'
import { deltaSeconds, parseDirectives, type Directives } from './directives.ts'
import { parseHttpDate } from './http-date.ts'
import { governingDirectives } from './targeted.ts'

/**
 * What an edge's configuration says about how long it keeps an answer for one path pattern. Seconds.
 * `errorTtlSeconds` maps a status from 400 up to the time that an error answer is kept at least.
 * Source: CloudFront developer guide, "Manage how long content stays in the cache (expiration)".
 */
export interface EdgePolicy {
  readonly minTtlSeconds: number
  readonly defaultTtlSeconds: number
  readonly maxTtlSeconds: number
  readonly errorTtlSeconds: Readonly<Record<number, number>>
}

/** How long CloudFront keeps an error when its configuration names no other time. */
export const DEFAULT_ERROR_TTL_SECONDS = 10

/** The response fields that decide a lifetime, as the client received them. */
export interface LifetimeHeaders {
  readonly cacheControl?: string | undefined
  readonly expires?: string | undefined
  readonly date?: string | undefined
  readonly lastModified?: string | undefined
  /** The fields for caches alone, such as `CDN-Cache-Control`, and whose cache reads them; without it none counts. */
  readonly targeted?: { readonly vendor: CacheVendor; get(name: string): string | undefined } | undefined
}

/** How long a shared cache may reuse an answer, and which rule said so. */
export interface Lifetime {
  readonly lifetimeSeconds: number
  /** Time after the lifetime in which the old answer is still given while a new one is fetched (RFC 5861 §3). */
  readonly staleWhileRevalidateSeconds: number
  /** Time after the lifetime in which the old answer is still given when the origin fails (RFC 5861 §4). */
  readonly staleIfErrorSeconds: number
  /** The sender promises that the answer does not change while it is fresh (RFC 8246). */
  readonly immutable: boolean
  /** No header names a lifetime: another cache may guess another one. */
  readonly heuristic: boolean
  /** The edge keeps nothing, or asks the origin before every answer. */
  readonly asksAlways: boolean
  readonly basis: 'edge-policy' | 'headers'
  readonly rule: string
}

/**
 * The lifetime of an answer with this status at a shared cache. With a policy its limits decide, as on CloudFront;
 * without one the headers are taken at their word: the fields for this cache alone, then `Cache-Control` (RFC 9213 §2.2).
 * Pure: `nowMs` is only used where `Date` is missing.
 */
export function lifetime(status: number, headers: LifetimeHeaders, policy: EdgePolicy | null, nowMs: number): Lifetime {
  const governing = headers.targeted ? governingDirectives(headers.targeted.vendor, headers.targeted.get) : null
  const directives = governing?.directives ?? parseDirectives(headers.cacheControl)
  // RFC 9111 §5.2.2.2 and §5.2.2.8: once stale, such an answer may not be given unasked, whatever else is allowed.
  const mustAsk = directives.has('must-revalidate') || directives.has('proxy-revalidate')
  const never = NEVER_STORED.find((name) => directives.has(name))
  const claimed = claimedSeconds(directives, governing ? { ...headers, expires: undefined } : headers, nowMs)
  const found = policy ? byPolicy(status, policy, claimed, never) : byHeaders(status, headers, claimed, never, nowMs)
  return {
    ...found,
    rule: governing ? `${found.rule} in ${governing.field}` : found.rule,
    staleWhileRevalidateSeconds: mustAsk ? 0 : (deltaSeconds(directives, 'stale-while-revalidate') ?? 0),
    staleIfErrorSeconds: mustAsk ? 0 : (deltaSeconds(directives, 'stale-if-error') ?? 0),
    immutable: directives.has('immutable'),
    basis: policy ? 'edge-policy' : 'headers',
  }
}

const NEVER_STORED = ['no-store', 'no-cache', 'private'] as const

interface Claim {
  readonly seconds: number
  readonly rule: string
}

/** RFC 9111 §4.2.1: s-maxage, then max-age, then Expires − Date. */
function claimedSeconds(directives: Directives, headers: LifetimeHeaders, nowMs: number): Claim | undefined {
  const shared = deltaSeconds(directives, 's-maxage')
  if (shared !== undefined) return { seconds: shared, rule: `s-maxage=${shared}` }
  const any = deltaSeconds(directives, 'max-age')
  if (any !== undefined) return { seconds: any, rule: `max-age=${any}` }
  if (headers.expires === undefined) return undefined
  const expiresMs = parseHttpDate(headers.expires, nowMs)
  // RFC 9111 §5.3: an unreadable Expires, above all "0", means already expired.
  if (expiresMs === undefined) return { seconds: 0, rule: `Expires: ${headers.expires}` }
  const fromMs = parseHttpDate(headers.date, nowMs) ?? nowMs
  return { seconds: Math.max(0, Math.round((expiresMs - fromMs) / 1000)), rule: `Expires: ${headers.expires}` }
}

type Verdict = Pick<Lifetime, 'lifetimeSeconds' | 'asksAlways' | 'rule' | 'heuristic'>

function byPolicy(status: number, policy: EdgePolicy, claim: Claim | undefined, never: string | undefined): Verdict {
  if (status >= 400) {
    const errorSeconds = policy.errorTtlSeconds[status] ?? DEFAULT_ERROR_TTL_SECONDS
    const seconds = Math.max(errorSeconds, claim?.seconds ?? 0)
    return verdict(seconds, `errors with status ${status} are kept ${seconds} s by the distribution`)
  }
  if (never !== undefined) {
    return verdict(
      policy.minTtlSeconds,
      policy.minTtlSeconds > 0 ? `${never}, but the behaviour's MinTTL keeps it ${policy.minTtlSeconds} s` : never,
    )
  }
  if (claim === undefined) {
    const seconds = Math.max(policy.minTtlSeconds, policy.defaultTtlSeconds)
    return verdict(seconds, `no lifetime in the headers: the behaviour's DefaultTTL, ${seconds} s`)
  }
  const seconds = Math.min(Math.max(claim.seconds, policy.minTtlSeconds), Math.max(policy.maxTtlSeconds, policy.minTtlSeconds))
  if (seconds === claim.seconds) return verdict(seconds, claim.rule)
  const bound = seconds > claim.seconds ? 'MinTTL' : 'MaxTTL'
  return verdict(seconds, `${claim.rule}, but the behaviour's ${bound} is ${seconds} s`)
}

/** Statuses that a cache may keep for a guessed time. Source: RFC 9110 §15.1. */
export const GUESSED_STATUSES: ReadonlySet<number> = new Set([200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501])

function byHeaders(
  status: number,
  headers: LifetimeHeaders,
  claim: Claim | undefined,
  never: string | undefined,
  nowMs: number,
): Verdict {
  if (never !== undefined) return verdict(0, never)
  if (claim !== undefined) return verdict(claim.seconds, claim.rule)
  const modifiedMs = parseHttpDate(headers.lastModified, nowMs)
  if (modifiedMs === undefined || !GUESSED_STATUSES.has(status)) return verdict(0, 'no lifetime in the headers')
  // RFC 9111 §4.2.2: a tenth of the time since the last change is the usual guess; a day at most keeps it harmless.
  const seconds = Math.min(86_400, Math.max(0, Math.floor((nowMs - modifiedMs) / 10_000)))
  return verdict(seconds, `no lifetime in the headers: guessed from Last-Modified, ${seconds} s`, true)
}

function verdict(lifetimeSeconds: number, rule: string, heuristic = false): Verdict {
  return { lifetimeSeconds, asksAlways: lifetimeSeconds <= 0, rule, heuristic }
}
