import { afterEach, describe, expect, test } from 'vitest'
import { wasAnswered, type Answered, type Exchanged } from '#main/diagnosis/evidence.ts'
import { MAX_VARIANTS, variantsOf } from '#main/diagnosis/variants.ts'
import { startTcpServer } from '../platform/http-test-server.ts'
import { diagnosisWorld } from '../../support/diagnosis-world.ts'
import { gzipped, startSiteServer, type Seen, type Served } from '../../support/site-server.ts'
import { storedSite } from '../../support/stored-site.ts'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function world(answer: (seen: Seen) => Served | undefined | Promise<Served | undefined>) {
  const edge = await startSiteServer(answer)
  const site = await storedSite([edge.url])
  const diagnosis = diagnosisWorld(site)
  ends.push(() => site.db.close(), edge.stop, diagnosis.close)
  return { edge, site, ...diagnosis }
}

const answered = (exchange: Exchanged | null): Answered => {
  if (!wasAnswered(exchange)) throw new Error(`no answer: ${JSON.stringify(exchange)}`)
  return exchange
}
const html = (body: string, headers: Record<string, string> = {}): Served => ({
  headers: { 'content-type': 'text/html', 'cache-control': 's-maxage=60', ...headers },
  body,
})

describe('Asking the edge', () => {
  test('asks again where the first answer may have filled the cache, and keeps both', async () => {
    const { edge, collect } = await world(({ before }) => html('<p>page', before === 0 ? {} : { age: '1' }))
    const { edge: seen, site } = await collect({ url: `${edge.url}/a` })
    expect(site).toMatchObject({ id: 'site-1', otherZones: 0 })
    expect(seen?.filledByUs).toBe(true)
    expect(answered(seen?.first ?? null).cache.ageSeconds).toBeNull()
    expect(answered(seen?.again ?? null).cache.ageSeconds).toBe(1)
  })

  test('is content with one answer that came from the cache', async () => {
    const { edge, collect } = await world(() => html('<p>page', { age: '5' }))
    const { edge: seen } = await collect({ url: `${edge.url}/a` })
    expect(seen).toMatchObject({ again: null, filledByUs: false })
  })

  test('asks as a browser does: GET with its encodings, and never with cookies', async () => {
    const { edge, collect } = await world(() => html('<p>page', { 'set-cookie': 'session=very-secret; Path=/', age: '5' }))
    const evidence = await collect({ url: `${edge.url}/a` })
    expect(edge.requests[0]?.headers).toMatchObject({ 'accept-encoding': 'gzip, deflate, br' })
    expect(edge.requests.filter(({ headers }) => headers.cookie !== undefined)).toEqual([])
    expect(JSON.stringify(evidence)).not.toContain('very-secret')
    expect(answered(evidence.edge?.first ?? null).headers).toContainEqual(['set-cookie', 'session=…'])
  })

  test('follows redirects and is then about their target', async () => {
    const { edge, site, collect } = await world(({ path }) =>
      path === '/old' ? { status: 301, headers: { location: '/new/' } } : html('<p>new', { age: '1' }),
    )
    const pageId = site.page('/new/')
    const evidence = await collect({ url: `${edge.url}/old` })
    expect(evidence.redirects.map(({ status, location }) => [status, location])).toEqual([[301, `${edge.url}/new/`]])
    expect(answered(evidence.edge?.first ?? null).url).toBe(`${edge.url}/new/`)
    expect([evidence.url, evidence.page?.id]).toEqual([`${edge.url}/old`, pageId])
  })

  test('stops in a circle of redirects and says so', async () => {
    const { edge, collect } = await world(({ path }) => ({ status: 302, headers: { location: path === '/a' ? '/b' : '/a' } }))
    const { redirects, edge: seen, gaps } = await collect({ url: `${edge.url}/a` })
    expect(redirects).toHaveLength(1)
    expect(answered(seen?.first ?? null).status).toBe(302)
    expect(gaps.join(' ')).toContain('circle')
  })

  test('does not follow redirects for ever', async () => {
    const { edge, collect } = await world(({ path }) => ({ status: 302, headers: { location: `${path}x` } }))
    const { redirects, gaps } = await collect({ url: `${edge.url}/a` })
    expect(redirects).toHaveLength(5)
    expect(gaps.join(' ')).toContain('more than 5 redirects')
    expect(edge.requests.length).toBeLessThanOrEqual(24)
  })

  test('a redirect to a private address that is no zone is not followed there', async () => {
    const inside = await startSiteServer(() => html('inside'))
    ends.push(inside.stop)
    const { edge, collect } = await world(() => ({ status: 302, headers: { location: `${inside.url}/admin` } }))
    const { edge: seen } = await collect({ url: `${edge.url}/a` })
    expect(seen?.first).toMatchObject({ failure: expect.stringContaining('private address') })
    expect(inside.requests).toEqual([])
  })

  test('a private address that is no zone is not asked', async () => {
    const { collect } = await world(() => html('page'))
    const inside = await startSiteServer(() => html('inside'))
    ends.push(inside.stop)
    const { edge: seen, site, origin } = await collect({ url: `${inside.url}/admin` })
    expect(site).toBeNull()
    expect(seen?.first).toMatchObject({ failure: expect.stringContaining('private address') })
    expect(origin.basis).toBe('none')
    expect(inside.requests).toEqual([])
  })

  test('an edge that is down is a failure in words, and nothing else is asked', async () => {
    const { edge, collect } = await world(() => html('page'))
    await edge.stop()
    const { edge: seen, variants, crawler, companions } = await collect({ url: `${edge.url}/a` })
    expect(seen).toMatchObject({ first: { failure: expect.stringContaining('refused the connection') }, again: null })
    expect([variants, crawler, companions]).toEqual([[], null, []])
  })

  test('a server that drips ends as a failure within the time', { timeout: 40_000 }, async () => {
    const drip = await startTcpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n')
      const timer = setInterval(() => socket.write('x'), 200)
      socket.on('close', () => clearInterval(timer))
    })
    const site = await storedSite([drip.url])
    const diagnosis = diagnosisWorld(site)
    ends.push(() => site.db.close(), drip.stop, diagnosis.close)
    const { edge: seen } = await diagnosis.collect({ url: `${drip.url}/a` })
    expect(seen?.first).toMatchObject({ failure: expect.stringContaining('did not finish its answer within 10 s') })
  })

  test.each([
    ['headers of a megabyte', () => ({ headers: { 'x-large': 'x'.repeat(1_000_000) } }), 'larger than 64 KiB'],
    ['a body of 6 MiB', () => ({ body: Buffer.alloc(6 * 1_048_576) }), 'larger than 5 MiB'],
    [
      'a small file that unpacks to 30 MiB',
      () => ({ headers: { 'content-encoding': 'gzip' }, body: gzipped('a'.repeat(30 * 1_048_576)) }),
      'unpacks to more than 20 MiB',
    ],
  ])('%s is a failure in words', async (_what, answer, words) => {
    const { edge, collect } = await world(answer)
    expect((await collect({ url: `${edge.url}/a` })).edge?.first).toMatchObject({ failure: expect.stringContaining(words) })
    expect(edge.requests).toHaveLength(1)
  })

  test('contradictory and unreadable headers are kept as they came', async () => {
    const { edge, collect } = await world(() =>
      html('<p>x', { age: '-5', date: 'yesterday', expires: '0', 'last-modified': 'never', vary: '*', location: 'http://' }),
    )
    const { edge: seen } = await collect({ url: `${edge.url}/a` })
    expect(answered(seen?.first ?? null)).toMatchObject({
      status: 200,
      location: null,
      headers: expect.arrayContaining([
        ['age', '-5'],
        ['date', 'yesterday'],
      ]),
    })
  })

  test('can be cancelled', async () => {
    const abort = new AbortController()
    const { edge, collect } = await world(async () => {
      abort.abort(new Error('enough'))
      await new Promise((resolve) => setTimeout(resolve, 50))
      return html('page')
    })
    await expect(collect({ url: `${edge.url}/a` }, abort.signal)).rejects.toThrow('enough')
    expect(edge.requests).toHaveLength(1)
  })
})

