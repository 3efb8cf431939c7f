import { classify, NOTHING_KNOWN, type CopyFacts, type FreshnessWord } from '#shared/http-cache/freshness.ts'
import type { Derived } from './derive.ts'
import type { Evidence } from './evidence.ts'

/** The freshness word of the page as the lists would have it after this look; null for an address of no registered site. */
export function wordOf(
  { site, page, askedAtMs }: Evidence,
  { after, content, isPast, thenMs, pendingSinceMs, staged }: Derived,
): FreshnessWord | null {
  if (site === null) return null
  const known = page?.facts ?? NOTHING_KNOWN
  if (isPast) return classify(known, thenMs).word
  if (after?.answer == null) return classify({ ...known, failedAtMs: askedAtMs }, askedAtMs).word
  const { lifetime, stored, time, answer } = after
  const madeAtMs = after.madeAtMs ?? after.atMs
  const freshUntilMs = madeAtMs + (lifetime?.lifetimeSeconds ?? 0) * 1_000
  const isError = answer.status >= 400
  // An error is the edge's only when it keeps it.
  const isHeld = isError ? stored === true : stored !== false
  const held = time === 'asks-always' ? 'asks-always' : isHeld ? 'stored' : 'not-stored'
  const facts: CopyFacts = {
    ...known,
    observedAtMs: after.atMs,
    status: answer.status,
    stored: held,
    freshUntilMs,
    staleUntilMs: freshUntilMs + (lifetime?.staleWhileRevalidateSeconds ?? 0) * 1_000,
    purgedAtMs: null,
    copyMadeAtMs: after.madeAtMs,
    edgeHash: 'edge',
    originHash: content.is === null ? null : content.is === 'same' ? 'edge' : 'origin',
    stagedHash: staged === null ? null : 'staged',
    changedSinceMs: pendingSinceMs,
    originStartedAtMs: null,
    rendersOnDemand: false,
  }
  return classify(facts, askedAtMs).word
}
