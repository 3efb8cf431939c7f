import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { reload, sendHeader } from '../remedies.ts'
import { at, cause, fact, quoted, span } from '../wording.ts'

/** The edge is right, and the browser keeps what it loaded before. No purge reaches it. */
export function browserOnly(evidence: Evidence, derived: Derived): Cause | null {
  const { content, customer, browser, changedAtMs, copy } = derived
  const cached = customer?.copy.fromBrowserCache === true
  if (content.is === 'different' || (content.is === null && !cached) || (copy?.status ?? 200) >= 400) return null
  const elsewhere = customer?.copy.cache.vantage != null && copy?.vantage != null && customer.copy.cache.vantage !== copy.vantage
  if (customer !== null && (customer.old === false || (elsewhere && !cached && customer.copy.cache.state !== 'unknown')))
    return null
  const theirs = customer?.browser ?? null
  const told = customer?.old === true
  const keeps = told && theirs?.use === 'keeps' ? theirs : browser
  // One that loaded it just before the change keeps it longest.
  const untilMs =
    theirs?.use === 'keeps' && told
      ? theirs.untilMs
      : keeps?.use === 'keeps' && changedAtMs !== null
        ? changedAtMs + keeps.lifetimeSeconds * 1_000
        : null
  const still = untilMs !== null && untilMs > evidence.askedAtMs
  if (!told && !(keeps?.use === 'keeps' && still)) return null
  const until = still ? ` until ${keeps?.heuristic === true ? 'about ' : ''}${at(untilMs)}` : ''
  const says = told
    ? `The edge has the present page; what the customer saw is an earlier copy${cached ? ' that their browser had kept' : ', which a browser may keep'}${until}. No purge reaches it.`
    : `The edge has the present page; a browser that loaded it before it changed may keep the old one${until}. No purge reaches it.`
  return cause(
    'browser-only',
    told && cached ? 'proven' : told ? 'likely' : 'possible',
    says,
    [
      customer === null
        ? null
        : fact(
            'customer',
            cached ? 'Their browser took it from its own cache.' : 'What they sent is older than the present page.',
            customer.madeAtMs,
          ),
      keeps?.use === 'keeps'
        ? fact(
            'browser',
            `A browser keeps it ${span(keeps.lifetimeSeconds)} (${quoted(keeps.rule)}).${keeps.immutable ? ' Reloading does not ask either.' : ''}`,
          )
        : null,
    ],
    [
      reload(
        keeps?.immutable === true
          ? 'Open the page in a private window, or clear the cache for it: free'
          : 'Reload the page once: free',
      ),
      (keeps?.lifetimeSeconds ?? 0) > 60
        ? sendHeader('Cache-Control', edgeOnly(derived), 'so that browsers ask at each visit and the edge keeps it as before')
        : null,
    ],
  )
}

/** The same time at the edge, none in browsers. */
export function edgeOnly({ copy }: Pick<Derived, 'copy'>): string {
  return `max-age=0, s-maxage=${copy?.lifetime?.lifetimeSeconds || 86_400}`
}
