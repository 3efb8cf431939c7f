import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, control, startFixture, visit, type Fixture, type Reply } from './demo-fixture.ts'
import { askRenderer, atOrigin, expire, readEntry, refresh, type EntryDocument } from './ssr-fixture.ts'

let fixture: Fixture

beforeAll(async () => {
  fixture = await startFixture()
  await Promise.all(['apple', 'apricot', 'banana', 'lemon', 'lime'].map((slug) => atOrigin(fixture, `/menu-card/${slug}`)))
})
afterAll(() => fixture.end())

interface List {
  readonly now: string
  readonly entries: readonly EntryDocument[]
  readonly next: string | null
}

const list = async (query: string): Promise<List> => JSON.parse((await askRenderer(fixture, query)).body) as List
const pathsOf = async (query: string): Promise<readonly string[]> => (await list(query)).entries.map(({ path }) => path)
const post = (part: string, body: string): Promise<Reply> => askRenderer(fixture, part, { method: 'POST', body })

describe('reading', () => {
  test('an entry says where it comes from and what bytes are served', async () => {
    const path = '/menu-card/cr%C3%A8me-br%C3%BBl%C3%A9e'
    const served = await visit(fixture, path)
    const entry = await readEntry(fixture, path)
    expect(entry).toMatchObject({
      host: fixture.host,
      path,
      contentHash: `sha256-${createHash('sha256').update(served.body).digest('hex')}`,
      size: Buffer.byteLength(served.body),
      cacheTags: [
        { class: 'pb-menu', id: 'main-menu' },
        { class: 'pb-menu', id: 'footer' },
        { class: 'pb-card', id: 'creme-brulee' },
        { class: 'pb-season', id: 'winter' },
      ],
      markedOn: null,
      failure: null,
      expired: false,
      refreshing: false,
    })
    const { startedOn, endedOn, duration } = entry.lastRefresh
    expect(Date.parse(endedOn) - Date.parse(startedOn)).toBe(duration)
    expect(Date.parse(entry.now)).toBeGreaterThanOrEqual(Date.parse(endedOn))
    expect(entry).not.toHaveProperty('content')
    const whole = JSON.parse((await askRenderer(fixture, `/one?content=true&path=${encodeURIComponent(path)}`)).body) as object
    expect(whole).toMatchObject({ content: served.body })
  })

  test('an entry that is not there is not found, nor is one of another host', async () => {
    expect((await askRenderer(fixture, '/one?path=/menu-card/tar')).status).toBe(404)
    const host = encodeURIComponent(fixture.host)
    expect((await askRenderer(fixture, `/one?path=/menu-card&host=${host}`)).status).toBe(200)
    expect((await askRenderer(fixture, '/one?path=/menu-card&host=example.com')).status).toBe(404)
    expect(await pathsOf('?host=example.com')).toEqual([])
  })

  test('the list comes in pages, by path', async () => {
    const seen: string[] = []
    for (let query: string | null = '?limit=2&prefix=/menu-card'; query !== null;) {
      const page: List = await list(query)
      expect(page.entries.length).toBeLessThanOrEqual(2)
      seen.push(...page.entries.map(({ path }) => path))
      query = page.next
    }
    expect(seen).toEqual(await pathsOf('?prefix=/menu-card'))
    expect(seen).toEqual([...seen].sort())
    expect(seen.length).toBeGreaterThan(5)
  })

  test('the list is narrowed by tag, class of tags, and expiry', async () => {
    expect(await pathsOf('?tag=pb-card:lemon')).toEqual(['/menu-card/lemon'])
    expect(await pathsOf('?tag=pb-season:summer')).toEqual(['/menu-card/apricot', '/menu-card/lime'])
    expect((await pathsOf('?tag=pb-season')).length).toBeGreaterThan(4)
    expect(await pathsOf('?tag=pb-card:none')).toEqual([])
    expect(await pathsOf('?expired=true')).toContain('/menu-card/cherry')
    expect(await pathsOf('?expired=false')).not.toContain('/menu-card/cherry')
  })
})

describe('marking as expired', () => {
  test('by path counts what has an entry', async () => {
    const answer = await expire(fixture, { paths: ['/menu-card/lime', '/menu-card/lime', '/menu-card/fig'] })
    expect(answer).toMatchObject({ marked: 1, missing: ['/menu-card/fig'] })
    expect(await readEntry(fixture, '/menu-card/lime')).toMatchObject({ expired: true, markedOn: answer.markedOn })
  })

  test('by tag: an id means that pair, no id the whole class', async () => {
    expect((await expire(fixture, { tags: [{ class: 'pb-card', id: 'lemon' }] })).marked).toBe(1)
    expect((await expire(fixture, { tags: [{ class: 'pb-card', id: 'none' }] })).marked).toBe(0)
    const cards = await pathsOf('?tag=pb-card')
    expect((await expire(fixture, { tags: [{ class: 'pb-card' }] })).marked).toBe(cards.length)
    expect(await pathsOf('?tag=pb-card&expired=false')).toEqual([])
    expect((await readEntry(fixture, '/menu-card')).expired).toBe(false)
    expect((await expire(fixture, { tags: [{ class: 'pb-pages-list' }], paths: ['/menu-card'] })).marked).toBe(1)
  })
})

