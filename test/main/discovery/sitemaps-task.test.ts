import { afterEach, describe, expect, test } from 'vitest'
import { discover } from '#main/discovery/sitemaps-task.ts'
import { siteTextReader } from '#main/discovery/site-text.ts'
import { createHttp } from '#main/platform/http.ts'
import { gzipped, startSiteServer, type Served, type SiteServer } from '../../support/site-server.ts'
import { SITE, storedSite, taking, WWW } from '../../support/stored-site.ts'

const servers: SiteServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

const urlset = (...locations: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locations.map((at) => `<url><loc>${at}</loc><lastmod>2026-11-01</lastmod></url>`).join('\n')}</urlset>`
const index = (...locations: string[]) =>
  `<sitemapindex>${locations.map((at) => `<sitemap><loc>${at}</loc></sitemap>`).join('')}</sitemapindex>`

/** Files by path; `ORIGIN` in a text is the server's own address. */
async function look(files: Record<string, Served | string> | ((path: string) => Served | string | undefined)) {
  const site = await storedSite([])
  const server = await startSiteServer(({ path }) => {
    const file = typeof files === 'function' ? files(path) : files[path]
    const served = typeof file === 'string' ? { body: file } : file
    return (
      served && {
        ...served,
        body: typeof served.body === 'string' ? served.body.replaceAll('ORIGIN', server.url) : (served.body ?? ''),
      }
    )
  })
  servers.push(server)
  site.db.raw
    .prepare('INSERT INTO zones (id, site_id, host, url) VALUES (?, ?, ?, ?)')
    .run(WWW, SITE, server.hostPort, server.url)
  const http = createHttp({ allowedHosts: [server.hostPort] })
  const zones = [{ id: WWW, host: server.hostPort, url: server.url }]
  const progress: { found: number; files: number }[] = []
  const run = () =>
    discover(
      { ...taking(site), readText: siteTextReader(http) },
      { siteId: SITE, zones },
      (at) => progress.push(at),
      AbortSignal.timeout(30_000),
    )
  try {
    const found = await run()
    const again = found.found > 0 ? await run() : found
    const paths = site.db.raw
      .prepare<[], { path: string }>('SELECT path FROM pages ORDER BY path')
      .all()
      .map(({ path }) => path)
    return { ...found, again, paths, progress, server }
  } finally {
    await http.close()
    site.db.close()
  }
}

const robots = (...names: string[]) => `User-agent: *\nDisallow:\n${names.map((name) => `Sitemap: ${name}`).join('\n')}\n`

describe('Pages are found', () => {
  test('through robots.txt, an index, and its sitemaps; a second look finds nothing new', async () => {
    const found = await look({
      '/robots.txt': robots('ORIGIN/sitemaps/index.xml'),
      '/sitemaps/index.xml': index('ORIGIN/sitemaps/a.xml', 'ORIGIN/sitemaps/b.xml'),
      '/sitemaps/a.xml': urlset('ORIGIN/', 'ORIGIN/about?a=1&amp;b=2'),
      '/sitemaps/b.xml': urlset('ORIGIN/caf%C3%A9', 'ORIGIN/über uns', '<![CDATA[ORIGIN/cdata]]>', '\n  ORIGIN/padded\n  '),
    })
    expect(found).toMatchObject({ found: 6, foreign: 0, problems: [] })
    expect(found.paths).toEqual(['/', '/about?a=1&b=2', '/caf%C3%A9', '/cdata', '/padded', '/%C3%BCber%20uns'].sort())
    expect(found.newPageIds).toHaveLength(6)
    expect(found.again.newPageIds).toEqual([])
    expect(found.progress.slice(0, 3)).toEqual([
      { found: 0, files: 1 },
      { found: 2, files: 2 },
      { found: 6, files: 3 },
    ])
  })

  test('in /sitemap.xml when robots.txt names none, or is missing, or is an HTML page', async () => {
    for (const robot of [undefined, 'User-agent: *\n', '<!doctype html><p>Not found</p>', { status: 403 }]) {
      const found = await look({ ...(robot ? { '/robots.txt': robot } : {}), '/sitemap.xml': urlset('ORIGIN/a') })
      expect(found.paths).toEqual(['/a'])
    }
  })

  test('in packed files, whether the server says so or not', async () => {
    const found = await look((path) => {
      if (path === '/robots.txt') return robots('ORIGIN/plain.xml.gz', '/packed.xml')
      const body = gzipped(urlset(`${servers[0]?.url}${path === '/packed.xml' ? '/b' : '/a'}`))
      const headers: Record<string, string> =
        path === '/packed.xml' ? { 'content-encoding': 'gzip' } : { 'content-type': 'application/gzip' }
      return { body, headers }
    })
    expect(found.paths).toEqual(['/a', '/b'])
  })

  test('in a packed index of packed files with more addresses than one transaction takes, and translations', async () => {
    const many = (from: number) =>
      gzipped(urlset(...Array.from({ length: 12_000 }, (_, at) => `${servers[0]?.url}/p${from + at}`)))
    const found = await look((path) => {
      if (path === '/robots.txt') return robots('/index.xml.gz')
      if (path === '/index.xml.gz') {
        const files = ['/a.xml.gz', '/b.xml.gz', '/words.xml'].map((file) => `${servers[0]?.url}${file}`)
        return { body: gzipped(index(...files)) }
      }
      if (path === '/a.xml.gz') return { body: many(0) }
      if (path === '/b.xml.gz') return { body: many(12_000) }
      return `<urlset xmlns:xhtml="http://www.w3.org/1999/xhtml"><url><loc>ORIGIN/en</loc>
        <xhtml:link rel="alternate" hreflang="de" href="ORIGIN/de"/>
        <xhtml:link rel="alternate" hreflang="fr" href="https://fr.elsewhere.example/"/></url></urlset>`
    })
    expect(found).toMatchObject({ found: 24_002, added: 24_002, foreign: 0, problems: [] })
    expect(found.paths.slice(0, 2)).toEqual(['/de', '/en'])
    expect(found.again).toMatchObject({ added: 0, known: 24_002 })
    expect(found.newPageIds).toHaveLength(1_000)
  })

  test('in a plain list of addresses, with a byte order mark', async () => {
    const found = await look({
      '/robots.txt': robots('/list.txt'),
      '/list.txt': '\uFEFFORIGIN/a\r\nORIGIN/b\n\nhttps://elsewhere.example/c\n',
    })
    expect(found).toMatchObject({ paths: ['/a', '/b'], foreign: 1 })
  })

  test('without the addresses of other hosts, which are counted, and without pictures', async () => {
    const found = await look({
      '/sitemap.xml':
        `<urlset xmlns:image="x"><url><loc>ORIGIN/a</loc><image:image><image:loc>ORIGIN/a.png</image:loc></image:image></url>
        <url><loc>https://elsewhere.example/b</loc></url><url><loc>/relative</loc></url><url><loc>ftp:ORIGIN/x</loc></url></urlset>`.replace(
          'ftp:ORIGIN',
          'ftp://nowhere',
        ),
    })
    expect(found).toMatchObject({ paths: ['/a'], foreign: 3 })
  })

  test('without addresses that no browser visits, though they name our host', async () => {
    const found = await look((path) =>
      path === '/sitemap.xml' ? urlset(`ftp://${servers[0]?.hostPort}/x`, 'ORIGIN/a', `ORIGIN/${'a'.repeat(9_000)}`) : undefined,
    )
    expect(found).toMatchObject({ paths: ['/a'], foreign: 2 })
  })
})

