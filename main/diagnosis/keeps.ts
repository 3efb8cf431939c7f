import type { Keeps, Verdict } from '#shared/diagnosis.ts'
import type { Derived } from './derive.ts'
import type { Evidence } from './evidence.ts'
import { at, quoted, span } from './wording.ts'

const UNKNOWN: Keeps = { says: 'It is not known how long it keeps this page.', untilMs: null, rule: null, basis: 'unknown' }

/** How long the edge may go on giving what it has. */
export function sharedKeeps(
  { policyGap }: Evidence,
  { after, isPast, thenMs }: Derived,
  facts: { readonly freshUntilMs: number | null } | null,
): Keeps {
  if (isPast) {
    const untilMs = facts?.freshUntilMs ?? null
    return untilMs === null || untilMs <= thenMs
      ? UNKNOWN
      : { ...UNKNOWN, says: `The edge was still to keep it at ${at(thenMs)}.` }
  }
  const lasts = after?.lifetime
  if (!lasts) return UNKNOWN
  const basis = lasts.heuristic ? 'guessed' : lasts.basis
  const claims =
    lasts.basis === 'headers' ? `, as the headers claim${policyGap === null ? '' : " (the edge's own rules are not known)"}` : ''
  const rule = quoted(lasts.rule)
  if (after.stored === false && lasts.asksAlways) return { says: `Keeps nothing${claims}.`, untilMs: null, rule, basis }
  const untilMs = after.madeAtMs === null || lasts.lifetimeSeconds === 0 ? null : after.madeAtMs + lasts.lifetimeSeconds * 1_000
  const stale =
    lasts.staleWhileRevalidateSeconds > 0
      ? `, then for ${span(lasts.staleWhileRevalidateSeconds)} once more while it fetches the new one`
      : ''
  const until = untilMs === null ? '' : `, until ${at(untilMs)}`
  const word = basis === 'guessed' ? 'Keeps it for about' : 'Keeps it for'
  return { says: `${word} ${span(lasts.lifetimeSeconds)}${until}${stale}${claims}.`, untilMs, rule, basis }
}

/** How long the browser of somebody who loads it now, or of the customer, gives it again without asking. */
export function browserKeeps({ browser, customer }: Derived): Keeps {
  const own = customer?.browser ?? null
  const fresh = own ?? browser
  if (fresh === null) return UNKNOWN
  const rule = quoted(fresh.rule)
  const who = own === null ? 'A browser that loads it now' : "The customer's browser"
  if (fresh.use === 'nothing') return { says: `${who} keeps nothing.`, untilMs: null, rule, basis: 'headers' }
  if (fresh.use === 'asks-always') return { says: `${who} asks the edge at each visit.`, untilMs: null, rule, basis: 'headers' }
  const reload = fresh.immutable ? ' Reloading does not ask either.' : ''
  return {
    says: `${who} keeps it until ${fresh.heuristic ? 'about ' : ''}${at(fresh.untilMs)}; no purge reaches it.${reload}`,
    untilMs: fresh.untilMs,
    rule,
    basis: fresh.heuristic ? 'guessed' : 'headers',
  }
}

/** These end by themselves when time passes; the others wait for somebody, or for a server that fails. */
const PASSES: ReadonlySet<string> = new Set([
  'purge-in-progress',
  'variant-missed',
  'dependency-changed',
  'older-deploy',
  'old-copy',
  'error-stored',
  'stale-while-revalidate',
  'skeleton-stored',
  'redirect-old',
])

/**
 * When the page is right though nobody does anything: the time when the origin changed, at the latest now, and then the whole
 * lifetime and stale-while-revalidate of a copy that a location stored just before that. Null when it cannot be promised.
 */
export function rightByItself(evidence: Evidence, derived: Derived, first: string | undefined): Verdict['rightByItself'] {
  const { copy, browser, content, originFailure, pendingSinceMs, isPast } = derived
  const lasts = copy?.lifetime
  if (!lasts || isPast || originFailure !== null || pendingSinceMs !== null || lasts.heuristic || lasts.asksAlways) return null
  if (!PASSES.has(first ?? '') || evidence.history.switching !== null || evidence.redirects.length > 0) return null
  if (first === 'error-stored' ? evidence.origin.basis === 'none' : content.is !== 'different') return null
  // It is given for longer than that already: the edge keeps to other rules than the headers.
  const windowSeconds = lasts.lifetimeSeconds + lasts.staleWhileRevalidateSeconds
  const ageSeconds = copy.answer?.cache.ageSeconds ?? 0
  if (lasts.basis === 'headers' && ageSeconds > windowSeconds) return null
  const { origin, askedAtMs } = evidence
  const known = origin.basis === 's3' || origin.basis === 'origin' ? origin.lastModifiedMs : null
  const changedMs = known !== null && known <= askedAtMs && (copy.madeAtMs === null || known >= copy.madeAtMs) ? known : askedAtMs
  const atMs = Math.max(changedMs + windowSeconds * 1_000, askedAtMs)
  const here = copy.madeAtMs === null ? null : copy.madeAtMs + windowSeconds * 1_000
  const sooner = here !== null && here > askedAtMs && here < atMs ? ` From here already at ${at(here)}.` : ''
  const keeps = browser?.use === 'keeps' ? ` A browser that loaded it may keep it until ${at(browserEnd(atMs, derived))}.` : ''
  const claims = lasts.basis === 'headers' ? ', if the edge keeps to the headers' : ''
  return { atMs, says: `Right by itself at the latest at ${at(atMs)}${claims}, and then after one visit.${sooner}${keeps}` }
}

/** A copy that comes with its Age is as old in the browser as at the edge; without one its time begins anew. */
function browserEnd(edgeEndMs: number, { browser, copy }: Derived): number {
  const lastsMs = (browser?.lifetimeSeconds ?? 0) * 1_000
  const made = copy?.answer?.cache.ageSeconds ?? null
  return made === null ? edgeEndMs + lastsMs : Math.max(edgeEndMs, (copy?.atMs ?? edgeEndMs) + lastsMs)
}
