import { afterEach, describe, expect, test } from 'vitest'
import { CrawlLimits } from '#shared/discovery.ts'
import { crawl } from '#main/discovery/crawl-task.ts'
import { siteTextReader } from '#main/discovery/site-text.ts'
import { createHttp } from '#main/platform/http.ts'
import { startSiteServer, type Served, type SiteServer } from '../../support/site-server.ts'
import { SITE, storedSite, taking, WWW } from '../../support/stored-site.ts'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const page = (...links: string[]): Served => ({
  headers: { 'content-type': 'text/html', age: '5' },
  body: `<!doctype html>${links.map((to) => `<a href="${to}">x</a>`).join('')}`,
})

/** A crawl of a real server, quick enough for a test. */
async function crawler(answer: (path: string, server: SiteServer) => Served | string | undefined) {
  const site = await storedSite([])
  const server: SiteServer = await startSiteServer(({ path }) => {
    const served = answer(path, server)
    return typeof served === 'string' ? { body: served } : served
  })
  site.db.raw
    .prepare('INSERT INTO zones (id, site_id, host, url) VALUES (?, ?, ?, ?)')
    .run(WWW, SITE, server.hostPort, server.url)
  const http = createHttp({ allowedHosts: [server.hostPort] })
  ends.push(
    () => site.db.close(),
    () => server.stop(),
    () => http.close(),
  )
  const paths = () =>
    site.db.raw
      .prepare<[], { path: string }>('SELECT path FROM pages ORDER BY path')
      .all()
      .map((row) => row.path)
  const run = (limits: Partial<CrawlLimits> = {}, goOn = false, signal = AbortSignal.timeout(30_000)) =>
    crawl(
      { ...taking(site), readText: siteTextReader(http), get: (url, options) => http.fetchPage(url, options) },
      {
        siteId: SITE,
        zones: [{ id: WWW, host: server.hostPort, url: server.url }],
        limits: CrawlLimits.parse({ requestsPerSecond: 50, ...limits }),
        goOn,
      },
      () => {},
      signal,
    )
  return {
    run,
    paths,
    server,
    asked: () => server.requests.map((request) => request.path).filter((path) => path !== '/robots.txt'),
  }
}

describe('A crawl', () => {
  test('follows links and redirects, takes HTML pages, and asks for each address once', async () => {
    const { run, paths, asked } = await crawler((path) => {
      if (path === '/')
        return page('/a', 'a#top', './b?x=1', '/moved', '/file.pdf', 'https://elsewhere.example/', 'mailto:a@b.c', '/gone')
      if (path === '/a') return page('/', '/a', '/c')
      if (path === '/b?x=1') return page('/hidden" rel="nofollow')
      if (path === '/c') return page()
      if (path === '/moved') return { status: 301, headers: { location: '/new' } }
      if (path === '/new') return page()
      return path === '/file.pdf' ? { headers: { 'content-type': 'application/pdf' }, body: '%PDF' } : undefined
    })
    const { found } = await run()
    expect(paths()).toEqual(['/', '/a', '/b?x=1', '/c', '/new'])
    expect(found).toMatchObject({ added: 5, known: 0, notTakenCount: 0, problems: [] })
    expect([...asked()].sort()).toEqual(['/', '/a', '/b?x=1', '/c', '/file.pdf', '/gone', '/moved', '/new'])
    expect((await run()).found).toMatchObject({ added: 0, known: 5 })
  })

  test('keeps to robots.txt', async () => {
    const { run, asked } = await crawler((path) => {
      if (path === '/robots.txt') return 'User-agent: *\nDisallow: /private\nAllow: /private/open'
      return page('/private/a', '/private/open', '/ok')
    })
    const { found } = await run()
    expect([...asked()].sort()).toEqual(['/', '/ok', '/private/open'])
    expect(found.problems).toEqual(['1 address was left out, as robots.txt asks.'])
  })

  test('leaves a host alone whose robots.txt answers with an error', async () => {
    const { run, asked } = await crawler((path) => (path === '/robots.txt' ? { status: 503 } : page('/a')))
    const { found } = await run()
    expect(asked()).toEqual([])
    expect(found.problems.join(' ')).toMatch(/is not crawled, since its robots.txt cannot be read/)
  })

  test('ends in a calendar without end, by requests, by depth and by renders', async () => {
    const calendar = (path: string) => {
      const day = Number(/\d+$/.exec(path)?.[0] ?? 0)
      return page(`/calendar?day=${day + 1}`, `/calendar/list?day=${day + 1}`)
    }
    const byRequests = await crawler(calendar)
    expect((await byRequests.run({ pagesAtMost: 12, depthAtMost: 50 })).found.problems.join(' ')).toMatch(
      /Stopped after 12 requests; \d+ addresses wait/,
    )
    expect(byRequests.asked()).toHaveLength(12)
    const byDepth = await crawler(calendar)
    expect((await byDepth.run({ depthAtMost: 2 })).found.problems).toEqual(['Links deeper than 2 were not followed.'])
    expect(byDepth.asked()).toHaveLength(5)
    const byRenders = await crawler((path) => ({ ...calendar(path), headers: { 'content-type': 'text/html' } }))
    expect((await byRenders.run({ rendersAtMost: 3, atOnce: 1 })).found.problems.join(' ')).toMatch(
      /Stopped at the cap of 3 renders/,
    )
    expect(byRenders.asked()).toHaveLength(3)
  })

  test('ends where relative links grow for ever', async () => {
    const { run, asked } = await crawler((path) => page(`${path.replace(/\/$/, '')}/deeper/`))
    await run({ depthAtMost: 50 })
    expect(asked()).toHaveLength(4)
  })

  test('that was stopped goes on where it ended, and keeps what was found', async () => {
    const all = Array.from({ length: 12 }, (_, at) => `/p${at}`)
    const stop = new AbortController()
    const { run, paths, server, asked } = await crawler((path) => {
      if (server.requests.length > 5) stop.abort(new Error('enough'))
      return path === '/' ? page(...all) : page()
    })
    await run({ atOnce: 1 }, false, stop.signal)
    const before = paths().length
    expect(before).toBeGreaterThan(1)
    expect(before).toBeLessThan(12)
    await run({}, true)
    expect(paths()).toHaveLength(13)
    expect(asked().filter((path) => path === '/')).toHaveLength(1)
  })

  test('has no more requests under way at a host than was agreed', async () => {
    const { run, server } = await crawler((path) =>
      path === '/' ? page(...Array.from({ length: 20 }, (_, at) => `/p${at}`)) : page(),
    )
    await run({ atOnce: 2 })
    expect(server.mostAtOnce()).toBeLessThanOrEqual(2)
  })
})
