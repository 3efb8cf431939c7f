import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { caching, edgeLook, html, type EdgeLook } from '../../support/edge-look.ts'
import { startTcpServer, type TestServer } from '../platform/http-test-server.ts'
import { createHttp, type Http } from '#main/platform/http.ts'
import { httpInspector } from '#main/inspection/http-inspector.ts'
import { inspectPage, type Observation } from '#main/inspection/inspect-page.ts'

describe('A check reads every dialect:', () => {
  let world: EdgeLook
  beforeEach(() => {
    world = edgeLook()
  })
  afterEach(() => world.end())
  const held = (headers: Readonly<Record<string, string>>) =>
    world.serve(() => ({ headers: { ...html, 'cache-control': 'max-age=600', ...headers }, body: 'x' }))

  test.each<[string, Record<string, string>]>([
    ['Netlify', { 'cache-status': '"Netlify Edge"; hit', age: '3' }],
    ['Vercel behind Cloudflare', { 'cf-cache-status': 'DYNAMIC', 'cf-ray': '8f-FRA', 'x-vercel-cache': 'HIT', age: '3' }],
    ['Fastly', { 'x-served-by': 'cache-fra-etou1-FRA', 'x-cache': 'HIT', age: '3' }],
    ['nginx, which writes no Age', { server: 'nginx', 'x-cache-status': 'HIT' }],
    ['nginx giving an old copy', { server: 'nginx', 'x-cache-status': 'STALE' }],
    ['Varnish', { 'x-varnish': '32770 3', age: '3' }],
    ['Squid', { 'x-cache': 'HIT from squid01', via: '1.1 squid01 (squid/5.7)', age: '3' }],
    ['Akamai', { 'x-cache': 'TCP_MEM_HIT from a1 (AkamaiGHost/1) (-)' }],
    ['a stored error of CloudFront', { 'x-cache': 'Error from cloudfront', age: '3' }],
  ])('a copy at %s is told by one request', async (_vendor, headers) => {
    const edge = await held(headers)
    expect(await world.look(edge)).toMatchObject({ stored: 'stored', filledByCheck: false })
    expect(edge.requests).toHaveLength(1)
  })

  test.each<[string, Record<string, string>]>([
    ['Varnish, which writes Age: 0', { 'x-varnish': '32770', age: '0' }],
    ['Cloudflare', { 'cf-cache-status': 'BYPASS', 'cf-ray': '8f-FRA' }],
    ['nginx', { server: 'nginx', 'x-cache-status': 'BYPASS' }],
  ])('no copy at %s', async (_vendor, headers) => {
    const edge = await held(headers)
    expect(await world.look(edge)).toMatchObject({ stored: 'not-stored' })
  })

  test('the lifetime is that of the field that the vendor obeys', async () => {
    const edge = await held({ 'cache-status': '"Netlify Edge"; hit', age: '3', 'netlify-cdn-cache-control': 'max-age=9000' })
    const seen = await world.look(edge)
    expect(seen.lifetimeRule).toBe('max-age=9000 in netlify-cdn-cache-control')
    expect(seen.freshUntilMs).toBe(seen.atMs + 8_997_000)
  })

  test('filling by our own check is told for others than CloudFront too', async () => {
    const edge = await world.serve((seen) => ({
      ...caching({ 'x-cache': '', 'x-varnish': seen.before === 0 ? '5' : '6 5' })(seen),
    }))
    expect(await world.look(edge)).toMatchObject({
      stored: 'stored',
      filledByCheck: true,
      firstAnswer: expect.stringContaining('x-varnish: 5'),
    })
  })
})

describe('A check of a server that answers nonsense comes to a finite verdict:', () => {
  let http: Http
  let server: TestServer
  let text = ''
  beforeEach(async () => {
    http = createHttp()
    server = await startTcpServer((socket) => void socket.on('data', () => socket.end(text)))
    http.allow(server.hostPort)
  })
  afterEach(async () => {
    await http.close()
    await server.stop()
  })
  const look = (): Promise<Observation> => {
    const { get } = httpInspector(http)
    const page = { id: 7, url: `${server.url}/page`, path: '/page', originKnown: true }
    const by = { get, policyFor: () => null, tagHeader: 'cache-tag', originHash: () => Promise.resolve(null) }
    return inspectPage(page, by, AbortSignal.timeout(10_000))
  }

  test.each([
    ['a negative Age', 'age: -5\r\ncache-control: max-age=60', 'not-stored'],
    ['an Age beyond all bounds', `age: ${'9'.repeat(400)}`, 'stored'],
    ['two Ages', 'age: 7\r\nage: 900', 'stored'],
    ['a Date that is none', 'age: 7\r\ndate: yesterday\r\nexpires: never', 'stored'],
    [
      'a Date in the far future',
      'age: 7\r\ndate: Thu, 05 Nov 9999 12:00:00 GMT\r\nexpires: Thu, 01 Jan 1970 00:00:00 GMT',
      'stored',
    ],
    [
      'everything forbidden and allowed',
      'age: 7\r\ncache-control: no-store, public, private, max-age=-1, s-maxage=9e9',
      'stored',
    ],
    ['two lifetimes', 'age: 7\r\ncache-control: max-age=60\r\ncache-control: max-age=600', 'stored'],
    ['bytes that are no text', 'x-cache: \xff\xfe Hit\r\ncache-status: ;;;"\r\nage: 7', 'stored'],
  ])('%s', async (_what, headers, stored) => {
    text = `HTTP/1.0 200 OK\r\ncontent-type: text/html; charset=klingon\r\n${headers}\r\n\r\n<p>\xff</p>`
    const seen = await look()
    expect(seen).toMatchObject({ status: 200, stored })
    for (const instant of [seen.atMs, seen.copyMadeAtMs, seen.freshUntilMs ?? 0, seen.staleUntilMs ?? 0]) {
      expect(Number.isFinite(instant)).toBe(true)
    }
    expect(seen.ageSeconds).toBeGreaterThanOrEqual(0)
    expect(seen.ageSeconds).toBeLessThanOrEqual(2 ** 31)
    expect(seen.copyMadeAtMs).toBeLessThanOrEqual(seen.atMs)
  })
})
