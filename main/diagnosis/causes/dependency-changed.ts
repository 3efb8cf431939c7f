import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { oldCopyConfidence, oldCopyFacts, oldCopyRemedies, purgeStory } from '../old-copy-facts.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** Something that the page shows changed after the copy was made, and the origin has it already. */
export function dependencyChanged(evidence: Evidence, derived: Derived): Cause | null {
  const { copy, content, pendingSinceMs, thenMs } = derived
  const { history, origin, page } = evidence
  if (copy === null || copy.stored === false || copy.madeAtMs === null || content.is === 'same' || pendingSinceMs !== null)
    return null
  const madeAtMs = copy.madeAtMs
  const builtAtMs = origin.basis === 'none' ? null : (origin.startedAtMs ?? origin.lastModifiedMs)
  const mark = history.marks.find(({ sinceMs }) => sinceMs > madeAtMs && sinceMs <= (builtAtMs ?? thenMs))
  // Without a comparison only a page that is rendered for each request is known to have the change.
  if (!mark || (content.is === null && page?.rendersOnDemand !== true)) return null
  const tag = page?.tags.find((known) => matches(mark.target, known.tag))
  const story = purgeStory(evidence, derived)
  const sure = content.is === 'different' && builtAtMs !== null && oldCopyConfidence(derived) === 'proven'
  const uses = tag === undefined ? quoted(mark.target) : `the tag ${quoted(tag.tag)}, which this page uses,`
  return cause(
    'dependency-changed',
    sure ? 'proven' : content.is === 'different' ? 'likely' : 'possible',
    `${quoted(mark.what)}: ${uses} changed at ${at(mark.sinceMs)}, after this copy was made at ${at(madeAtMs)}.${story.clause}`,
    [
      fact('history', `${quoted(mark.by)} told of the change of ${quoted(mark.target)}.`, mark.sinceMs),
      ...story.facts,
      ...oldCopyFacts(evidence, derived),
    ],
    oldCopyRemedies(evidence, derived, story),
  )
}

/** A mark names a tag, or a class of tags. */
function matches(target: string, tag: string): boolean {
  const [marked, known] = [target.toLowerCase(), tag.toLowerCase()]
  return marked === known || known.startsWith(`${marked}:`)
}