describe('Other ways to ask', () => {
  const kindsOf = (variants: readonly { kind: string; path: string; how: string }[]) =>
    variants.map(({ kind, path, how }) => `${kind} ${path} ${how}`)

  test('are the spellings, the encodings and what the answer varies by', async () => {
    const { edge, site, collect } = await world(() => html('<p>page', { age: '1', vary: 'Accept-Encoding, Accept-Language' }))
    site.page('/About/?ref=mail')
    const { variants } = await collect({ url: `${edge.url}/About/` })
    expect(kindsOf(variants).sort()).toEqual(
      [
        'query /About/?ref=mail with a query string that the list has',
        'slash /About without the slash at the end',
        'index /About/index.html with index.html',
        'case /about/ in small letters',
        'accept-encoding /About/ as brotli',
        'accept-encoding /About/ as gzip',
        'vary /About/ with Accept-Language: de',
        'vary /About/ with Accept-Language: fr',
      ].sort(),
    )
    const sent = edge.requests.filter(({ path }) => path === '/About/').map(({ headers }) => headers['accept-encoding'])
    expect(sent).toEqual(expect.arrayContaining(['br', 'gzip']))
  })

  test('without the query string, and the other encodings of a path', async () => {
    const { edge, collect } = await world(() => html('<p>page', { age: '1', 'content-encoding': 'identity' }))
    const { variants } = await collect({ url: `${edge.url}/caf%c3%a9?x=1` })
    expect(variants.map(({ kind, path }) => [kind, path])).toEqual(
      expect.arrayContaining([
        ['query', '/caf%c3%a9'],
        ['encoding', '/caf%C3%A9?x=1'],
      ]),
    )
  })

  test('are not tried for an answer that nobody may keep: each would be a render', async () => {
    const { edge, collect } = await world(() => html('<p>mine', { 'cache-control': 'private, no-store' }))
    const { variants, edge: seen, crawler } = await collect({ url: `${edge.url}/About/` })
    expect([variants, wasAnswered(seen?.again ?? null), wasAnswered(crawler)]).toEqual([[], true, true])
    expect(edge.requests).toHaveLength(3)
  })

  test('are never more than the price says', () => {
    const vary = 'accept-encoding, accept-language, user-agent, sec-ch-ua-mobile, save-data, accept, cookie, x-a, x-b'
    const seen = {
      headers: [
        ['vary', vary],
        ['content-encoding', 'zstd'],
      ],
    } as unknown as Answered
    for (const path of ['/Caf%c3%a9~/index.html?x=1', '/A~/', '/A~', '/']) {
      expect(variantsOf(path, seen, '?y=1').length).toBeLessThanOrEqual(MAX_VARIANTS)
    }
  })

  test('a crawler names itself', async () => {
    const { edge, collect } = await world(({ headers }) =>
      html(headers['user-agent']?.includes('Googlebot') ? '<p>for crawlers' : '<p>for people', { age: '1' }),
    )
    const { crawler, edge: seen } = await collect({ url: `${edge.url}/a` })
    expect(answered(crawler).bodyHash).not.toBe(answered(seen?.first ?? null).bodyHash)
  })

  test('what the page names of its own site is asked for, with its state', async () => {
    const { edge, collect } = await world(({ path }) => {
      if (path === '/a') {
        return html(
          '<script src="/app.js"></script><link rel=stylesheet href="/s.css"><script src="https://elsewhere.example/x.js"></script>' +
            '<script id="__NEXT_DATA__" type="application/json">{"buildId":"b1","gsp":true}</script>',
          { age: '1' },
        )
      }
      return path === '/s.css' ? { body: 'p{}' } : undefined
    })
    const { companions } = await collect({ url: `${edge.url}/a` })
    const states = companions.map(({ kind, url, exchange }) => [kind, new URL(url).pathname, answered(exchange).status])
    expect(states).toEqual([
      ['asset', '/app.js', 404],
      ['asset', '/s.css', 200],
      ['data', '/_next/data/b1/a.json', 404],
    ])
  })

  test('never more than 24 requests, 4 at a time; what was left out is told', async () => {
    const images = Array.from({ length: 50 }, (_, index) => `<img src="/i${index}.png">`).join('')
    const { edge, collect } = await world(async ({ path }) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return path.startsWith('/i') ? { body: 'x' } : html(images, { vary: 'accept-language, user-agent, save-data, accept' })
    })
    await collect({ url: `${edge.url}/About?x=%7e` })
    expect(edge.requests.length).toBeLessThanOrEqual(24)
    expect(edge.mostAtOnce()).toBeLessThanOrEqual(4)
  })
})
