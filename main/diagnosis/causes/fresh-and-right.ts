import type { Cause } from '#shared/diagnosis.ts'
import { fromHere } from '../answers.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { oldCopyFacts } from '../old-copy-facts.ts'
import { nothingToDo, reload } from '../remedies.ts'
import { at, cause } from '../wording.ts'

/** Visitors get what the origin has, and nothing that was found speaks against it. */
export function freshAndRight(evidence: Evidence, derived: Derived, found: readonly Cause[]): Cause | null {
  const { copy, content, pendingSinceMs, changedAtMs } = derived
  if (copy === null || content.is !== 'same' || pendingSinceMs !== null || (copy.status ?? 200) >= 400) return null
  if (found.some(({ confidence }) => confidence !== 'possible')) return null
  const since = changedAtMs === null ? '' : `, which it has since ${at(changedAtMs)} at the earliest`
  const own = copy.stored === false ? ' The edge held no copy: it fetched the page for our check.' : ''
  return cause(
    'fresh-and-right',
    'proven',
    `Visitors get what the origin has${since}, seen ${fromHere(copy.vantage)}. Nothing is wrong.${own}`,
    oldCopyFacts(evidence, derived),
    [nothingToDo(), reload('If somebody still sees an older page: reload it once, free')],
  )
}
