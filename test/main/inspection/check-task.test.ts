import { hash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import type { CheckProgress } from '#main/inspection/check-all.ts'
import { endMarks } from '#main/tags/mark-ends.ts'
import { checkPages } from '#main/inspection/check-task.ts'
import { httpInspector } from '#main/inspection/http-inspector.ts'
import { createPaces } from '#main/inspection/paced-site.ts'
import { createTagWriter } from '#main/pages/write-pages.ts'
import { createHttp } from '#main/platform/http.ts'
import { policyFor } from '#main/providers/cloudfront/purge-items.ts'
import { startSiteServer, type Seen, type Served, type SiteServer } from '../../support/site-server.ts'
import { SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

interface World {
  site: StoredSite
  edge: SiteServer
  run(ids: readonly number[], signal?: AbortSignal): Promise<CheckProgress>
  reports: CheckProgress[]
}

async function world(
  answer: (seen: Seen) => Served | undefined | Promise<Served | undefined>,
  originUrl?: () => string | null,
): Promise<World> {
  const edge = await startSiteServer(answer)
  const site = await storedSite([edge.url])
  const http = createHttp({ allowedHosts: [edge.hostPort] })
  ends.push(() => site.db.close(), edge.stop, http.close)
  const reports: CheckProgress[] = []
  return {
    site,
    edge,
    reports,
    run(pageIds, signal = AbortSignal.timeout(20_000)) {
      const url = originUrl?.() ?? null
      if (url !== null) http.allow(url)
      site.db.raw.prepare(`UPDATE sites SET settings_json = json_set(settings_json, '$.originUrl', ?)`).run(url)
      return checkPages(
        {
          db: site.db.raw,
          clock: Date.now,
          paces: createPaces(site.db.raw, Date.now),
          policyFor,
          tagWriter: createTagWriter,
          endMarks,
          ...httpInspector(http),
        },
        { siteId: SITE, pageIds },
        (progress) => reports.push(progress),
        signal,
      )
    },
  }
}

const sha = (text: string) => `sha256-${hash('sha256', text, 'hex')}`
const hit = (body = 'hello', headers: Record<string, string> = {}): Served => ({
  headers: { 'content-type': 'text/html', 'x-cache': 'Hit from cloudfront', 'cache-control': 's-maxage=60', ...headers },
  body,
})

describe('A check', () => {
  test('stores what each page is, and reports it', async () => {
    const { site, run, reports } = await world(({ path }) => (path === '/gone' ? undefined : hit(path)))
    const ids = [site.page('/a'), site.page('/gone'), site.page('/c')]
    expect(await run(ids)).toEqual({ done: 3, filled: 0, failed: 0, renders: 1, changed: 0 })
    expect(reports.at(-1)).toEqual({ done: 3, filled: 0, failed: 0, renders: 1, changed: 0 })
    expect(ids.map((id) => site.row(id).edge_hash)).toEqual([sha('/a'), sha('nothing here'), sha('/c')])
    expect(site.row(ids[1] ?? 0)).toMatchObject({ status: 404, served_as: 'missing' })
  })

  test('asks for eight pages at one time, never more', async () => {
    const { site, edge, run } = await world(async () => {
      await new Promise((resolve) => setTimeout(resolve, 15))
      return hit()
    })
    const ids = Array.from({ length: 40 }, (_, index) => site.page(`/${index}`))
    expect((await run(ids)).done).toBe(40)
    expect(edge.mostAtOnce()).toBe(8)
  })

  test('of pages that are gone, or of another site, leaves them out', async () => {
    const { site, edge, run } = await world(() => hit())
    expect(await run([site.page('/a'), 99_999])).toMatchObject({ done: 1 })
    expect(edge.requests).toHaveLength(1)
  })

  test('that is cancelled keeps what was found, and says nothing of the rest', async () => {
    const stop = new AbortController()
    const { site, run } = await world(async ({ path }) => {
      if (Number(path.slice(1)) >= 12) {
        stop.abort()
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return hit()
    })
    const ids = Array.from({ length: 40 }, (_, index) => site.page(`/${index}`))
    const { done, failed } = await run(ids, stop.signal)
    const stored = ids.filter((id) => site.row(id).observed_at !== null)
    expect(stored).toHaveLength(done)
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(20)
    expect([failed, ids.filter((id) => site.row(id).failed_at !== null).length]).toEqual([0, 0])
  })
})

describe('A check that fails', () => {
  test('keeps the evidence of the one before, adds why, and hides no other page', async () => {
    let broken = false
    const { site, edge, run } = await world(() => hit('hello', broken ? { 'content-encoding': 'gzip' } : {}))
    const id = site.page('/a')
    await run([id])
    const before = site.row(id)
    broken = true
    expect(await run([id])).toMatchObject({ done: 1, filled: 0, failed: 1 })
    const after = site.row(id)
    expect(after).toMatchObject({ ...before, failed_at: after.failed_at, failure: expect.stringContaining(edge.hostPort) })
    expect(after.failed_at).toBeGreaterThanOrEqual(before.observed_at ?? Infinity)
    broken = false
    await run([id])
    expect(site.row(id)).toMatchObject({ failed_at: null, failure: null })
  })

  test('of a page that was never seen leaves only why', async () => {
    const { site, edge, run } = await world(() => hit())
    await edge.stop()
    const id = site.page('/a')
    expect(await run([id])).toMatchObject({ done: 1, filled: 0, failed: 1 })
    expect(site.row(id)).toMatchObject({ observed_at: null, failure: expect.stringContaining(edge.hostPort) })
  })
})

describe('What is known of the origin', () => {
  test('is not mixed with newer bytes at the edge when the origin cannot be asked', async () => {
    let edgeBody = 'one'
    let originUp = true
    const { site, run } = await world(
      () => hit(edgeBody),
      () => (originUp ? originOf.url : null),
    )
    const originOf = await startSiteServer(() => ({ body: 'one' }))
    ends.push(originOf.stop)
    const id = site.page('/a')
    await run([id])
    expect(site.row(id)).toMatchObject({ edge_hash: sha('one'), origin_hash: sha('one'), origin_basis: 'origin' })
    edgeBody = 'two'
    originUp = false
    await run([id])
    expect(site.row(id)).toMatchObject({ edge_hash: sha('two'), origin_hash: null, origin_basis: null })
  })

  test('stays where the same bytes were proven old', async () => {
    let originUp = true
    const { site, run } = await world(
      () => hit('old'),
      () => (originUp ? originOf.url : null),
    )
    const originOf = await startSiteServer(() => ({ body: 'new' }))
    ends.push(originOf.stop)
    const id = site.page('/a')
    await run([id])
    originUp = false
    await run([id])
    expect(site.row(id)).toMatchObject({ edge_hash: sha('old'), origin_hash: sha('new'), origin_basis: 'origin' })
  })

  test('comes from the manifest where that names the page', async () => {
    const { site, run } = await world(() => hit('old'))
    const id = site.page('/a', { origin_hash: sha('built'), origin_basis: 'manifest' })
    await run([id])
    expect(site.row(id)).toMatchObject({ origin_hash: sha('built'), origin_basis: 'manifest', served_as: 'static' })
  })
})

test('Tags that a page has lost are taken from it, those of other sources stay', async () => {
  let body = '<ssr-cache data-class="pb-menu" data-id="main"></ssr-cache><ssr-cache data-class="pb-list"></ssr-cache>'
  const { site, run } = await world(() => hit(body))
  const id = site.page('/a')
  site.tag(id, 'in_manifest', 'pb-list')
  await run([id])
  const tags = () =>
    site.db.raw
      .prepare<[], { tag: string }>('SELECT tag FROM page_tags JOIN tags ON tags.id = tag_id ORDER BY tag')
      .all()
      .map(({ tag }) => tag)
  expect(tags()).toEqual(['pb-list', 'pb-menu:main'])
  body = '<p>no menu any more'
  await run([id])
  expect(tags()).toEqual(['pb-list'])
})

test.each([
  [200, '/lolly/1', 'fallback'],
  [200, '/blog/1', 'unknown'],
  [200, '/none', 'unknown'],
  [301, '/none', 'redirect'],
  [404, '/lolly/1', 'missing'],
  [503, '/lolly/1', 'error'],
])('Status %i of %s is served as %s, by the rules of the live release', async (status, path, served) => {
  const { site, run } = await world(() => ({ ...hit(), status }))
  const rules = [
    { from: '/lolly/:id', to: '/.functions/lolly', status: 200 },
    { from: '/blog/*', to: '/posts', status: 200 },
  ]
  site.db.raw
    .prepare(
      `INSERT INTO releases (site_id, release_id, started_at, published, live, redirects_json) VALUES (?, 'r', 0, 1, 1, ?)`,
    )
    .run(SITE, JSON.stringify(rules))
  const id = site.page(path)
  await run([id])
  expect(site.row(id).served_as).toBe(served)
})
