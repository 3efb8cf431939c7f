import { hash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { askOrigin, compareBodies } from '#main/inspection/ask-layers.ts'
import { readEdgeLayer } from '#main/inspection/edge-layer.ts'
import { createHttp } from '#main/platform/http.ts'
import { policyFor } from '#main/providers/cloudfront/purge-items.ts'
import { startSiteServer, type Seen, type Served } from '../../support/site-server.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type Answer = (seen: Seen) => Served | undefined

async function world(edgeAnswer: Answer, originAnswer: Answer | null) {
  const edge = await startSiteServer(edgeAnswer)
  const origin = originAnswer && (await startSiteServer(originAnswer))
  const site = await storedSite([edge.url])
  const http = createHttp({ allowedHosts: [edge.hostPort, ...(origin ? [origin.hostPort] : [])] })
  ends.push(
    () => site.db.close(),
    edge.stop,
    () => origin?.stop(),
    http.close,
  )
  const setOrigin = (url: string | null) =>
    site.db.raw.prepare(`UPDATE sites SET settings_json = json_set(settings_json, '$.originUrl', ?)`).run(url)
  setOrigin(origin?.url ?? null)
  const context = { db: site.db.raw, http, policyFor }
  const signal = AbortSignal.timeout(20_000)
  return {
    site,
    edge,
    origin,
    setOrigin,
    ask: (pageId: number) => askOrigin(context, { siteId: SITE, pageId }, signal),
    compare: (pageId: number) => compareBodies(context, { siteId: SITE, pageId }, signal),
  }
}

const sha = (text: string) => `sha256-${hash('sha256', text, 'hex')}`
const html = (body: string, headers: Record<string, string> = {}): Served => ({
  headers: { 'content-type': 'text/html', 'cache-control': 's-maxage=60', etag: '"v"', ...headers },
  body,
})

describe("The origin's layer", () => {
  test('is what the origin answers for the host of the page, asked once', async () => {
    const body = '<ssr-cache data-class="pb-menu" data-id="main"></ssr-cache>'
    const { site, edge, origin, ask } = await world(
      () => html('edge'),
      () => html(body, { 'set-cookie': 'session=very-secret; Path=/' }),
    )
    const answer = await ask(site.page('/a?b=1'))
    expect(answer).toMatchObject({
      state: 'seen',
      askedHost: origin?.hostPort,
      layer: {
        status: 200,
        lifetimeSeconds: 60,
        lifetimeRule: 's-maxage=60',
        lifetimeBasis: 'headers',
        etag: '"v"',
        bodyHash: sha(body),
        sizeBytes: body.length,
        tags: [{ tag: 'pb-menu:main', html: true, header: false }],
      },
    })
    expect(origin?.requests.map(({ path, headers }) => [path, headers.host])).toEqual([['/a?b=1', edge.hostPort]])
    expect(edge.requests).toEqual([])
    expect(JSON.stringify(answer)).not.toContain('very-secret')
  })

  test('says why when there is no origin address, or no answer', async () => {
    const { site, origin, setOrigin, ask } = await world(
      () => html('edge'),
      () => html('origin'),
    )
    const pageId = site.page('/a')
    await origin?.stop()
    expect(await ask(pageId)).toMatchObject({ state: 'failed', why: expect.stringContaining(origin?.hostPort ?? '-') })
    setOrigin(null)
    expect(await ask(pageId)).toMatchObject({ state: 'failed', why: expect.stringContaining('no origin address') })
  })
})

describe("The edge's layer", () => {
  test('is what the last check found, and asks nobody', async () => {
    const { site, edge } = await world(() => html('edge'), null)
    const pageId = site.page('/a', {
      observed_at: 5_000,
      status: 200,
      stored: 'stored',
      copy_made_at: 1_000,
      fresh_until: 61_000,
      age_seconds: 4,
      lifetime_rule: 's-maxage=60',
      lifetime_basis: 'edge-policy',
      edge_hash: 'sha256-a',
      size_bytes: 12,
      vantage: 'FRA56',
      headers_json: '[["etag","\\"v\\""]]',
    })
    site.tag(pageId, 'in_header', 'pb-menu')
    expect(await readEdgeLayer(site.db.query, pageId)).toMatchObject({
      edge: {
        state: 'seen',
        vantage: 'FRA56',
        layer: {
          atMs: 5_000,
          lifetimeSeconds: 60,
          etag: '"v"',
          sizeBytes: 12,
          tags: [{ tag: 'pb-menu', html: false, header: true }],
        },
      },
    })
    expect(edge.requests).toEqual([])
  })

  test('of a page that was never checked says so', async () => {
    const { site } = await world(() => html('edge'), null)
    expect(await readEdgeLayer(site.db.query, site.page('/a'))).toMatchObject({ edge: { state: 'none' } })
  })

  test.each([
    ['fallback', 1, 'rendered on demand: the origin renders it'],
    ['static', 0, 'nothing is rendered'],
    ['unknown', 0, 'Where the page is rendered on demand'],
  ])('tells before what asking the origin may do to a page served as %s', async (servedAs, onDemand, words) => {
    const { site } = await world(() => html('edge'), null)
    const pageId = site.page('/a', { served_as: servedAs, renders_on_demand: onDemand })
    expect((await readEdgeLayer(site.db.query, pageId)).cost).toContain(words)
  })
})

describe('The comparison of bodies', () => {
  test('asks the edge and the origin once each and tells the lines that differ', async () => {
    const { site, edge, origin, compare } = await world(
      () => html('<p>a</p>\n<p>old</p>\n<p>c</p>', { 'x-amz-cf-pop': 'FRA56-C1' }),
      () => html('<p>a</p>\n<p>new</p>\n<p>c</p>'),
    )
    expect(await compare(site.page('/a'))).toMatchObject({
      edge: { ok: true, status: 200, sizeBytes: 28, vantage: 'FRA56' },
      origin: { ok: true, status: 200, sizeBytes: 28 },
      note: null,
      blocks: [
        { kind: 'same', lines: ['<p>a</p>'] },
        { kind: 'removed', lines: ['<p>old</p>'] },
        { kind: 'added', lines: ['<p>new</p>'] },
        { kind: 'same', lines: ['<p>c</p>'] },
      ],
    })
    expect([edge.requests.length, origin?.requests.length]).toEqual([1, 1])
  })

  test('breaks HTML of very long lines before its tags, and says so', async () => {
    const long = '<i>x</i>'.repeat(100)
    const { site, compare } = await world(
      () => html(`${long}<b>old</b>`),
      () => html(`${long}<b>new</b>`),
    )
    const { blocks, note } = await compare(site.page('/a'))
    expect(note).toContain('broken before tags')
    expect(blocks?.slice(1)).toEqual([
      { kind: 'removed', lines: ['<b>old</b>'] },
      { kind: 'added', lines: ['<b>new</b>'] },
    ])
  })

  test('does not compare more than 1 MB', async () => {
    const { site, compare } = await world(
      () => html('x'.repeat(1_048_577)),
      () => html('small'),
    )
    expect(await compare(site.page('/a'))).toMatchObject({ edge: { ok: false }, origin: { ok: true }, blocks: null })
  })

  test('does not take bytes for text', async () => {
    const { site, compare } = await world(
      () => ({ body: Buffer.from([0xff, 0xfe, 0]) }),
      () => ({ body: Buffer.from([0xff, 0xfe, 1]) }),
    )
    expect(await compare(site.page('/a'))).toMatchObject({ blocks: null, note: expect.stringContaining('not the same') })
  })

  test('without an origin still tells what the edge gave', async () => {
    const { site, compare } = await world(() => html('edge'), null)
    expect(await compare(site.page('/a'))).toMatchObject({ edge: { ok: true }, origin: { ok: false }, blocks: null })
  })
})
