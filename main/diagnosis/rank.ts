import { CAUSES, type Cause, type CauseId } from '#shared/diagnosis.ts'
import { assetsGone } from './causes/assets-gone.ts'
import { browserOnly } from './causes/browser-only.ts'
import { clockWrong } from './causes/clock-wrong.ts'
import { companionOld } from './causes/companion-old.ts'
import { crawlerDiffers } from './causes/crawler-differs.ts'
import { dependencyChanged } from './causes/dependency-changed.ts'
import { errorStored } from './causes/error-stored.ts'
import { fallbackServing } from './causes/fallback-serving.ts'
import { freshAndRight } from './causes/fresh-and-right.ts'
import { layersDisagree } from './causes/layers-disagree.ts'
import { lifetimeMissing } from './causes/lifetime-missing.ts'
import { lifetimeTooLong } from './causes/lifetime-too-long.ts'
import { notCacheable } from './causes/not-cacheable.ts'
import { notCompared } from './causes/not-compared.ts'
import { notReachable } from './causes/not-reachable.ts'
import { oldCopyAtEdge } from './causes/old-copy.ts'
import { olderDeploy } from './causes/older-deploy.ts'
import { pageGone } from './causes/page-gone.ts'
import { purgeInProgress } from './causes/purge-in-progress.ts'
import { redirectOld } from './causes/redirect-old.ts'
import { skeletonStored } from './causes/skeleton-stored.ts'
import { staleIfError } from './causes/stale-if-error.ts'
import { staleWhileRevalidate } from './causes/stale-while-revalidate.ts'
import { switchInProgress } from './causes/switch-in-progress.ts'
import { vantagesDiffer } from './causes/vantages-differ.ts'
import { variantMissed } from './causes/variant-missed.ts'
import { showsInMisses, variesMuch } from './causes/varies-much.ts'
import { waitingForBuild } from './causes/waiting-for-build.ts'
import type { Derived } from './derive.ts'
import type { Evidence } from './evidence.ts'
import { at } from './wording.ts'

type Rule = (evidence: Evidence, derived: Derived) => Cause | null

const FAULTS: readonly Rule[] = [
  notReachable,
  purgeInProgress,
  switchInProgress,
  fallbackServing,
  waitingForBuild,
  skeletonStored,
  errorStored,
  staleIfError,
  redirectOld,
  variantMissed,
  dependencyChanged,
  olderDeploy,
  layersDisagree,
  vantagesDiffer,
  staleWhileRevalidate,
  assetsGone,
  companionOld,
  crawlerDiffers,
  clockWrong,
  notCacheable,
  pageGone,
]

/** What could be better about a page that is right. */
const ADVICE: readonly Rule[] = [browserOnly, variesMuch, lifetimeMissing, lifetimeTooLong]
const ADVICE_IDS: ReadonlySet<CauseId> = new Set(['browser-only', 'varies-much', 'lifetime-missing', 'lifetime-too-long'])

const SURE = { proven: 0, likely: 1, possible: 2 } as const

/** Every cause that the evidence allows, the one that explains most first. Never empty. */
export function rankedCauses(evidence: Evidence, derived: Derived): Cause[] {
  const named = FAULTS.flatMap((rule) => rule(evidence, derived) ?? [])
  const old = oldCopyAtEdge(evidence, derived, named)
  const faults = old === null ? named : [...named, old]
  const right = freshAndRight(evidence, derived, faults)
  const advice = ADVICE.flatMap((rule) => rule(evidence, derived) ?? [])
  const open = right === null && faults.every(({ confidence }) => confidence === 'possible') && derived.content.is !== 'different'
  const all = [...faults, ...(right === null ? [] : [right]), ...advice, ...(open ? [notCompared(evidence, derived)] : [])]
  const ranked = all
    .map((cause) => ({ cause, tier: tierOf(cause, derived) }))
    .sort(
      (a, b) =>
        a.tier - b.tier ||
        SURE[a.cause.confidence] - SURE[b.cause.confidence] ||
        CAUSES.indexOf(a.cause.id) - CAUSES.indexOf(b.cause.id),
    )
    .map(({ cause }) => cause)
  const causes = ranked.length > 0 ? ranked : [notCompared(evidence, derived)]
  return derived.isPast ? causes.map((cause) => asOfThen(cause, derived)) : causes
}

/** Faults, then what explains an old page that somebody saw although the edge is right, then that all is well. */
function tierOf(cause: Cause, { content, toldOld }: Derived): number {
  if (cause.id === 'fresh-and-right') return 2
  if (cause.confidence === 'possible' || cause.id === 'not-compared') return 3
  if (!ADVICE_IDS.has(cause.id)) return 0
  if (content.is === 'different') return 3
  return toldOld || (cause.id === 'varies-much' && showsInMisses(cause)) ? 1 : 3
}

/** What was written down tells of the last look before then, so nothing is proven for the instant itself. */
function asOfThen(cause: Cause, { thenMs }: Derived): Cause {
  return {
    ...cause,
    confidence: cause.confidence === 'proven' ? 'likely' : cause.confidence,
    sentence: `As of ${at(thenMs)}: ${cause.sentence}`,
  }
}
