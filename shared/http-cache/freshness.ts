/**
 * What is stored of one page at one edge: instants (Unix milliseconds) and hashes, no verdicts. The verdict is computed
 * when somebody asks, since it changes with the clock alone.
 */
export interface CopyFacts {
  /** The last check that got an answer. */
  readonly observedAtMs: number | null
  /** The last check that got none. */
  readonly failedAtMs: number | null
  readonly status: number | null
  /** What that check found at the edge. */
  readonly stored: 'stored' | 'not-stored' | 'asks-always' | null
  readonly freshUntilMs: number | null
  /** End of the stale-while-revalidate window; not before `freshUntilMs`. */
  readonly staleUntilMs: number | null
  /** When a purge that covers this page was reported completed. */
  readonly purgedAtMs: number | null
  /** When the edge's copy was made at the origin: the observation less its Age. */
  readonly copyMadeAtMs: number | null
  readonly edgeHash: string | null
  /** The origin's present bytes, from the live release's manifest or from a comparison with the origin. */
  readonly originHash: string | null
  /** The bytes in a release that was built and is not published. */
  readonly stagedHash: string | null
  /** The newest change that somebody told us of. */
  readonly changedSinceMs: number | null
  /** When rendering of the origin's present copy began. */
  readonly originStartedAtMs: number | null
  /** The origin renders this page for every request that reaches it, so it is never behind a change. */
  readonly rendersOnDemand: boolean
}

/** Of a page that nobody has looked at. */
export const NOTHING_KNOWN: CopyFacts = {
  observedAtMs: null,
  failedAtMs: null,
  status: null,
  stored: null,
  freshUntilMs: null,
  staleUntilMs: null,
  purgedAtMs: null,
  copyMadeAtMs: null,
  edgeHash: null,
  originHash: null,
  stagedHash: null,
  changedSinceMs: null,
  originStartedAtMs: null,
  rendersOnDemand: false,
}

export type TimeFact = 'absent' | 'in-date' | 'stale-allowed' | 'past' | 'asks-always'
export type ContentFact = 'current' | 'superseded' | 'pending' | 'not-compared'

/** Every freshness word, in the order in which they are tried. */
export const FRESHNESS_WORDS = [
  'failed',
  'unknown',
  'error',
  'uncached',
  'absent',
  'pending',
  'outdated',
  'stale-allowed',
  'expired',
  'fresh',
] as const
export type FreshnessWord = (typeof FRESHNESS_WORDS)[number]

export interface Freshness {
  readonly word: FreshnessWord
  /** Null while there is no observation to speak of. */
  readonly time: TimeFact | null
  readonly content: ContentFact
}

/** An observation older than this no longer proves that a copy is the current one: edges drop and refill copies. */
export const OBSERVATION_TRUST_MS = 24 * 60 * 60 * 1000

/** The freshness of one copy at `nowMs` (Unix milliseconds). `main/pages/freshness-sql.ts` states the same in SQL. */
export function classify(facts: CopyFacts, nowMs: number): Freshness {
  const time = timeFact(facts, nowMs)
  const content = contentFact(facts, nowMs)
  return { word: firstWord(facts, time, content), time, content }
}

function timeFact(facts: CopyFacts, nowMs: number): TimeFact | null {
  if (facts.observedAtMs === null) return null
  if (facts.purgedAtMs !== null && facts.purgedAtMs > facts.observedAtMs) return 'absent'
  if (facts.stored === 'asks-always') return 'asks-always'
  if (facts.stored !== 'stored') return 'absent'
  // RFC 9111 §4.2: fresh while the lifetime is greater than the age.
  if (facts.freshUntilMs !== null && nowMs < facts.freshUntilMs) return 'in-date'
  if (facts.staleUntilMs !== null && nowMs < facts.staleUntilMs) return 'stale-allowed'
  return 'past'
}

function contentFact(facts: CopyFacts, nowMs: number): ContentFact {
  if (facts.rendersOnDemand) {
    if (facts.changedSinceMs !== null && facts.copyMadeAtMs !== null && facts.copyMadeAtMs < facts.changedSinceMs) {
      return 'superseded'
    }
  } else {
    if (facts.changedSinceMs !== null && (facts.originStartedAtMs === null || facts.changedSinceMs > facts.originStartedAtMs))
      return 'pending'
    if (facts.stagedHash !== null && facts.originHash !== null && facts.stagedHash !== facts.originHash) return 'pending'
  }
  if (facts.edgeHash === null || facts.originHash === null || facts.observedAtMs === null) return 'not-compared'
  if (facts.edgeHash !== facts.originHash) return 'superseded'
  return nowMs - facts.observedAtMs <= OBSERVATION_TRUST_MS ? 'current' : 'not-compared'
}

function firstWord(facts: CopyFacts, time: TimeFact | null, content: ContentFact): FreshnessWord {
  if (time === null) return facts.failedAtMs === null ? 'unknown' : 'failed'
  const held = time === 'in-date' || time === 'stale-allowed'
  // An error that was stored is what visitors got last; its time running out does not make the page right.
  if (time !== 'absent' && time !== 'asks-always' && (facts.status ?? 0) >= 400) return 'error'
  if (time === 'asks-always') return 'uncached'
  if (time === 'absent') return 'absent'
  if (content === 'pending') return 'pending'
  if (held && content === 'superseded') return 'outdated'
  if (time === 'stale-allowed') return 'stale-allowed'
  return time === 'past' ? 'expired' : 'fresh'
}

/**
 * A word that was computed a moment ago, at `nowMs`: what only the clock has changed since. A list on a screen ages by it
 * until it is asked for again.
 */
export function wordAt(
  known: { readonly word: FreshnessWord; readonly freshUntilMs: number | null; readonly staleUntilMs: number | null },
  nowMs: number,
): FreshnessWord {
  const { word, freshUntilMs, staleUntilMs } = known
  if (word !== 'fresh' && word !== 'outdated' && word !== 'stale-allowed') return word
  if (freshUntilMs !== null && nowMs < freshUntilMs) return word
  if (staleUntilMs !== null && nowMs < staleUntilMs) return word === 'fresh' ? 'stale-allowed' : word
  return 'expired'
}
