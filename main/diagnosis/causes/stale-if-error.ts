import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { checkAgain, look } from '../remedies.ts'
import { at, cause, fact, span } from '../wording.ts'

/** The copy's lifetime is over, and the edge goes on giving it because the origin fails (RFC 5861 §4). */
export function staleIfError(_: Evidence, { copy, originFailure }: Derived): Cause | null {
  if (copy === null || copy.stale === null || originFailure === null || (copy.status ?? 200) >= 400) return null
  const lasts = copy.lifetime
  const allowed = lasts && lasts.staleIfErrorSeconds > 0 && copy.madeAtMs !== null
  const untilMs = allowed ? (copy.madeAtMs ?? 0) + (lasts.lifetimeSeconds + lasts.staleIfErrorSeconds) * 1_000 : null
  const made = copy.madeAtMs === null ? '' : `, made ${at(copy.madeAtMs)},`
  return cause(
    'stale-if-error',
    copy.stale === 'told' ? 'proven' : 'likely',
    `The origin fails, so the edge goes on giving its last good copy${made} although its lifetime is over. Without it visitors would get an error.`,
    [
      fact(
        'edge',
        lasts ? `The copy lasts ${span(lasts.lifetimeSeconds)} and is given after that.` : 'The copy is past its lifetime.',
        copy.atMs,
      ),
      fact('origin', originFailure),
    ],
    [
      look(untilMs === null ? 'Repair the origin' : `Repair the origin: the copy may be given until ${at(untilMs)}`),
      look('Do not purge now: it would take the only good copy away'),
      checkAgain('Then check again: the next visit fetches the page'),
    ],
  )
}