describe('refreshing', () => {
  test('is accepted with a monitor and tells for each path how it went', async () => {
    await control(fixture, '/api/ssr-page', { path: '/menu-card/apple', text: 'A crisp one.' })
    const accepted = await post('/refresh', JSON.stringify({ paths: ['/menu-card/apple'] }))
    expect(accepted.status).toBe(202)
    expect(accepted.headers.location).toMatch(/^refreshes\/f-\d+$/)
    const job = await refresh(fixture, ['/menu-card/banana', '/menu-card/banana', '/nowhere', '/menu-card/coffee'])
    expect(job).toMatchObject({
      state: 'finished',
      done: 3,
      total: 3,
      results: [
        { path: '/menu-card/banana', state: 'refreshed', changed: false, error: null },
        { path: '/nowhere', state: 'failed', error: 'There is no page under this path.', contentHash: null },
        { path: '/menu-card/coffee', state: 'refreshed', changed: true },
      ],
    })
    expect(job.results[0]?.duration).toBeGreaterThanOrEqual(0)
    expect(job.results[0]?.contentHash).toBe((await readEntry(fixture, '/menu-card/banana')).contentHash)
  })

  test('begins after it was asked for, so that it shows what changed before', async () => {
    await expire(fixture, { paths: ['/menu-card/apple'] })
    // An expired page’s visitor starts a refresh in the background.
    await atOrigin(fixture, '/menu-card/apple')
    await control(fixture, '/api/ssr-page', { path: '/menu-card/apple', text: 'The last of the tree.' })
    const job = await refresh(fixture, ['/menu-card/apple'])
    expect(job.results[0]).toMatchObject({ state: 'refreshed', changed: true })
    expect((await atOrigin(fixture, '/menu-card/apple')).body).toContain('The last of the tree.')
  })
})

describe('what the renderer refuses', () => {
  test('whoever does not know the address, and other web pages', async () => {
    const { renderer } = fixture.demo.urls
    const { pathname } = new URL(renderer)
    expect((await ask(renderer, '/entries')).status).toBe(404)
    expect((await ask(renderer, pathname.replace(/\/[0-9a-f]+\//, '/000000000000000000000000/'))).status).toBe(404)
    expect((await ask(renderer, pathname, { host: 'rebound.example' })).status).toBe(403)
    expect((await ask(renderer, pathname, { headers: { origin: fixture.demo.urls.site } })).status).toBe(403)
    expect((await ask(renderer, pathname)).status).toBe(200)
  })

  test('methods and addresses that are not there', async () => {
    expect((await post('', '{}')).status).toBe(405)
    expect((await askRenderer(fixture, '/expire')).status).toBe(405)
    expect((await askRenderer(fixture, '/refresh')).status).toBe(405)
    expect((await askRenderer(fixture, '/refreshes/f-999')).status).toBe(404)
    expect((await askRenderer(fixture, '/elsewhere')).status).toBe(404)
  })

  test.each([
    ['/expire', 'x', 'The body is not JSON.'],
    ['/expire', '[]', 'The body is not a JSON object.'],
    ['/expire', '{}', 'Name a path or a tag.'],
    ['/expire', '{"paths":["menu-card"]}', 'paths must be a list'],
    ['/expire', '{"tags":[{"id":"x"}]}', 'tags must be a list'],
    ['/expire', '{"host":"example.com","paths":["/"]}', 'No page of example.com is rendered here.'],
    ['/refresh', '{"paths":[]}', 'Name a path.'],
    ['/refresh', '{"paths":["/"],"tags":[{"class":"pb-card"}]}', 'A refresh takes paths only'],
    ['/refresh', JSON.stringify({ paths: Array.from({ length: 1_001 }, () => '/') }), 'at most 1000 paths'],
  ])('%s with %.40s', async (part, body, sentence) => {
    const reply = await post(part, body)
    expect(reply.status).toBe(400)
    expect((JSON.parse(reply.body) as { error: string }).error).toContain(sentence)
  })

  test.each(['?limit=0', '?limit=1001', '?expired=maybe', '?cursor=bm9wZQ', '/one'])('the query %s', async (query) => {
    expect((await askRenderer(fixture, query)).status).toBe(400)
  })
})
