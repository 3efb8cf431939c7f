import { startDemoEdge } from '../../../support/caches/demo-edge.ts'
import { visit as visitPort } from '../../../support/caches/visit.ts'
import { asKept, asPasted, seconds } from '../../../support/caches/world.ts'
import { AT_EDGE, atEdge, modified, page, type Scenario } from './scenario.ts'

const HOUR_MS = 3_600_000
const NO_AGE = 'It tells no Age, so nobody can say whether its copy was made before the change; old-copy is named instead'
const NO_PLACE = 'It does not say where it stands; two of them side by side are layers-disagree'
const tagged = (title: string) => page(title, '<ssr-cache data-class="pb-menu" data-id="main"></ssr-cache>')

/** Copies that are older than the origin, or rightly what it has. */
export const OLD_COPIES: readonly Scenario[] = [
  {
    cause: 'fresh-and-right',
    title: 'nothing has changed since a visitor loaded it',
    says: /what the origin has/,
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: AT_EDGE, body: page('One') })
      await visit(path)
      return why(path)
    },
  },
  {
    cause: 'old-copy',
    title: 'the page changed at the origin and nobody purged it',
    says: /older than what the origin has/,
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: AT_EDGE, body: page('One') })
      await visit(path)
      origin.serve(path, { headers: AT_EDGE, body: page('Two') })
      return why(path)
    },
  },
  {
    cause: 'old-copy',
    title: 'it was purged before the origin was new, so the old page was fetched again',
    says: /older than what the origin has/,
    async run({ origin, visit, purge, why }, path) {
      origin.serve(path, { headers: AT_EDGE, body: page('One') })
      await visit(path)
      await purge(path)
      await visit(path)
      origin.serve(path, { headers: AT_EDGE, body: page('Two') })
      return why(path)
    },
  },
  {
    cause: 'older-deploy',
    title: 'a release went live and nobody purged',
    says: /deploy .*old-1.*live is .*old-2/i,
    async run({ origin, visit, deploy, why }, path) {
      const [one, two] = [page('Release one'), page('Release two')]
      origin.serve(path, { headers: AT_EDGE, body: one })
      await visit(path, { host: 'built.localhost' })
      origin.serve(path, { headers: AT_EDGE, body: two })
      const nowMs = Date.now()
      await deploy(
        { id: 'old-1', startedAtMs: nowMs - HOUR_MS, published: true, files: { [path]: one } },
        { id: 'old-2', startedAtMs: nowMs, published: true, files: { [path]: two } },
      )
      return why(path, { host: 'built.localhost' })
    },
    alone: true,
  },
  {
    cause: 'waiting-for-build',
    title: 'a newer release is built and not published',
    says: /built, in the release .*staged-2.* not published/i,
    async run({ origin, visit, deploy, why }, path) {
      const one = page('Release one')
      origin.serve(path, { headers: AT_EDGE, body: one })
      const nowMs = Date.now()
      await deploy(
        { id: 'staged-1', startedAtMs: nowMs - HOUR_MS, published: true, files: { [path]: one } },
        { id: 'staged-2', startedAtMs: nowMs - 60_000, published: false, files: { [path]: page('Release two') } },
      )
      await visit(path, { host: 'built.localhost' })
      return why(path, { host: 'built.localhost' })
    },
    alone: true,
  },
  {
    cause: 'waiting-for-build',
    title: 'the menu changed, and the origin still has the page from before',
    says: /waits for a build/,
    listed: { body: tagged('One').replace('"main"', '"wait"'), headers: { ...AT_EDGE, ...modified(Date.now() - HOUR_MS) } },
    async run({ visit, mark, why }, path) {
      await visit(path)
      await mark('pb-menu:wait')
      return why(path)
    },
  },
  {
    cause: 'dependency-changed',
    title: 'the menu changed after the copy was made, and the origin shows it already',
    says: /pb-menu:main.* changed at .* after this copy was made/,
    cannot: { nginx: NO_AGE },
    listed: { body: tagged('One'), headers: { ...AT_EDGE, ...modified(Date.now() - HOUR_MS) } },
    async run({ origin, visit, mark, why }, path) {
      await visit(path)
      await seconds(2.1)
      await mark('pb-menu:main')
      await seconds(1.1)
      origin.serve(path, { headers: { ...AT_EDGE, ...modified(Date.now()) }, body: tagged('Two') })
      return why(path)
    },
  },
  {
    cause: 'fallback-serving',
    title: 'no release has the page yet, and a function renders it',
    says: /not built yet: a function renders it/,
    async run({ origin, visit, deploy, why }, path) {
      origin.serve(path, { headers: atEdge('stale-while-revalidate=60'), body: page('Rendered in the meantime') })
      await deploy({
        id: 'fallback-1',
        startedAtMs: Date.now() - HOUR_MS,
        published: true,
        files: { '/': page('Home') },
        redirects: [{ from: '/fallback-serving/*', to: '/.functions/render', status: 200 }],
      })
      await visit(path, { host: 'built.localhost' })
      return why(path, { host: 'built.localhost' })
    },
    alone: true,
  },
  {
    cause: 'not-compared',
    title: 'nothing is known of the origin',
    says: /was not compared/,
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: AT_EDGE, body: page('One') })
      await visit(path, { host: 'blind.localhost' })
      return why(path, { host: 'blind.localhost' })
    },
  },
  {
    cause: 'skeleton-stored',
    title: 'the shell was stored before its content came',
    says: /before its content had come/,
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: AT_EDGE, body: '<!doctype html><body><div id="app">Loading</div></body>' })
      await visit(path)
      origin.serve(path, { headers: AT_EDGE, body: page('One') })
      return why(path)
    },
  },
  {
    cause: 'browser-only',
    title: 'the edge was purged, and the customer’s browser keeps what it loaded before',
    says: /their browser had kept/,
    async run({ origin, cache, visit, purge, why }, path) {
      const long = { 'cache-control': 'public, max-age=86400' }
      origin.serve(path, { headers: { ...long, ...modified(Date.now() - HOUR_MS) }, body: page('One') })
      const theirs = await visit(path)
      await seconds(1.1)
      origin.serve(path, { headers: { ...long, ...modified(Date.now()) }, body: page('Two') })
      await purge(path)
      await visit(path)
      return why(path, { customer: asKept(`http://plain.localhost:${cache.port}${path}`, theirs) })
    },
  },
  {
    cause: 'lifetime-missing',
    title: 'no header says how long it may be kept',
    says: /No header says how long/,
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: modified(Date.now() - 100 * HOUR_MS), body: page('One') })
      await visit(path, { host: 'blind.localhost' })
      return why(path, { host: 'blind.localhost' })
    },
  },
  {
    cause: 'lifetime-too-long',
    title: 'it is kept for a month, changes often, and a customer saw the page from before',
    says: /changed 3 times in 30 days/,
    listed: {
      body: tagged('One').replace('"main"', '"often"'),
      headers: { 'cache-control': 'max-age=0, s-maxage=2592000', ...modified(Date.now() - HOUR_MS) },
    },
    async run({ origin, visit, purge, mark, why }, path) {
      const theirs = await visit(path)
      for (let change = 0; change < 3; change += 1) await mark('pb-menu:often')
      await seconds(1.1)
      origin.serve(path, {
        headers: { 'cache-control': 'max-age=0, s-maxage=2592000', ...modified(Date.now()) },
        body: tagged('Two').replace('"main"', '"often"'),
      })
      await purge(path)
      await visit(path)
      return why(path, { customer: asPasted(theirs) })
    },
  },
  {
    cause: 'vantages-differ',
    title: 'the customer is served by another location, which has the page from before',
    says: /answered by .*LHR61.*FRA56/,
    cannot: { varnish: NO_PLACE, nginx: NO_PLACE, squid: NO_PLACE },
    async run({ origin, cache, visit, why }, path) {
      const far = await startDemoEdge(origin, 'LHR61')
      try {
        origin.serve(path, { headers: { ...AT_EDGE, ...modified(Date.now() - HOUR_MS) }, body: page('One') })
        const theirs = await visitPort(far.port, `plain.localhost:${cache.port}`, path)
        await seconds(2.1)
        origin.serve(path, { headers: { ...AT_EDGE, ...modified(Date.now()) }, body: page('Two') })
        await visit(path)
        return await why(path, { customer: asPasted(theirs) })
      } finally {
        await far.stop()
      }
    },
  },
]
