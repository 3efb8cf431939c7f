import { countOf } from '#shared/count-of.ts'
import type { StoredRun } from './run-store.ts'

export function titleOf({ whole, total }: StoredRun): string {
  return `Check ${whole && total !== 1 ? 'all ' : ''}${countOf(total, 'page')}`
}

/** What has come of a run so far. */
export function noteOf(run: StoredRun): string {
  const parts = [`${run.done.toLocaleString('en-US')} checked`]
  if (run.changed > 0) parts.push(`${run.changed.toLocaleString('en-US')} changed since last time`)
  if (run.filled > 0) parts.push(`${run.filled.toLocaleString('en-US')} stored at the edge by this check`)
  if (run.failed > 0) parts.push(`${run.failed.toLocaleString('en-US')} failed`)
  return parts.join(', ')
}

export function cappedNote({ renders, rendersAtMost }: StoredRun): string {
  return `Stopped: the origin has rendered ${countOf(renders, 'time')} for this check, and ${rendersAtMost.toLocaleString('en-US')} were allowed. Go on with a higher limit, or check the rest another day.`
}
