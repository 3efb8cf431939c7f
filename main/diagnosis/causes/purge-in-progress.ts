import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { waitUntil } from '../remedies.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** Purges take seconds, up to some minutes; one that is not confirmed after this is stuck. */
const STUCK_MS = 30 * 60_000

/** A purge that reaches the page was sent and is not confirmed, and the old copy is still there. */
export function purgeInProgress({ history, site, askedAtMs }: Evidence, { copy, content, thenMs }: Derived): Cause | null {
  const purge = history.purges.find(({ state, covering }) => (state === 'sent' || state === 'intent') && covering.length > 0)
  if (!purge || content.is === 'same' || copy?.stored === false) return null
  // The copy is from after it was sent: here it has had its effect.
  if (copy?.madeAtMs != null && copy.madeAtMs > purge.sentAtMs) return null
  const stuck = thenMs - purge.sentAtMs > STUCK_MS
  const items = purge.covering
    .slice(0, 3)
    .map((item) => quoted(item, 80))
    .join(', ')
  const says = stuck
    ? `A purge of ${items} was sent at ${at(purge.sentAtMs)} and is still not confirmed, much longer than purges take.`
    : `A purge of ${items}, sent at ${at(purge.sentAtMs)}, is on its way and has not reached every location of the edge.`
  const untilMs = site?.typicalPurgeMs == null ? null : purge.sentAtMs + site.typicalPurgeMs
  const confidence = stuck ? 'possible' : content.is === 'different' ? 'proven' : 'likely'
  return cause(
    'purge-in-progress',
    confidence,
    says,
    [fact('history', `${quoted(purge.by)} purged ${items}; the edge has not confirmed it.`, purge.sentAtMs)],
    [
      waitUntil(untilMs, askedAtMs, 'until the purge is confirmed'),
      { kind: 'check-again', says: 'Then check again; a second purge would only cost another item' },
    ],
  )
}
