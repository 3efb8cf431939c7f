import { hash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { classify } from '#shared/http-cache/freshness.ts'
import { storeReleaseFiles } from '#main/builds/release-files-task.ts'
import { addMark, undoMark } from '#main/tags/marks.ts'
import { diagnosisWorld } from '../../support/diagnosis-world.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

const ends: (() => Promise<unknown> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const HOUR = 3_600_000
const NOW = 1_000 * HOUR
const URL_A = 'http://www.example.com/a/'
const sha = (text: string) => `sha256-${hash('sha256', text, 'hex')}`

async function world() {
  const site = await storedSite()
  const diagnosis = diagnosisWorld(site, { clock: () => NOW })
  ends.push(() => site.db.close(), diagnosis.close)
  const { raw } = site.db
  return {
    site,
    ...diagnosis,
    at: (seenAtMs: number, url = URL_A) => diagnosis.collect({ url, seenAtMs }),
    purge(id: string, items: string[], intentAt: number, completedAt: number | null, siteId = SITE) {
      raw
        .prepare(`INSERT INTO purges (id, site_id, plan_id, account, reference, items_json, item_count, state, intent_at, completed_at, by)
          VALUES (?, ?, 'plan', 'aws', ?, ?, ?, ?, ?, ?, 'Ada')`)
        .run(
          id,
          siteId,
          id,
          JSON.stringify(items),
          items.length,
          completedAt === null ? 'sent' : 'completed',
          intentAt,
          completedAt,
        )
    },
    release(id: string, startedAtMs: number, publishedAtMs: number, live: boolean, files: Record<string, string>) {
      raw
        .prepare(
          'INSERT INTO releases (site_id, release_id, title, started_at, published, live, redirects_json) VALUES (?, ?, ?, ?, 1, ?, ?)',
        )
        .run(SITE, id, `Release ${id}`, startedAtMs, live ? 1 : 0, '[]')
      const remote = {
        remoteId: id,
        state: 'succeeded',
        title: `Release ${id}`,
        startedAtMs,
        endedAtMs: publishedAtMs,
        release: { id, published: true, publishedAtMs },
      }
      raw
        .prepare(`INSERT INTO builds (id, site_id, remote_id, state, queued_at, remote_json) VALUES (?, ?, ?, 'succeeded', ?, ?)`)
        .run(id, SITE, id, startedAtMs, JSON.stringify(remote))
      const manifest = {
        releaseId: id,
        startedAtMs,
        redirects: [],
        files: Object.entries(files).map(([path, text]) => ({
          host: 'www.example.com',
          path,
          hash: sha(text),
          type: 'text/html',
          sizeBytes: 1,
          tags: [],
        })),
      }
      storeReleaseFiles(raw, { siteId: SITE, manifest, keep: [] })
    },
    look(pageId: number, atMs: number, row: Record<string, string | number | null>) {
      const full = {
        status: 200,
        stored: 'stored',
        age_class: 'in-date',
        edge_hash: null,
        vantage: 'FRA56',
        failure: null,
        ...row,
      }
      raw
        .prepare(`INSERT INTO page_history (page_id, at, status, stored, age_class, edge_hash, vantage, failure)
          VALUES (@pageId, @atMs, @status, @stored, @age_class, @edge_hash, @vantage, @failure)`)
        .run({ pageId, atMs, ...full })
    },
  }
}

describe('Purges', () => {
  test('reach the page by its path, a beginning or a tag; near misses reach only another spelling', async () => {
    const { site, at, purge } = await world()
    site.tag(site.page('/a/'), 'in_header', 'menu:main')
    purge('exact', ['/a/', '/b/'], NOW - 9 * HOUR, NOW - 8 * HOUR)
    purge('prefix', ['/a*'], NOW - 7 * HOUR, NOW - 6 * HOUR)
    purge('tag', ['#Menu:Main'], NOW - 5 * HOUR, null)
    purge('slash', ['/a'], NOW - 4 * HOUR, NOW - 4 * HOUR)
    purge('index', ['/a/index.html'], NOW - 3 * HOUR, NOW - 3 * HOUR)
    purge('case', ['/A/'], NOW - 2 * HOUR, NOW - 2 * HOUR)
    purge('other', ['/other/'], NOW - 2 * HOUR, NOW - 2 * HOUR)
    const { history } = await at(NOW - 1)
    expect(history.purges.map(({ id, covering, nearMisses }) => [id, covering, nearMisses])).toEqual([
      ['index', [], ['/a/index.html']],
      ['slash', [], ['/a']],
      ['tag', ['#Menu:Main'], []],
      ['prefix', ['/a*'], []],
      ['exact', ['/a/'], []],
    ])
    expect((await at(NOW - 1, 'http://www.example.com/A/')).history.purges[0]).toMatchObject({ id: 'case', covering: ['/A/'] })
  })

  test('of a page with capitals that were sent in small letters, or without its query, are near misses', async () => {
    const { site, at, purge } = await world()
    site.page('/About?ref=1')
    purge('small', ['/about'], NOW - 2 * HOUR, NOW - 2 * HOUR)
    purge('bare', ['/About'], NOW - HOUR, NOW - HOUR)
    const { history } = await at(NOW - 1, 'http://www.example.com/About?ref=1')
    expect(history.purges.map(({ id, nearMisses }) => [id, nearMisses])).toEqual([
      ['bare', ['/About']],
      ['small', ['/about']],
    ])
  })

  test('of another site are none of this one', async () => {
    const { site, at, purge } = await world()
    site.page('/a/')
    purge('foreign', ['/a/'], NOW - HOUR, NOW - HOUR, 'site-2')
    expect((await at(NOW - 1)).history.purges).toEqual([])
  })
})

describe('At an instant that is past', () => {
  test('the release that was live then is the origin, and the ones after it are what came later', async () => {
    const { site, at, release } = await world()
    site.page('/a/')
    release('r1', NOW - 20 * HOUR, NOW - 19 * HOUR, false, { '/a/': 'one' })
    release('r2', NOW - 10 * HOUR, NOW - 9 * HOUR, false, { '/a/': 'two' })
    release('r3', NOW - 3 * HOUR, NOW - 2 * HOUR, true, {})
    const then = await at(NOW - 9.5 * HOUR)
    expect(then.history.releases.map(({ id, live, published }) => [id, live, published])).toEqual([
      ['r2', false, false],
      ['r1', true, true],
    ])
    expect(then.origin).toMatchObject({ basis: 'manifest', hash: sha('one'), startedAtMs: NOW - 20 * HOUR })
    expect(then.later?.releases.map(({ id }) => id)).toEqual(['r3'])
    expect((await at(NOW - HOUR)).origin).toMatchObject({ basis: 'none', why: expect.stringContaining('Release r3') })
    expect((await at(NOW - 30 * HOUR)).origin).toMatchObject({ basis: 'none', why: expect.stringContaining('not known') })
  })

  test('a switch back counts from when it was deployed, and is under way before', async () => {
    const { site, at, release } = await world()
    site.page('/a/')
    release('r1', NOW - 20 * HOUR, NOW - 19 * HOUR, false, { '/a/': 'one' })
    release('r2', NOW - 10 * HOUR, NOW - 9 * HOUR, true, { '/a/': 'two' })
    site.db.raw
      .prepare(`INSERT INTO switches (id, site_id, state, to_release, from_path, to_path, purges, by, started_at, switched_at, deployed_at, ended_at, message)
        VALUES ('s', ?, 'done', 'r1', '', '', 1, 'Ada', ?, ?, ?, ?, '')`)
      .run(SITE, NOW - 5 * HOUR, NOW - 5 * HOUR, NOW - 4 * HOUR, NOW - 4 * HOUR)
    const during = await at(NOW - 4.5 * HOUR)
    expect(during.history.switching).toEqual({ toRelease: 'r1', startedAtMs: NOW - 5 * HOUR })
    expect(during.origin).toMatchObject({ hash: sha('two') })
    const after = await at(NOW - 3 * HOUR)
    expect(after.history.switching).toBeNull()
    expect(after.origin).toMatchObject({ hash: sha('one') })
  })

  test('a build that ran then is under way, with when it was to end', async () => {
    const { site, at, release } = await world()
    site.page('/a/')
    release('r1', NOW - 20 * HOUR, NOW - 18 * HOUR, true, {})
    release('r2', NOW - 10 * HOUR, NOW - 8 * HOUR, false, {})
    expect((await at(NOW - 9 * HOUR)).history.build).toMatchObject({ state: 'running', expectedEndMs: NOW - 8 * HOUR })
    expect((await at(NOW - 7 * HOUR)).history.build).toBeNull()
  })

  test('marks and purges up to then count, those after it came later, and what was taken back by then is none', async () => {
    const { site, at, purge } = await world()
    const pageId = site.page('/a/')
    site.tag(pageId, 'in_html', 'menu:main')
    const mark = (target: string, sinceMs: number, pageIds: number[]) =>
      addMark(site.db, { siteId: SITE, what: `${target} changed`, target, sinceMs, by: 'Ada', pageIds }, sinceMs)
    mark('menu', NOW - 10 * HOUR, [])
    undoMark(site.db, mark('/a/', NOW - 9 * HOUR, [pageId]), NOW - 7 * HOUR)
    mark('menu:main', NOW - 5 * HOUR, [pageId])
    purge('p', ['/a/'], NOW - 4 * HOUR, NOW - 3 * HOUR)
    const targets = async (atMs: number) => (await at(atMs)).history.marks.map(({ target }) => target)
    expect(await targets(NOW - 8 * HOUR)).toEqual(['/a/', 'menu'])
    expect(await targets(NOW - 6 * HOUR)).toEqual(['menu'])
    expect(await targets(NOW - HOUR)).toEqual(['menu:main', 'menu'])
    const early = await at(NOW - 6 * HOUR)
    expect(early.later).toMatchObject({ marks: [{ target: 'menu:main' }], purges: [{ id: 'p', state: 'completed' }] })
    expect((await at(NOW - 3.5 * HOUR)).history.purges).toMatchObject([{ id: 'p', state: 'sent', completedAtMs: null }])
    expect((await at(NOW - HOUR)).page?.facts).toMatchObject({ purgedAtMs: NOW - 3 * HOUR, changedSinceMs: NOW - 5 * HOUR })
  })

  test('the page is what the look before it found, and nobody is asked', async () => {
    const { site, at, look, release } = await world()
    release('r1', NOW - 20 * HOUR, NOW - 19 * HOUR, true, { '/a/': 'one' })
    const pageId = site.page('/a/', { observed_at: NOW - HOUR, status: 200, stored: 'stored', edge_hash: sha('one') })
    look(pageId, NOW - 10 * HOUR, { edge_hash: sha('zero') })
    look(pageId, NOW - 5 * HOUR, { edge_hash: sha('zero'), age_class: 'past' })
    look(pageId, NOW - 4 * HOUR, { failure: 'It did not answer.' })
    look(pageId, NOW - 3 * HOUR, { status: 503, stored: 'not-stored', age_class: null })
    const word = async (hoursAgo: number) => {
      const { page } = await at(NOW - hoursAgo * HOUR)
      return page && classify(page.facts, NOW - hoursAgo * HOUR).word
    }
    expect(await word(12)).toBe('unknown')
    expect(await word(9)).toBe('outdated')
    expect(await word(4.5)).toBe('expired')
    expect((await at(NOW - 3.5 * HOUR)).page?.facts).toMatchObject({ observedAtMs: NOW - 5 * HOUR, failedAtMs: NOW - 4 * HOUR })
    const { edge, page, history, gaps } = await at(NOW - 2 * HOUR)
    expect([edge, page?.facts.status, page?.facts.stored, history.looks.length]).toEqual([null, 503, 'not-stored', 4])
    expect(gaps.join(' ')).toContain('cannot be asked')
  })

  test('of no site there is nothing', async () => {
    const { at } = await world()
    const then = await at(NOW - HOUR, 'https://elsewhere.example/')
    expect(then).toMatchObject({ site: null, page: null, edge: null, origin: { basis: 'none' } })
    expect(then.gaps.join(' ')).toContain('no registered site')
  })
})
