import { browserFreshness, NO_LIFETIME } from '#shared/http-cache/browser-freshness.ts'
import { readCacheAnswer } from '#shared/http-cache/cache-answer.ts'
import type { ChainLink, PageDetail } from '#shared/pages.ts'

/** What the chain needs beside the page itself. Instants are Unix milliseconds. */
export interface ChainFacts {
  readonly rendersOnDemand: boolean
  readonly originStartedAtMs: number | null
  readonly changedSinceMs: number | null
  /** Built, other than what the origin has, and not published. */
  readonly staged: boolean
  readonly live: { readonly id: string; readonly title: string | null; readonly startedAtMs: number } | null
}

type Page = Pick<PageDetail, 'word' | 'content' | 'copyMadeAtMs' | 'observedAtMs' | 'vantage' | 'headers' | 'status' | 'waitsFor'>

/** Where the way from the content to the visitor is interrupted, by the page's word; null when it is nowhere. */
function breakOf(page: Page, facts: ChainFacts): ChainLink['link'] | null {
  // A waiting page is interrupted behind its origin, whatever else is the case.
  if (page.content === 'pending') return facts.staged ? 'origin' : 'build'
  if (page.word === 'outdated' || page.word === 'error') return 'edge'
  return null
}

/** The way of a page's content to its visitors, with the age at each step and the place where it is interrupted. */
export function chainOf(page: Page, facts: ChainFacts): ChainLink[] {
  const broken = breakOf(page, facts)
  const proven = page.content === 'current'
  const joint = (link: ChainLink['link'], known: boolean): ChainLink['toNext'] =>
    link === broken ? 'broken' : known ? 'joined' : 'not-known'
  const checked = page.observedAtMs !== null
  const held = page.word !== 'absent' && page.word !== 'uncached' && checked
  return [
    { link: 'visitor', says: visitorSays(page), sinceMs: null, toNext: 'joined' },
    { link: 'browser', says: browserSays(page), sinceMs: null, toNext: joint('browser', checked) },
    { link: 'edge', says: edgeSays(page), sinceMs: held ? page.copyMadeAtMs : null, toNext: joint('edge', proven || !held) },
    {
      link: 'origin',
      says: facts.rendersOnDemand ? 'renders it when it is asked' : facts.live ? 'serves the live release' : 'not known',
      sinceMs: facts.rendersOnDemand ? null : facts.originStartedAtMs,
      toNext: facts.rendersOnDemand ? 'joined' : joint('origin', facts.live !== null),
    },
    {
      link: 'build',
      says: facts.rendersOnDemand ? 'not needed for it' : buildSays(facts),
      sinceMs: facts.rendersOnDemand ? null : (facts.live?.startedAtMs ?? null),
      toNext: facts.rendersOnDemand ? 'joined' : joint('build', facts.live !== null),
    },
    {
      link: 'content',
      says: facts.changedSinceMs === null ? 'no change was told' : (page.waitsFor ?? 'the last change that was told'),
      sinceMs: facts.changedSinceMs,
      toNext: null,
    },
  ]
}

function visitorSays(page: Page): string {
  switch (page.word) {
    case 'unknown':
    case 'failed':
      return 'not known'
    case 'error':
      return `gets an error (${page.status ?? 'no status'})`
    case 'absent':
    case 'uncached':
    case 'expired':
      return 'waits for the origin'
    case 'outdated':
      return 'gets an old copy'
    case 'stale-allowed':
      return 'gets the copy once more'
    case 'pending':
      return 'gets the copy before the change'
    case 'fresh':
      return page.content === 'current' ? 'gets the present version' : 'gets the copy'
  }
}

/** A browser's own copy, of which the answer's age is used up already. No purge reaches it. */
function browserSays(page: Page): string {
  if (page.observedAtMs === null) return 'not known'
  const { ageSeconds } = readCacheAnswer(page.headers)
  const fresh = browserFreshness(page.headers, page.observedAtMs, ageSeconds, page.status ?? 200)
  if (fresh.use === 'nothing') return 'keeps nothing'
  if (fresh.heuristic || fresh.rule === NO_LIFETIME) return 'decides by itself how long it keeps it'
  return fresh.use === 'asks-always'
    ? 'asks the edge at each visit'
    : `may keep it ${spanOf(fresh.keepsSeconds)}; no purge reaches it`
}

function edgeSays(page: Page): string {
  const from = page.vantage === null ? '' : ` (${page.vantage})`
  switch (page.word) {
    case 'unknown':
      return 'not checked'
    case 'failed':
      return 'did not answer'
    case 'absent':
      return `holds no copy${from}`
    case 'uncached':
      return `keeps none${from}`
    default:
      return `holds a copy${from}`
  }
}

function buildSays({ live, staged }: ChainFacts): string {
  if (live === null) return 'not known'
  const name = live.title === null || live.title === '' ? live.id : `${live.title} (${live.id})`
  return staged ? `a newer one is built and not published; live is ${name}` : name
}

function spanOf(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`
  return seconds < 172_800 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`
}
