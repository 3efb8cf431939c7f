import type { Cause } from '#shared/diagnosis.ts'
import { fromHere } from '../answers.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { oldCopy, oldCopyConfidence, oldCopyFacts, oldCopyRemedies, purgeStory } from '../old-copy-facts.ts'
import { at, cause, fact, releaseName } from '../wording.ts'

/** The edge's copy is from a deploy before the live one. */
export function olderDeploy(evidence: Evidence, derived: Derived): Cause | null {
  const copy = oldCopy(derived)
  const { live, copyRelease } = derived
  if (copy === null || live === null) return null
  // What the live release does not contain is rendered: no deploy brings it.
  const byTime = copy.madeAtMs !== null && copy.madeAtMs < live.startedAtMs && live.hash !== null
  if (copyRelease === null && !byTime) return null
  const story = purgeStory(evidence, derived)
  const back = copyRelease !== null && copyRelease.startedAtMs > live.startedAtMs
  const which =
    copyRelease === null
      ? `from before ${at(live.startedAtMs)}`
      : `of the deploy ${releaseName(copyRelease)} of ${at(copyRelease.startedAtMs)}`
  return cause(
    'older-deploy',
    oldCopyConfidence(derived),
    `The edge still gives the page ${which}, seen ${fromHere(copy.vantage)}; live is ${releaseName(live)}${back ? ', to which the site was rolled back' : ''}.${story.clause}`,
    [
      copyRelease === null
        ? null
        : fact(
            'release',
            `The copy is byte for byte what ${releaseName(copyRelease)} has, or names that release.`,
            copyRelease.startedAtMs,
          ),
      fact('release', `Live is ${releaseName(live)}.`, live.startedAtMs),
      ...story.facts,
      ...oldCopyFacts(evidence, derived),
    ],
    oldCopyRemedies(evidence, derived, story),
  )
}
