import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { checkAgain, waitUntil } from '../remedies.ts'
import { at, cause, fact, releaseName } from '../wording.ts'

/** The edge is being pointed at another release and has not reported that it is everywhere. */
export function switchInProgress({ history, askedAtMs }: Evidence, { content, copy }: Derived): Cause | null {
  const { switching } = history
  if (switching === null || content.is === 'same') return null
  const target = history.releases.find(({ id }) => id === switching.toRelease)
  const name = releaseName(target ?? { id: switching.toRelease, title: null })
  // Here the new release has arrived already.
  if (typeof target?.hash === 'string' && copy?.hashes.includes(target.hash)) return null
  return cause(
    'switch-in-progress',
    content.is === 'different' ? 'proven' : 'likely',
    `The switch to the release ${name} began at ${at(switching.startedAtMs)} and has not reached every location of the edge: until then some visitors get the one before.`,
    [
      fact(
        'history',
        `The edge was told to fetch from ${name} and has not reported that it does everywhere.`,
        switching.startedAtMs,
      ),
    ],
    [
      waitUntil(null, askedAtMs, 'until the switch has reached every location, some minutes'),
      checkAgain('Purge only after that: earlier, the edge would fetch the old release again'),
    ],
  )
}
