import type { CauseId } from '#shared/diagnosis.ts'
import type { Evidence } from '#main/diagnosis/evidence.ts'
import {
  answered,
  customer,
  edge,
  evidence,
  HOUR,
  hit,
  history,
  httpDate,
  MINUTE,
  miss,
  NEW,
  NO_FACTS,
  NOW,
  OLD,
  origin,
  page,
  purge,
  release,
} from '../../support/evidence.ts'

export interface Example {
  readonly cause: CauseId
  readonly title: string
  readonly evidence: Evidence
  readonly says: RegExp
  readonly notSays?: RegExp
  /** Much alike, and not this cause. */
  readonly near?: Evidence
}

const day = 24 * HOUR
const oldEdge = edge(answered(OLD, hit(2 * 3_600)))
const live = release('r2', NOW - HOUR, NEW, { live: true })
const before = release('r1', NOW - 5 * HOUR, OLD)
const releases = history({ releases: [live, before] })
const mark = { what: 'Menu changed', target: 'pb-menu:main', sinceMs: NOW - 90 * MINUTE, by: 'Ada' }
const rendered = page({ servedAs: 'rendered', rendersOnDemand: true })
const unasked = { basis: 'none', why: 'The site has no origin address.' } as const
const rule = { from: '/menu/*', to: '/.functions/menu', status: 200 }
const asset = (status: number) => ({
  kind: 'asset' as const,
  url: 'https://site.example/app.4f2.js',
  exchange: answered('sha256-asset', hit(60), { status }),
  originHash: null,
  inRelease: null,
})

