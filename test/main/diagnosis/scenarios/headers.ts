import { modified, page, AT_EDGE, type Scenario } from './scenario.ts'

const HOUR_MS = 3_600_000

const forbids = (headers: Record<string, string>, says: RegExp, cannot: Scenario['cannot'] = {}): Scenario => ({
  cause: 'not-cacheable',
  title: Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', '),
  says,
  cannot,
  async run({ origin, visit, why }, path) {
    origin.serve(path, { headers, body: page('One') })
    await visit(path)
    return why(path)
  },
})

const clock = (title: string, says: RegExp, byMs: number): Scenario => ({
  cause: 'clock-wrong',
  title,
  says,
  async run({ origin, visit, why }, path) {
    origin.serve(path, () => ({
      headers: { ...AT_EDGE, date: new Date(Date.now() + byMs).toUTCString() },
      body: page('One'),
    }))
    await visit(path)
    return why(path)
  },
})

/** Pages that are kept badly, or not at all, because of what a header says. */
export const HEADERS: readonly Scenario[] = [
  forbids({ 'cache-control': 'no-store' }, /because of Cache-Control: .*no-store/),
  forbids({ 'cache-control': 'private, max-age=60' }, /because of Cache-Control: .*private/),
  forbids({ 'cache-control': 'no-cache' }, /because of Cache-Control: .*no-cache/),
  forbids({ 'cache-control': 'max-age=0' }, /because of Cache-Control: .*max-age=0/),
  forbids({ 'cache-control': 's-maxage=0, max-age=600' }, /because of Cache-Control: .*s-maxage=0/),
  forbids({ expires: 'Sat, 01 Jan 2000 00:00:00 GMT' }, /because of Expires: .*2000/),
  clock('the origin’s clock is an hour ahead', /ahead of the time when it came/, HOUR_MS),
  clock('the origin’s clock is an hour behind', /earlier than its age allows/, -HOUR_MS),
  {
    cause: 'varies-much',
    title: 'every browser has a copy of its own',
    says: /a copy for every .*user-agent/,
    cannot: { 'demo edge': 'CloudFront keys by its cache policy and takes no notice of Vary' },
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: { ...AT_EDGE, vary: 'User-Agent' }, body: page('One') })
      await visit(path, { headers: { 'user-agent': 'Some browser' } })
      return why(path)
    },
  },
  {
    cause: 'varies-much',
    title: 'every cookie has a copy of its own',
    says: /a copy for every .*cookie/,
    cannot: { 'demo edge': 'CloudFront keys by its cache policy and takes no notice of Vary' },
    async run({ origin, visit, why }, path) {
      origin.serve(path, { headers: { ...AT_EDGE, vary: 'Cookie' }, body: page('One') })
      await visit(path, { headers: { cookie: 'session=1' } })
      return why(path)
    },
  },
  {
    cause: 'crawler-differs',
    title: 'a crawler is given another page than a visitor',
    says: /Crawlers and visitors get different pages/,
    cannot: { 'demo edge': 'Its policy does not forward User-Agent, so the origin cannot tell a crawler' },
    async run({ origin, why }, path) {
      origin.serve(path, (request) => ({
        headers: { ...AT_EDGE, vary: 'User-Agent' },
        body: /Googlebot/.test(request.headers['user-agent'] ?? '') ? page('For crawlers', '<nav>Buy now</nav>') : page('One'),
      }))
      return why(path)
    },
  },
  {
    cause: 'assets-gone',
    title: 'the page names a script that the last deploy took away',
    says: /names .*app-1\.js.*not there any more/,
    async run({ origin, visit, why }, path) {
      const script = `${path}/app-1.js`
      origin.serve(path, { headers: AT_EDGE, body: page('One', `<script src="${script}"></script>`) })
      await visit(path)
      origin.serve(script, { status: 404, headers: { 'cache-control': 'no-store' }, body: 'gone' })
      return why(path)
    },
  },
  {
    cause: 'companion-old',
    title: 'the page was purged and its data file was not',
    says: /its data file .*page-data\.json.* is old at the edge/,
    async run({ origin, visit, purge, why }, path) {
      const data = `/page-data${path}/page-data.json`
      const both = async (title: string, atMs: number) => {
        origin.serve(path, { headers: { ...AT_EDGE, ...modified(atMs) }, body: page(title, '<div id="___gatsby"></div>') })
        origin.serve(data, { headers: { ...AT_EDGE, 'content-type': 'application/json' }, body: JSON.stringify({ title }) })
      }
      await both('One', Date.now() - HOUR_MS)
      await visit(path)
      await visit(data)
      await both('Two', Date.now())
      await purge(path)
      await visit(path)
      return why(path)
    },
  },
]
