import type { Cause, CauseId } from '#shared/diagnosis.ts'
import { fromHere } from '../answers.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { oldCopy, oldCopyConfidence, oldCopyFacts, oldCopyRemedies, purgeStory } from '../old-copy-facts.ts'
import { at, cause } from '../wording.ts'

/** These say why the copy is old, so that "it is old" adds nothing. */
const BETTER: ReadonlySet<CauseId> = new Set(['skeleton-stored', 'variant-missed', 'dependency-changed', 'older-deploy'])

/** The edge's copy is older than what the origin has, and nothing tells of a deploy or a change. */
export function oldCopyAtEdge(evidence: Evidence, derived: Derived, found: readonly Cause[]): Cause | null {
  const copy = oldCopy(derived)
  if (copy === null || found.some(({ id, confidence }) => BETTER.has(id) && confidence !== 'possible')) return null
  const story = purgeStory(evidence, derived)
  const made = copy.madeAtMs === null ? '' : ` made ${at(copy.madeAtMs)}`
  return cause(
    'old-copy',
    oldCopyConfidence(derived),
    `The edge gives a copy${made} that is older than what the origin has, seen ${fromHere(copy.vantage)}.${story.clause}`,
    [...story.facts, ...oldCopyFacts(evidence, derived)],
    oldCopyRemedies(evidence, derived, story),
  )
}
