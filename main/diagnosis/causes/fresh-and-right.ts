import type { Cause } from '#shared/diagnosis.ts'
import { fromHere } from '../answers.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { oldCopyFacts } from '../old-copy-facts.ts'
import { nothingToDo, reload } from '../remedies.ts'
import { at, cause, fact } from '../wording.ts'

/** Visitors get what the origin has, and nothing that was found speaks against it. */
export function freshAndRight(evidence: Evidence, derived: Derived, found: readonly Cause[]): Cause | null {
  const { copy, content, pendingSinceMs, customer } = derived
  if (copy === null || content.is !== 'same' || pendingSinceMs !== null || (copy.status ?? 200) >= 400) return null
  if (found.some(({ confidence }) => confidence !== 'possible')) return null
  if (customer?.purgedAtMs != null) return purgedSince(evidence, derived, customer.purgedAtMs)
  const own = copy.stored === false ? ' The edge held no copy: it fetched the page for our check.' : ''
  return cause(
    'fresh-and-right',
    'proven',
    `Visitors get what the origin has, seen ${fromHere(copy.vantage)}. Nothing is wrong.${own}`,
    oldCopyFacts(evidence, derived),
    [nothingToDo(), reload('If somebody still sees an older page: reload it once, free')],
  )
}

/** What the customer sent was old, came from the edge, and is gone there since. */
function purgedSince(evidence: Evidence, derived: Derived, purgedAtMs: number): Cause {
  const seenAtMs = derived.customer?.copy.atMs ?? null
  return cause(
    'fresh-and-right',
    'likely',
    `The edge gave the customer the earlier copy${seenAtMs === null ? '' : ` at ${at(seenAtMs)}`}. It was purged at ${at(purgedAtMs)}, and visitors get what the origin has now, seen ${fromHere(derived.copy?.vantage ?? null)}.`,
    [
      fact('customer', 'What they sent is older than the present page, and came from the store of the edge.', seenAtMs),
      fact('history', `The purge was confirmed at ${at(purgedAtMs)}.`, purgedAtMs),
      ...oldCopyFacts(evidence, derived),
    ],
    [reload('Reload the page once: free')],
  )
}
