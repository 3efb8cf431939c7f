import { classify, type CopyFacts } from '#shared/http-cache/freshness.ts'
import type { PageRow } from '#shared/pages.ts'
import type { Plan } from '#shared/plans.ts'
import type { Site } from '#shared/sites.ts'

export const SITE: Site = {
  id: 's1',
  name: 'Lollies',
  zones: [
    { id: 1, host: 'lollies.localhost', url: 'http://lollies.localhost' },
    { id: 2, host: 'gifts.lollies.localhost', url: 'http://gifts.lollies.localhost' },
  ],
  edge: {
    kind: 'cloudfront',
    label: 'E2QWRUHAPOMQZL',
    state: 'ok',
    failure: null,
    message: null,
    policyKnown: true,
    purgesPaths: true,
    purgesPrefixes: true,
    purgesTags: true,
    tagHeader: 'x-cache-tags',
  },
  builder: { kind: 'hook', host: 'builds.localhost', follows: true },
  renderer: null,
  originHost: 'origin.localhost',
  links: [{ label: 'Demo controls', url: 'http://controls.localhost/' }],
  liveRelease: { id: '8f3c', title: 'Spring menu', startedAtMs: Date.now() - 840_000 },
  pinned: null,
  watchProblem: null,
}

const MINUTE = 60_000
const EMPTY: CopyFacts = {
  observedAtMs: null,
  failedAtMs: null,
  status: null,
  stored: null,
  freshUntilMs: null,
  staleUntilMs: null,
  purgedAtMs: null,
  copyMadeAtMs: null,
  edgeHash: null,
  originHash: null,
  stagedHash: null,
  changedSinceMs: null,
  originStartedAtMs: null,
  rendersOnDemand: false,
}

/** One set of facts for each look that a page can have. */
function factsOf(kind: number, nowMs: number): CopyFacts {
  const seen: CopyFacts = {
    ...EMPTY,
    observedAtMs: nowMs - 12_000 - kind * 7_000,
    status: 200,
    stored: 'stored',
    freshUntilMs: nowMs + (kind + 1) * 9 * MINUTE,
    copyMadeAtMs: nowMs - 20 * MINUTE,
    edgeHash: 'sha256-aa',
    originStartedAtMs: nowMs - 15 * MINUTE,
  }
  switch (kind) {
    case 0:
      return { ...seen, originHash: 'sha256-aa' }
    case 1:
      return { ...seen, originHash: 'sha256-bb' }
    case 2:
      return { ...seen, changedSinceMs: nowMs - MINUTE }
    case 3:
      return { ...seen, freshUntilMs: nowMs - MINUTE, staleUntilMs: nowMs + 30 * MINUTE }
    case 4:
      return { ...seen, freshUntilMs: nowMs - MINUTE }
    case 5:
      return { ...seen, stored: 'not-stored' }
    case 6:
      return { ...seen, stored: 'asks-always' }
    case 7:
      return { ...seen, status: 503 }
    case 8:
      return EMPTY
    case 9:
      return { ...EMPTY, failedAtMs: nowMs - MINUTE }
    default:
      return seen
  }
}

const KINDS = 11
const NAMES = ['/', '/menu', '/lists/all-lollies-by-flavour-and-by-the-year-in-which-they-were-made', '/new/about-us', '/lolly/x']
const SERVED: readonly PageRow['servedAs'][] = ['static', 'fallback', 'rendered', 'redirect', 'missing']

