import { statSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ask,
  askJson,
  build,
  differences,
  manifest,
  startFixture,
  visit,
  type BuildStatus,
  type Fixture,
} from './demo-fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await startFixture({}, false)
})
afterAll(() => fixture.end())

interface EdgeView {
  readonly pops: readonly {
    readonly pop: string
    readonly entries: readonly {
      readonly host: string
      readonly path: string
      readonly status: number
      readonly ttlSeconds: number
      readonly staleWhileRevalidateSeconds: number
    }[]
  }[]
}

async function entriesAt(pop: string): Promise<EdgeView['pops'][number]['entries']> {
  const view = (await askJson(fixture.demo.controlsUrl, '/api/edge')) as EdgeView
  return view.pops.find((one) => one.pop === pop)?.entries ?? []
}

/** A file as bytes, without any decoding. */
function bytes(path: string): Promise<Buffer> {
  const { port } = new URL(fixture.demo.urls.origin)
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { host: fixture.host }, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)))
    })
      .on('error', reject)
      .end()
  })
}

describe('when the first start is over', () => {
  test('the second release is live and the third waits to be published', async () => {
    const { liveReleaseId, builds } = (await askJson(fixture.demo.urls.builder, '/builds')) as {
      liveReleaseId: string
      builds: BuildStatus[]
    }
    expect(liveReleaseId).toBe('r-2')
    expect(builds.map(({ id, state }) => `${id} ${state}`)).toEqual(['b-3 succeeded', 'b-2 succeeded', 'b-1 succeeded'])
    expect(builds[0]?.release).toEqual({
      id: 'r-3',
      published: false,
      publishedOn: null,
      manifest: '/releases/r-3/manifest.json',
      originPath: '/releases/r-3',
    })
    expect(builds[1]?.release?.published).toBe(true)
  })

  test('two lists differ between the first releases, the about page in the third', async () => {
    const [first, second, third] = await Promise.all(['r-1', 'r-2', 'r-3'].map((id) => manifest(fixture, id)))
    if (first === undefined || second === undefined || third === undefined) throw new Error('A manifest is missing.')
    expect(differences(first, second)).toEqual([`${fixture.host} /lists/cherry`, `${fixture.host} /lists/mango`])
    expect(differences(second, third)).toEqual([`${fixture.host} /about`])
  })

  test('FRA56 holds old copies of the lists, LHR61 holds nothing', async () => {
    expect((await ask(fixture.demo.urls.origin, '/lists/cherry', { host: fixture.host })).body).toContain('Back in stock')
    const old = await visit(fixture, '/lists/cherry')
    expect(old.headers['x-cache']).toBe('Hit from cloudfront')
    expect(old.body).not.toContain('Back in stock')
    expect(await entriesAt('LHR61')).toEqual([])
  })

  test('FRA56 holds a copy of each kind, and none of what is not kept', async () => {
    const entries = new Map(
      (await entriesAt('FRA56')).filter(({ host }) => host === fixture.host).map((entry) => [entry.path, entry]),
    )
    expect(entries.get('/')).toMatchObject({ status: 200, ttlSeconds: 86_400 })
    expect(entries.get('/now-freezing')).toMatchObject({ ttlSeconds: 2, staleWhileRevalidateSeconds: 3_600 })
    expect(entries.get('/flash-offer')).toMatchObject({ ttlSeconds: 3, staleWhileRevalidateSeconds: 0 })
    expect(entries.get('/flavours/liquorice')).toMatchObject({ status: 404, ttlSeconds: 300 })
    expect(entries.has('/account')).toBe(false)
    expect(entries.has('/lists/everything')).toBe(false)
    expect([...entries.keys()].filter((path) => path.startsWith('/lolly/'))).toHaveLength(60)
  })

  test('the release has both zones, and its hashes are those of the bytes that visitors get', async () => {
    const live = await manifest(fixture, 'r-2')
    const html = live.files.filter(({ type }) => type === 'text/html')
    expect(html.filter(({ host, path }) => host === fixture.host && path.startsWith('/lolly/')).length).toBeGreaterThanOrEqual(
      300,
    )
    expect(html.filter(({ host }) => host === fixture.giftsHost).length).toBeGreaterThanOrEqual(24)
    const { createHash } = await import('node:crypto')
    for (const file of html.filter((_, index) => index % 25 === 0)) {
      const reply = await ask(fixture.demo.urls.origin, file.path, { host: file.host })
      expect(`sha256-${createHash('sha256').update(reply.body).digest('hex')}`).toBe(file.hash)
      expect(Buffer.byteLength(reply.body)).toBe(file.size)
      if (file.path !== '/404.html') expect(reply.headers['x-amz-meta-cache-tag']).toBe(file.tags.join(','))
      for (const tag of file.tags) {
        const [tagClass = '', id] = tag.split(':')
        expect(reply.body).toContain(
          `<ssr-cache data-class="${tagClass}"${id === undefined ? '' : ` data-id="${id}"`}></ssr-cache>`,
        )
      }
    }
  })

  test('the sitemap leads to every page, the special ones first', async () => {
    expect((await visit(fixture, '/robots.txt')).body).toContain('Sitemap: /sitemap.xml')
    const index = (await visit(fixture, '/sitemap.xml')).body
    expect(Array.from(index.matchAll(/<loc>([^<]+)<\/loc>/g), ([, url]) => url)).toEqual(
      ['/sitemap-pages.xml.gz', '/sitemap-latest.xml'].map((path) => `http://${fixture.host}${path}`),
    )
    const urls = Array.from(
      gunzipSync(await bytes('/sitemap-pages.xml.gz'))
        .toString()
        .matchAll(/<loc>([^<]+)<\/loc>/g),
      ([, url]) => String(url),
    )
    expect(urls.slice(0, 3)).toEqual(['/', '/lists', '/about'].map((path) => `http://${fixture.host}${path}`))
    expect(urls.slice(0, 12)).toContain(`http://${fixture.host}/flavours/liquorice`)
    const paths = new Set(urls.map((url) => new URL(url).pathname))
    const pages = (await manifest(fixture, 'r-2')).files.filter(
      ({ host, type, path }) => host === fixture.host && type === 'text/html' && path !== '/404.html',
    )
    expect(pages.filter(({ path }) => !paths.has(path))).toEqual([])
    const rendered = urls.map((url) => new URL(url).pathname).filter((path) => /^\/(fresh|menu-card)(\/|$)/.test(path))
    expect(rendered.filter((path) => path.startsWith('/fresh'))).toHaveLength(12)
    expect(rendered.filter((path) => path.startsWith('/menu-card'))).toHaveLength(41)
    expect(pages.filter(({ path }) => rendered.includes(path))).toEqual([])
  })

  test('the site file says everything a panel needs and only its owner may read it', () => {
    const { siteFile, urls, distributionId, credentials } = fixture.demo
    expect(statSync(siteFile).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(siteFile, 'utf8'))).toEqual({
      version: 1,
      key: 'demo-lollies',
      name: 'Lollies',
      watchSeconds: 5,
      zones: [
        { host: fixture.host, url: `http://${fixture.host}` },
        { host: fixture.giftsHost, url: `http://${fixture.giftsHost}` },
      ],
      originUrl: urls.origin,
      edge: {
        kind: 'cloudfront',
        distributionId,
        endpoint: urls.control,
        region: 'us-east-1',
        credentials: { kind: 'keys', ...credentials },
      },
      renderer: { kind: 'ssr-cache', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{24}\/entries$/) },
      builder: { kind: 'hook', hookUrl: urls.hook, listUrl: `${urls.builder}/builds` },
      links: [
        { label: 'Demo controls', url: urls.controls },
        { label: 'Open the site', url: `${urls.site}/` },
      ],
    })
  })

  test('the next build publishes the waiting change', async () => {
    await build(fixture)
    expect((await ask(fixture.demo.urls.origin, '/about', { host: fixture.host })).body).toContain('space stations')
  })
})
