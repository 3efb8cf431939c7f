import type { CauseId } from '#shared/diagnosis.ts'
import type { ChainLink } from '#shared/pages.ts'
import type { Derived } from './derive.ts'
import type { Evidence } from './evidence.ts'
import { at, quoted, releaseName, span } from './wording.ts'

type Link = ChainLink['link']

const AT: Readonly<Partial<Record<CauseId, Link>>> = {
  'not-reachable': 'browser',
  'browser-only': 'browser',
  'vantages-differ': 'browser',
  'redirect-old': 'browser',
  'fallback-serving': 'build',
}
const AT_EDGE: ReadonlySet<CauseId> = new Set([
  'purge-in-progress',
  'switch-in-progress',
  'skeleton-stored',
  'error-stored',
  'stale-if-error',
  'variant-missed',
  'dependency-changed',
  'older-deploy',
  'old-copy',
  'layers-disagree',
  'stale-while-revalidate',
  'page-gone',
])

/** Where the way from the content to the visitor is interrupted; null when it is nowhere. */
function breakOf(first: CauseId, { originFailure, copy, pendingSinceMs }: Derived, { origin }: Evidence): Link | null {
  if (first === 'waiting-for-build') return pendingSinceMs === null ? 'origin' : origin.basis === 'renderer' ? 'origin' : 'build'
  if (first === 'not-reachable' && originFailure !== null && copy !== null) return 'edge'
  if (first === 'page-gone' && (copy?.status ?? 0) >= 400) return null
  return AT[first] ?? (AT_EDGE.has(first) ? 'edge' : null)
}

/** The way of the content to the visitor, the nearest first, with the age of what each has and the place where it breaks. */
export function chainOf(evidence: Evidence, derived: Derived, first: CauseId): ChainLink[] {
  const broken = breakOf(first, derived, evidence)
  const { copy, content, live, changedAtMs } = derived
  const { page, history, origin } = evidence
  const rendered = page?.rendersOnDemand === true
  const joint = (link: Link, known: boolean): ChainLink['toNext'] => (link === broken ? 'broken' : known ? 'joined' : 'not-known')
  const [mark] = history.marks
  return [
    { link: 'visitor', says: visitorSays(derived, first), sinceMs: null, toNext: 'joined' },
    {
      link: 'browser',
      says: browserSays(derived),
      sinceMs: derived.customer?.madeAtMs ?? null,
      toNext: joint('browser', copy !== null),
    },
    {
      link: 'edge',
      says: edgeSays(derived),
      sinceMs: copy?.stored === false ? null : (copy?.madeAtMs ?? null),
      toNext: joint('edge', content.is === 'same' || copy?.stored === false),
    },
    {
      link: 'origin',
      says: originSays(evidence, derived),
      sinceMs: origin.basis === 'none' ? null : (origin.startedAtMs ?? origin.lastModifiedMs ?? changedAtMs),
      toNext: joint('origin', rendered || live !== null || origin.basis === 'renderer'),
    },
    {
      link: 'build',
      says: buildSays(evidence, derived),
      sinceMs: rendered ? null : (live?.startedAtMs ?? null),
      toNext: joint('build', rendered || live !== null),
    },
    {
      link: 'content',
      says: mark ? `${quoted(mark.what)} (${quoted(mark.target)})` : 'no change was told',
      sinceMs: mark?.sinceMs ?? null,
      toNext: null,
    },
  ]
}

function visitorSays({ copy, content, toldOld }: Derived, first: CauseId): string {
  if (copy === null) return 'not known'
  if ((copy.status ?? 0) >= 400) return `gets an error (${copy.status})`
  if (first === 'browser-only' && toldOld) return 'saw an earlier copy'
  if (copy.stored === false) return 'waits for the origin'
  if (content.is === 'different') return 'gets an old copy'
  return content.is === 'same' ? 'gets the present version' : 'gets the copy'
}

function browserSays({ browser, customer }: Derived): string {
  if (customer?.copy.fromBrowserCache === true) return 'gave its own copy to the customer'
  const fresh = customer?.browser ?? browser
  if (fresh === null) return 'not known'
  if (fresh.use === 'nothing') return 'keeps nothing'
  if (fresh.use === 'asks-always') return 'asks the edge at each visit'
  return fresh.heuristic
    ? 'decides by itself how long it keeps it'
    : `may keep it ${span(fresh.lifetimeSeconds)}; no purge reaches it`
}

function edgeSays({ copy, isPast }: Derived): string {
  if (copy === null) return isPast ? 'not checked by then' : 'did not answer'
  const from = copy.vantage === null ? '' : ` (${quoted(copy.vantage, 40)})`
  if (copy.stored === null) return `answers; whether from a copy is not told${from}`
  if (copy.stored) return `${isPast ? 'held' : 'holds'} a copy${copy.stale === null ? '' : ' past its lifetime'}${from}`
  return copy.time === 'asks-always' ? `keeps none${from}` : `${isPast ? 'held' : 'holds'} no copy${from}`
}

function originSays({ origin, page }: Evidence, { originFailure, originGone, live }: Derived): string {
  if (originFailure !== null) return 'fails'
  if (originGone) return 'has no such page'
  if (origin.basis === 'renderer') return 'gives what the renderer keeps'
  if (page?.rendersOnDemand === true) return 'renders it when it is asked'
  if (origin.basis === 's3') return 'has the object in its bucket'
  if (origin.basis === 'none') return live === null ? 'not known' : 'serves the live release'
  return origin.basis === 'manifest' ? 'serves the live release' : 'answered'
}

function buildSays({ page, history }: Evidence, { live }: Derived): string {
  if (page?.rendersOnDemand === true) return 'not needed for it'
  const { build } = history
  const running =
    build?.state === 'running'
      ? 'a build is running; '
      : build?.state === 'queued'
        ? `a build waits${build.startsAtMs === null ? '' : ` until ${at(build.startsAtMs)}`}; `
        : ''
  return live === null ? `${running}not known` : `${running}live is ${releaseName(live)}`
}