export function makePages(count: number, nowMs: number): PageRow[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = index % KINDS
    const facts = factsOf(kind, nowMs)
    const { word, time, content } = classify(facts, nowMs)
    return {
      id: index + 1,
      path: index < 4 ? (NAMES[index] ?? '/') : `/lolly/x${String(index).padStart(3, '0')}`,
      zoneId: 1 + (index % 3 === 0 ? 1 : 0),
      word,
      proven: content === 'current',
      time,
      content,
      servedAs: kind === 7 ? 'error' : kind >= 8 && kind < 10 ? 'unknown' : (SERVED[index % SERVED.length] ?? 'static'),
      tags: ['pb-menu:main-menu', `pb-lolly:x${index}`, 'pb-pages-list', 'pb-prices:2026', 'pb-footer'].slice(0, index % 6),
      copyMadeAtMs: facts.copyMadeAtMs,
      freshUntilMs: facts.freshUntilMs,
      staleUntilMs: facts.staleUntilMs,
      observedAtMs: facts.observedAtMs,
      // Some pages have an earlier answer and a later failure.
      failedAtMs: index % 13 === 0 && facts.observedAtMs !== null ? nowMs - 2_000 : facts.failedAtMs,
      failure: index % 13 === 0 || kind === 9 ? 'the edge did not answer within 10 s' : null,
      vantage: facts.observedAtMs === null ? null : 'FRA56',
      ttfbMs: facts.observedAtMs === null ? null : 12 + (index % 90),
      status: facts.status,
      filledByCheck: kind === 10,
      waitsFor: kind === 2 ? 'menu: new item' : null,
    }
  })
}

export function makePlan(id: string, change: Partial<Plan> = {}): Plan {
  return {
    id,
    siteId: SITE.id,
    state: 'draft',
    title: '41 old copies replaced with 1 purge · free · 3 other pages go cold',
    createdAtMs: Date.now() - 20_000,
    startedAtMs: null,
    endedAtMs: null,
    by: 'Ada',
    origin: 'person',
    queue: { stage: null, pushedBy: null, coveredItems: 0 },
    build: {
      wanted: true,
      possible: true,
      needed: true,
      state: 'waiting',
      buildId: null,
      message: 'A build makes 38 pages new, about 1 min 10 s.',
    },
    refresh: { wanted: false, possible: false, needed: false, state: 'skipped', total: 0, done: 0, message: '' },
    purge: {
      by: 'auto',
      state: 'waiting',
      items: [
        {
          item: '#pb-menu:main-menu',
          kind: 'tag',
          pages: 41,
          alsoCold: 3,
          refillMicroDollars: 1_800,
          why: 'One item instead of 41.',
          risk: null,
        },
      ],
      atMost: true,
      itemCount: 1,
      pageCount: 41,
      alsoCold: 3,
      priceMicroDollars: 0,
      allowanceBefore: 997,
      allowanceAfter: 996,
      allowanceAtMost: true,
      ways: [
        {
          by: 'paths',
          items: 41,
          alsoCold: 0,
          priceMicroDollars: 0,
          refill: { pages: 0, renders: 0, meanMs: null, microDollars: 0 },
          unlisted: 0,
        },
        {
          by: 'auto',
          items: 1,
          alsoCold: 3,
          priceMicroDollars: 0,
          refill: { pages: 3, renders: 2, meanMs: 3_400, microDollars: 1_800 },
          unlisted: 0,
        },
        {
          by: 'one',
          items: 1,
          alsoCold: 3,
          priceMicroDollars: 0,
          refill: { pages: 3, renders: 2, meanMs: 3_400, microDollars: 1_800 },
          unlisted: 0,
        },
      ],
      curve: [
        { items: 1, alsoCold: 3, exact: true },
        { items: 41, alsoCold: 0, exact: true },
      ],
      gapMicroDollars: 0,
      leftOutTags: [{ tag: 'pb-footer', why: 'only the HTML names it: the edge did not store it, so it would purge nothing.' }],
      overCap: null,
      notes: ['/lists/* would purge 12 pages that do not need it.'],
      message: 'Sent after the build has made the origin new.',
      waitsUntilMs: null,
    },
    check: {
      state: 'waiting',
      total: 41,
      newVersion: 0,
      done: 0,
      vantage: null,
      message: 'Every purged page is looked at again.',
      purged: 0,
      cold: { checked: 0, right: 0 },
      reasons: [],
    },
    warm: { wanted: false, state: 'skipped', startedAtMs: null, total: 44, done: 0, stored: 0, message: '' },
    counts: { purge: 38, afterBuild: 3, afterRefresh: 0, whenVisited: 0, expires: 0, heldBack: 2, notNeeded: 5, refused: 1 },
    when: null,
    blocked: null,
    result: null,
    ...change,
  }
}