describe('A file that cannot be read is a sentence, and hides no other', () => {
  test.each<[string, Served | string, RegExp]>([
    [
      'an HTML page',
      '<!DOCTYPE HTML><html><body>Oops</body></html>',
      /\/bad\.xml is an HTML page, not a sitemap\. Check the Sitemap line/,
    ],
    ['XHTML', '<?xml version="1.0"?><html xmlns="x"></html>', /XML but no sitemap: its first element is <html>/],
    ['a feed', '<rss><channel/></rss>', /first element is <rss>/],
    ['XML without an element', '<?xml version="1.0"?>', /first element is <nothing>/],
    ['some text', 'Hello', /neither a sitemap nor a list of addresses/],
    ['nothing', '', /neither a sitemap nor a list/],
    ['missing', { status: 404 }, /\/bad\.xml does not exist/],
    ['forbidden', { status: 403 }, /\/bad\.xml answered with status 403/],
    [
      'damaged',
      { headers: { 'content-encoding': 'gzip' }, body: gzipped('x'.repeat(1_000)).subarray(0, 20) },
      /compressed but damaged or cut short/,
    ],
    [
      'a bomb',
      { headers: { 'content-type': 'application/gzip' }, body: gzipped(' '.repeat(60_000_000)) },
      /\d+ Mi?B|too large|more than/i,
    ],
    ['a private address', { status: 302, headers: { location: 'http://127.0.0.1:9/sitemap.xml' } }, /private address/],
  ])('%s', async (_what, bad, sentence) => {
    const found = await look({ '/robots.txt': robots('/bad.xml', '/good.xml'), '/bad.xml': bad, '/good.xml': urlset('ORIGIN/a') })
    expect(found.paths).toEqual(['/a'])
    expect(found.problems).toEqual([expect.stringMatching(sentence)])
  })

  test('a site that is down', async () => {
    const { server } = await look({})
    await server.stop()
    const site = await storedSite([server.url])
    const http = createHttp({ allowedHosts: [server.hostPort] })
    const found = await discover(
      { ...taking(site), readText: siteTextReader(http) },
      { siteId: SITE, zones: [{ id: WWW, host: server.hostPort, url: server.url }] },
      () => {},
      AbortSignal.timeout(10_000),
    )
    await http.close()
    site.db.close()
    expect(found).toMatchObject({ found: 0, newPageIds: [] })
    expect(found.problems).toEqual([expect.stringContaining(server.hostPort)])
  })
})

describe('A look ends', () => {
  test('when an index names itself', async () => {
    const found = await look({
      '/sitemap.xml': index('ORIGIN/sitemap.xml', 'ORIGIN/a.xml', 'ORIGIN/a.xml'),
      '/a.xml': urlset('ORIGIN/a'),
    })
    expect(found).toMatchObject({ paths: ['/a'], problems: [] })
    expect(found.server.requests.filter(({ path }) => path === '/a.xml')).toHaveLength(2)
  })

  test('when indexes name new ones for ever', async () => {
    let files = 0
    const found = await look((path) => (path === '/robots.txt' ? undefined : index(`ORIGIN/${(files += 1)}.xml`)))
    expect(found.problems).toEqual(['Stopped after 2,000 sitemap files and 0 pages.'])
    expect(files).toBeLessThanOrEqual(2_000)
  })

  test('when it is cancelled, with the reason', async () => {
    const stop = new AbortController()
    const reading = discover(
      {
        ...taking(await storedSite()),
        readText: async (_url, signal) => {
          stop.abort(new Error('enough'))
          signal.throwIfAborted()
          return ''
        },
      },
      { siteId: SITE, zones: [{ id: WWW, host: 'www.example.com', url: 'http://www.example.com' }] },
      () => {},
      stop.signal,
    )
    await expect(reading).rejects.toThrow('enough')
  })
})
