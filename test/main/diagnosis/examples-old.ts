import { NOTHING_KNOWN } from '#shared/http-cache/freshness.ts'
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
  NOW,
  OLD,
  origin,
  page,
  purge,
  release,
} from '../../support/evidence.ts'
import { day, oldEdge, live, before, releases, mark, unasked, type Example } from './example-parts.ts'

export const OLD_EXAMPLES: readonly Example[] = [
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
    cause: 'waiting-for-build',
    title: 'a change that the live release does not have',
    evidence: evidence({ history: { ...releases, marks: [{ ...mark, sinceMs: NOW - 5 * MINUTE }] } }),
    says: /“Menu changed” \(pb-menu:main\).*waits for a build; a purge now would only store the old page again/,
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
    says: /The tag pb-menu:main, which this page uses, changed at .*\(“Menu changed”\)/,
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
    cause: 'page-gone',
    title: 'the edge goes on giving a page that was taken away',
    evidence: evidence({ origin: origin(null, { basis: 'origin', status: 404 }) }),
    says: /gone at the origin, and the edge goes on giving its copy/,
    near: evidence(),
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
          ...NOTHING_KNOWN,
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
