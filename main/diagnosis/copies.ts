import type { Lifetime } from '#shared/http-cache/lifetime.ts'
import type { TimeFact } from '#shared/http-cache/freshness.ts'
import { fields, isStored, lifetimeOf, madeAt } from './answers.ts'
import { wasAnswered, type Answered, type Evidence } from './evidence.ts'

/** What a visitor gets at the edge, or got at the instant that is asked about. Instants are Unix milliseconds. */
export interface Copy {
  readonly atMs: number
  /** Null when it was not written down. */
  readonly status: number | null
  /** From the store of the nearest cache; null when no header tells. */
  readonly stored: boolean | null
  readonly madeAtMs: number | null
  readonly time: TimeFact | null
  /** Given although its lifetime was over. `told`: a header or the edge's own rules say so; `counted`: by the headers' lifetime. */
  readonly stale: 'told' | 'counted' | null
  readonly hashes: readonly string[]
  readonly vantage: string | null
  /** Null when this is from what was written down. */
  readonly answer: Answered | null
  readonly lifetime: Lifetime | null
}

/** The answer that visitors got before our own check could change what is stored; of the past, what was written down. */
export function copyOf(evidence: Evidence): Copy | null {
  const { edge, policy } = evidence
  if (edge === null) return pastCopy(evidence)
  if (wasAnswered(edge.first)) return answeredCopy(edge.first, policy)
  return wasAnswered(edge.again) ? answeredCopy(edge.again, policy) : null
}

/** What the edge holds after our check, as far as it showed. */
export function copyAfter(evidence: Evidence): Copy | null {
  const again = evidence.edge?.again ?? null
  return wasAnswered(again) ? answeredCopy(again, evidence.policy) : copyOf(evidence)
}

export function answeredCopy(answer: Answered, policy: Evidence['policy']): Copy {
  const lasts = lifetimeOf(answer, policy)
  const { cache } = answer
  const stored = isStored(cache)
  const past = stored !== false && lasts.lifetimeSeconds > 0 && (cache.ageSeconds ?? 0) >= lasts.lifetimeSeconds
  const told =
    cache.state === 'stale' ||
    ((cache.hops.at(-1)?.ttlSeconds ?? 0) < 0 && cache.state !== 'miss') ||
    (past && (lasts.basis === 'edge-policy' || lasts.staleWhileRevalidateSeconds + lasts.staleIfErrorSeconds > 0))
  return {
    atMs: answer.atMs,
    status: answer.status,
    stored,
    madeAtMs: madeAt(answer),
    time: timeOf(answer, lasts, stored),
    stale: told ? 'told' : past ? 'counted' : null,
    hashes: [answer.steadyHash, answer.bodyHash],
    vantage: cache.vantage,
    answer,
    lifetime: lasts,
  }
}

function timeOf(answer: Answered, lasts: Lifetime, stored: boolean | null): TimeFact | null {
  const { ageSeconds, state } = answer.cache
  if (stored !== true) return lasts.asksAlways ? 'asks-always' : stored === null ? null : 'absent'
  if (state === 'stale') return 'stale-allowed'
  // It is held although the headers forbid that: by rules of the edge that nobody told us.
  if (lasts.asksAlways || ageSeconds === null) return null
  if (ageSeconds < lasts.lifetimeSeconds) return 'in-date'
  return ageSeconds < lasts.lifetimeSeconds + lasts.staleWhileRevalidateSeconds ? 'stale-allowed' : 'past'
}

function pastCopy({ page, seenAtMs, history }: Evidence): Copy | null {
  const facts = page?.facts
  if (!facts || facts.observedAtMs === null) return null
  const thenMs = seenAtMs ?? facts.observedAtMs
  const inDate = facts.freshUntilMs !== null && thenMs < facts.freshUntilMs
  const purged = facts.purgedAtMs !== null && facts.purgedAtMs > facts.observedAtMs
  const allowed = facts.staleUntilMs !== null && thenMs < facts.staleUntilMs
  const held = facts.stored === 'stored' && !purged
  return {
    atMs: facts.observedAtMs,
    status: facts.status,
    stored: facts.stored === null ? null : held,
    madeAtMs: facts.copyMadeAtMs,
    time: !held
      ? facts.stored === 'asks-always'
        ? 'asks-always'
        : 'absent'
      : inDate
        ? 'in-date'
        : allowed
          ? 'stale-allowed'
          : 'past',
    stale: held && !inDate && allowed ? 'told' : null,
    hashes: facts.edgeHash === null ? [] : [facts.edgeHash],
    vantage: history.looks.find(({ atMs }) => atMs <= thenMs)?.vantage ?? null,
    answer: null,
    lifetime: null,
  }
}

/** The names of fields that make copies of their own: `Vary`, lower case. */
export const variesBy = (answer: Answered): readonly string[] => [
  ...new Set(
    fields(answer)
      .items('vary')
      .map((name) => name.toLowerCase()),
  ),
]
