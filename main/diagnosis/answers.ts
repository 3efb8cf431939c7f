import { fieldsOf, type Fields } from '#shared/http-cache/fields.ts'
import { parseHttpDate } from '#shared/http-cache/http-date.ts'
import { lifetime, type Lifetime } from '#shared/http-cache/lifetime.ts'
import type { CacheAnswer } from '#shared/http-cache/cache-answer.ts'
import type { Answered, CustomerCopy, Evidence } from './evidence.ts'

export const fields = (answer: Pick<Answered, 'headers'>): Fields => fieldsOf(answer.headers)

export function lifetimeOf(answer: Answered, policy: Evidence['policy']): Lifetime {
  const found = fields(answer)
  return lifetime(
    answer.status,
    {
      cacheControl: found.get('cache-control'),
      expires: found.lines('expires')[0],
      date: found.lines('date')[0],
      lastModified: found.lines('last-modified')[0],
      targeted: { vendor: answer.cache.vendor, get: (name) => found.get(name) },
    },
    policy?.ttl ?? null,
    answer.atMs,
  )
}

/** Whether the nearest cache answered from its store; null when it does not tell. */
export function isStored({ state, ageSeconds, hops }: Pick<CacheAnswer, 'state' | 'ageSeconds' | 'hops'>): boolean | null {
  if (state === 'hit' || state === 'stale' || state === 'revalidated') return true
  if (state === 'miss' || state === 'bypass') return false
  const nearest = hops.at(-1)
  // What a cache forwarded and then stored came from behind it.
  if (state === 'error' && nearest?.stored === true && nearest.forwardReason === null) return true
  // RFC 9111 §5.1: what has an age was stored somewhere. CloudFront says of an error only that it is one.
  return (ageSeconds ?? 0) > 0 ? true : null
}

/** When an answer was made at the origin: its arrival less its Age. Null when that cannot be told. Unix milliseconds. */
export function madeAt(answer: Pick<Answered, 'cache' | 'atMs'>): number | null {
  if (answer.cache.ageSeconds !== null) return answer.atMs - answer.cache.ageSeconds * 1_000
  return isStored(answer.cache) === false ? answer.atMs : null
}

/**
 * Between which instants a customer's copy was made. Caches that pass the origin's Date on and such that write their own
 * cannot be told apart, and a browser's own cache keeps the Age that the answer came with.
 */
export function customerMade(copy: CustomerCopy): { readonly earliestMs: number; readonly latestMs: number } | null {
  if (copy.atMs === null) return null
  const ageMs = (copy.cache.ageSeconds ?? 0) * 1_000
  const dateMs = parseHttpDate(fields(copy).lines('date')[0], copy.atMs) ?? copy.atMs
  const latestMs = Math.min(copy.atMs, dateMs, copy.fromBrowserCache === false ? copy.atMs - ageMs : copy.atMs)
  return { earliestMs: Math.min(latestMs, dateMs - ageMs), latestMs }
}

export const sameBody = (one: Answered, other: Answered): boolean =>
  one.steadyHash === other.steadyHash || one.bodyHash === other.bodyHash

/** The vantage as the end of "seen from here". */
export const fromHere = (vantage: string | null): string => (vantage === null ? 'from here' : `from here (${vantage})`)