export const EXAMPLES: readonly Example[] = [
  {
    cause: 'not-reachable',
    title: 'the edge gives no answer',
    evidence: evidence({
      edge: {
        first: { url: 'https://site.example/menu/', sentAtMs: NOW, failure: 'The connection was refused' },
        again: null,
        filledByUs: false,
      },
    }),
    says: /did not answer.*refused/,
    near: evidence({ edge: edge(answered(NEW, miss())) }),
  },
  {
    cause: 'not-reachable',
    title: 'the edge passes on that the origin fails',
    evidence: evidence({
      edge: edge(answered('e', miss(), { status: 503 })),
      origin: origin(null, { basis: 'origin', status: 503 }),
    }),
    says: /status 503.*origin fails/,
  },
  {
    cause: 'purge-in-progress',
    title: 'sent ten seconds ago',
    evidence: evidence({
      edge: oldEdge,
      origin: origin(NEW),
      history: history({ purges: [purge({ state: 'sent', sentAtMs: NOW - 10_000, completedAtMs: null })] }),
    }),
    says: /on its way/,
    near: evidence({
      edge: oldEdge,
      history: history({ purges: [purge({ state: 'sent', sentAtMs: NOW - 3 * HOUR, completedAtMs: null })] }),
    }),
  },
  {
    cause: 'switch-in-progress',
    title: 'the edge has not reported Deployed',
    evidence: evidence({ edge: oldEdge, history: { ...releases, switching: { toRelease: 'r2', startedAtMs: NOW - MINUTE } } }),
    says: /switch to the release “Title of r2” \(r2\).*not reached every location/,
    near: evidence({ history: { ...releases, switching: { toRelease: 'r2', startedAtMs: NOW - MINUTE } } }),
  },
  {
    cause: 'fallback-serving',
    title: 'a function answers until the build ends',
    evidence: evidence({
      page: page({ servedAs: 'fallback', rendersOnDemand: true }),
      rule,
      edge: edge(answered(NEW, miss())),
      origin: unasked,
      history: history({
        build: {
          state: 'running',
          title: 'New dishes',
          startedAtMs: NOW - 30_000,
          expectedEndMs: NOW + 40_000,
          startsAtMs: null,
        },
      }),
    }),
    says: /not built yet.*“New dishes” is running/,
    near: evidence({ page: rendered, rule }),
  },
  {
    cause: 'waiting-for-build',
    title: 'a change that the live release does not have',
    evidence: evidence({ history: { ...releases, marks: [{ ...mark, sinceMs: NOW - 5 * MINUTE }] } }),
    says: /Menu changed.*waits for a build; a purge now would only store the old page again/,
    near: evidence({ history: { ...releases, marks: [mark] } }),
  },
  {
    cause: 'waiting-for-build',
    title: 'built and not published',
    evidence: evidence({
      history: history({ releases: [release('r3', NOW - MINUTE, 'sha256-newer', { published: false }), live, before] }),
    }),
    says: /A newer page is built.*r3.*not published/,
    near: evidence({ history: history({ releases: [release('r3', NOW - MINUTE, NEW, { published: false }), live, before] }) }),
  },
  {
    cause: 'skeleton-stored',
    title: 'an empty shell in the store',
    evidence: evidence({
      page: rendered,
      edge: edge(answered(OLD, hit(60), { textLength: 90 })),
      origin: origin(NEW, { basis: 'origin', steady: true, exchange: answered(NEW, {}) }),
    }),
    says: /before its content had come.*90 characters.*origin has 3,000/,
    near: evidence({
      page: rendered,
      edge: edge(answered(OLD, hit(60), { textLength: 2_700 })),
      origin: origin(NEW, { basis: 'origin', steady: true, exchange: answered(NEW, {}) }),
    }),
  },
  {
    cause: 'error-stored',
    title: 'a 404 from before the page was built',
    evidence: evidence({ edge: edge(answered('e', hit(300, { 'x-cache': 'Error from cloudfront' }), { status: 404 })) }),
    says: /keeps an error \(status 404\).*although the origin has the page/,
    near: evidence({
      edge: edge(answered('e', hit(300), { status: 404 })),
      origin: origin(null, { basis: 'origin', status: 404 }),
    }),
  },
  {
    cause: 'stale-if-error',
    title: 'the origin is down',
    evidence: evidence({
      edge: edge(answered(OLD, hit(120, { 'cache-control': 'max-age=60, stale-if-error=3600' }))),
      origin: { ...unasked, failure: 'The connection was refused' },
    }),
    says: /origin fails.*last good copy/,
    near: evidence({
      edge: edge(answered(OLD, hit(30, { 'cache-control': 'max-age=60, stale-if-error=3600' }))),
      origin: { ...unasked, failure: 'refused' },
    }),
  },
  {
    cause: 'redirect-old',
    title: 'the edge leads to an earlier place',
    evidence: evidence({
      url: 'https://site.example/food',
      redirects: [
        answered('', hit(900), { url: 'https://site.example/food', status: 301, location: 'https://site.example/old-menu/' }),
      ],
      originRedirect: answered(
        '',
        {},
        { url: 'http://origin.internal/food', status: 301, location: 'https://site.example/menu/' },
      ),
      rule: { from: '/food', to: '/menu/', status: 301 },
    }),
    says: /redirect is old.*\/old-menu\/.*redirects to \/menu\//,
    near: evidence({
      redirects: [
        answered('', hit(900), { url: 'https://site.example/food', status: 301, location: 'https://site.example/menu/' }),
      ],
      originRedirect: answered(
        '',
        {},
        { url: 'http://origin.internal/food', status: 301, location: 'http://origin.internal/menu/' },
      ),
    }),
  },
  {
    cause: 'variant-missed',
    title: 'the purge named another spelling',
    evidence: evidence({
      edge: oldEdge,
      history: { ...releases, purges: [purge({ covering: [], nearMisses: ['/menu/index.html'] })] },
    }),
    says: /named \/menu\/index\.html, which the edge keeps apart from \/menu\//,
    near: evidence({ edge: oldEdge, history: { ...releases, purges: [purge({ covering: ['/menu/*'] })] } }),
  },
  {
    cause: 'variant-missed',
    title: 'the copy for gzip is an earlier one',
    evidence: evidence({
      history: releases,
      variants: [{ kind: 'accept-encoding', how: 'as gzip', path: '/menu/', exchange: answered(OLD, hit(7_200)) }],
    }),
    says: /This copy is right, but.*as gzip/,
    near: evidence({
      history: releases,
      variants: [{ kind: 'accept-encoding', how: 'as gzip', path: '/menu/', exchange: answered(NEW, hit(7_200)) }],
    }),
  },
  {
    cause: 'variant-missed',
    title: 'only the address without the query was renewed',
    evidence: evidence({
      edge: oldEdge,
      variants: [{ kind: 'query', how: 'without the query string', path: '/menu/', exchange: answered(NEW, hit(60)) }],
    }),
    says: /the one asked for without the query string is new, this one is still old/,
    near: evidence({
      edge: oldEdge,
      variants: [{ kind: 'query', how: 'without the query string', path: '/menu/', exchange: answered(NEW, miss()) }],
    }),
  },
  {
    cause: 'dependency-changed',
    title: 'the menu changed after the copy was made',
    evidence: evidence({ edge: oldEdge, history: { ...releases, marks: [mark] } }),
    says: /Menu changed: the tag pb-menu:main, which this page uses, changed at/,
    near: evidence({ edge: oldEdge, history: { ...releases, marks: [{ ...mark, sinceMs: NOW - 4 * HOUR }] } }),
  },
  {
    cause: 'older-deploy',
    title: 'the copy is of the release before',
    evidence: evidence({ edge: oldEdge, history: releases }),
    says: /of the deploy “Title of r1” \(r1\).*live is “Title of r2” \(r2\)/,
    near: evidence({ history: releases }),
  },
  {
    cause: 'older-deploy',
    title: 'purged too early',
    evidence: evidence({ edge: edge(answered(OLD, hit(20 * 60))), history: { ...releases, purges: [purge()] } }),
    says: /purged too early.*before the origin was new/,
  },
  {
    cause: 'older-deploy',
    title: 'purged by a tag that the distribution does not read',
    evidence: evidence({
      edge: oldEdge,
      site: { ...evidence().site!, purgesTags: false },
      history: { ...releases, purges: [purge({ covering: ['#pb-menu:main'] })] },
    }),
    says: /named only tags and did not reach it: the distribution reads no tag header/,
  },
  {
    cause: 'older-deploy',
    title: 'rolled back',
    evidence: evidence({
      edge: edge(answered(OLD, hit(600))),
      history: history({ releases: [release('r3', NOW - 30 * MINUTE, OLD), live] }),
    }),
    says: /rolled back/,
  },
  {
    cause: 'old-copy',
    title: 'the origin differs and nobody told why',
    evidence: evidence({
      edge: oldEdge,
      origin: origin(null, { basis: 's3', sameAsEdge: false, startedAtMs: null, lastModifiedMs: NOW - HOUR }),
    }),
    says: /older than what the origin has, seen from here \(FRA56/,
    near: evidence({ edge: oldEdge, origin: origin(null, { basis: 's3', sameAsEdge: true, lastModifiedMs: NOW - 3 * HOUR }) }),
  },
  {
    cause: 'layers-disagree',
    title: 'the durable store behind the edge is old',
    evidence: evidence({
      edge: edge(
        answered(OLD, {
          'cache-control': 's-maxage=86400',
          age: '7200',
          date: httpDate(NOW - 2 * HOUR),
          'cache-status': '"Netlify Durable"; hit; ttl=79200, "Netlify Edge"; fwd=miss',
        }),
      ),
    }),
    says: /Netlify Edge had no copy of its own and asked, and Netlify Durable behind it answered with an old one/,
    near: evidence({
      edge: edge(
        answered(NEW, {
          'cache-control': 's-maxage=86400',
          age: '600',
          date: httpDate(NOW - 600_000),
          'cache-status': '"Netlify Durable"; hit; ttl=79200, "Netlify Edge"; fwd=miss',
        }),
      ),
    }),
  },
  {
    cause: 'vantages-differ',
    title: 'the customer was answered elsewhere',
    evidence: evidence({
      history: releases,
      customer: customer(hit(7_200, { 'x-amz-cf-pop': 'NRT57-P2', date: httpDate(NOW - 3 * HOUR) }), {
        bodyHash: OLD,
        fromBrowserCache: false,
      }),
    }),
    says: /answered by NRT57.*older copy/,
    near: evidence({
      history: releases,
      customer: customer(hit(60, { 'x-amz-cf-pop': 'NRT57-P2' }), { bodyHash: NEW, fromBrowserCache: false }),
    }),
  },
  {
    cause: 'stale-while-revalidate',
    title: 'given once more while it is fetched',
    evidence: evidence({
      edge: edge(answered(OLD, hit(4_000, { 'cache-control': 's-maxage=3600, stale-while-revalidate=600' }))),
      history: releases,
    }),
    says: /past its lifetime; the edge gives it to one more visitor/,
    near: evidence({
      edge: edge(answered(OLD, hit(3_500, { 'cache-control': 's-maxage=3600, stale-while-revalidate=600' }))),
      history: releases,
    }),
  },
  {
    cause: 'assets-gone',
    title: 'a script of the page is gone',
    evidence: evidence({ companions: [asset(404)] }),
    says: /names \/app\.4f2\.js, which is not there any more/,
    near: evidence({ companions: [asset(200)] }),
  },
  {
    cause: 'companion-old',
    title: 'the data file is of an earlier deploy',
    evidence: evidence({
      companions: [
        {
          kind: 'data',
          url: 'https://site.example/menu.json',
          exchange: answered('sha256-data-1', hit(7_200)),
          originHash: 'sha256-data-2',
          inRelease: true,
        },
      ],
    }),
    says: /The page itself is not old, but its data file \/menu\.json is old/,
    near: evidence({
      companions: [
        {
          kind: 'data',
          url: 'https://site.example/menu.json',
          exchange: answered('sha256-data-2', hit(7_200)),
          originHash: 'sha256-data-2',
          inRelease: true,
        },
      ],
    }),
  },
  {
    cause: 'crawler-differs',
    title: 'a crawler is given another page',
    evidence: evidence({
      crawler: answered('sha256-for-crawlers', hit(100), { textLength: 300 }),
      variants: [{ kind: 'accept-encoding', how: 'as gzip', path: '/menu/', exchange: answered(NEW, hit(10)) }],
    }),
    says: /Crawlers and visitors get different pages, and not because one is older/,
    near: evidence({
      history: releases,
      crawler: answered(OLD, hit(9_000)),
      variants: [{ kind: 'accept-encoding', how: 'as gzip', path: '/menu/', exchange: answered(NEW, hit(10)) }],
    }),
  },
  {
    cause: 'clock-wrong',
    title: 'dated an hour ahead',
    evidence: evidence({ edge: edge(answered(NEW, hit(0, { date: httpDate(NOW + HOUR) }))) }),
    says: /60 min ahead of the time when it came/,
    near: evidence({ edge: edge(answered(NEW, hit(0, { date: httpDate(NOW + 5_000) }))) }),
  },
  {
    cause: 'clock-wrong',
    title: 'a negative Age',
    evidence: evidence({ edge: edge(answered(NEW, hit(0, { age: '-5' }))) }),
    says: /negative Age, -5/,
  },
  {
    cause: 'browser-only',
    title: 'the customer’s browser kept it',
    evidence: evidence({
      customer: customer(hit(0, { 'cache-control': 'max-age=86400', date: httpDate(NOW - 2 * HOUR) }), {
        fromBrowserCache: true,
      }),
    }),
    says: /The edge has the present page.*their browser had kept until \{\{time:\d+\}\}/,
    near: evidence({ customer: customer(hit(0, { date: httpDate(NOW - 20 * MINUTE) })) }),
  },
  {
    cause: 'not-cacheable',
    title: 'no-store',
    evidence: evidence({
      edge: edge(answered(NEW, miss({ 'cache-control': 'no-store' })), answered(NEW, miss({ 'cache-control': 'no-store' }))),
    }),
    says: /asks the origin for every visit, because of Cache-Control: no-store/,
    near: evidence({
      edge: edge(answered(NEW, hit(5, { 'cache-control': 'no-store' }))),
      policy: { pattern: '*', ttl: { minTtlSeconds: 60, defaultTtlSeconds: 60, maxTtlSeconds: 60, errorTtlSeconds: {} } },
    }),
  },
  {
    cause: 'varies-much',
    title: 'a copy for every cookie, and a miss',
    evidence: evidence({ edge: edge(answered(NEW, miss({ vary: 'Cookie' })), answered(NEW, hit(0, { vary: 'Cookie' }))) }),
    says: /a copy for every cookie that visitors send/,
    near: evidence({ edge: edge(answered(NEW, miss({ vary: 'Accept-Encoding' }))) }),
  },
  {
    cause: 'lifetime-missing',
    title: 'no header says how long',
    evidence: evidence({
      edge: edge(answered(NEW, { date: httpDate(NOW - 600_000), age: '600', 'last-modified': httpDate(NOW - 10 * day) })),
      origin: unasked,
    }),
    says: /No header says how long.*usual guess here is 24 h/,
    near: evidence({ edge: edge(answered(NEW, hit(600))), origin: unasked }),
  },
  {
    cause: 'lifetime-too-long',
    title: 'browsers keep for a month what changes each day',
    evidence: evidence({
      edge: edge(answered(NEW, hit(600, { 'cache-control': 'max-age=2592000' }))),
      customer: customer(hit(0, { 'cache-control': 'no-cache', date: httpDate(NOW - 2 * HOUR) }), { atMs: null, bodyHash: null }),
      seenAtMs: NOW - 2 * HOUR,
      history: history({ changesIn30Days: 30 }),
    }),
    says: /changed 30 times in 30 days, and browsers keep it 30 days/,
    near: evidence({
      edge: edge(answered(NEW, hit(600, { 'cache-control': 'max-age=0, s-maxage=2592000' }))),
      history: history({ changesIn30Days: 30, purges: [purge()] }),
      seenAtMs: NOW - HOUR,
    }),
  },
  {
    cause: 'page-gone',
    title: 'the edge goes on giving a page that was taken away',
    evidence: evidence({ origin: origin(null, { basis: 'origin', status: 404 }) }),
    says: /gone at the origin, and the edge goes on giving its copy/,
    near: evidence(),
  },
  {
    cause: 'not-compared',
    title: 'an address of nobody’s site',
    evidence: evidence({
      site: null,
      page: null,
      origin: { basis: 'none', why: 'The address belongs to no registered site, so its origin is not known.' },
    }),
    says: /was not compared: The address belongs to no registered site/,
    notSays: /up to date|right/,
    near: evidence(),
  },
  {
    cause: 'fresh-and-right',
    title: 'equal to the origin',
    evidence: evidence({ history: releases }),
    says: /Visitors get what the origin has.*Nothing is wrong/,
    near: evidence({ origin: unasked }),
  },
  {
    cause: 'older-deploy',
    title: 'at an instant that is past',
    evidence: evidence({
      edge: null,
      seenAtMs: NOW - 40 * MINUTE,
      origin: origin(NEW),
      page: page({
        facts: {
          ...NO_FACTS,
          observedAtMs: NOW - 45 * MINUTE,
          status: 200,
          stored: 'stored',
          freshUntilMs: NOW + day,
          edgeHash: OLD,
          originHash: NEW,
          originStartedAtMs: NOW - HOUR,
          copyMadeAtMs: NOW - 2 * HOUR,
        },
      }),
      history: releases,
      later: { releases: [], marks: [], purges: [purge()] },
    }),
    says: /^As of \{\{time:\d+\}\}: The edge still gives the page of the deploy/,
  },
]
