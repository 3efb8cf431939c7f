import { beforeEach, describe, expect, test } from 'vitest'
import { endMarks } from '#main/tags/mark-ends.ts'
import { addMark, readMark, readMarks, undoMark } from '#main/tags/marks.ts'
import { SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})

const mark = (sinceMs: number, pageIds: readonly number[], what = 'menu') =>
  addMark(site.db, { siteId: SITE, what, target: 'pb-menu', sinceMs, by: 'Ada', pageIds }, 5_000)
const since = (pageId: number) => site.row(pageId).changed_since

describe('A mark', () => {
  test('tells its pages of the change, and each page keeps the newest one', () => {
    const [a, b] = [site.page('/a'), site.page('/b')]
    mark(2_000, [a, b])
    mark(1_000, [a])
    mark(3_000, [b])
    expect([since(a), since(b)]).toEqual([2_000, 3_000])
  })

  test('that is taken back leaves the newest of the others', () => {
    const a = site.page('/a')
    const older = mark(1_000, [a])
    const newer = mark(2_000, [a])
    undoMark(site.db, newer, 6_000)
    expect(since(a)).toBe(1_000)
    undoMark(site.db, older, 6_000)
    expect(since(a)).toBeNull()
  })

  test('cannot be taken back twice', async () => {
    const id = mark(1_000, [site.page('/a')])
    undoMark(site.db, id, 6_000)
    expect(() => undoMark(site.db, id, 7_000)).toThrow('This mark has been taken back already')
    expect(await readMark(site.db.query, id)).toMatchObject({ undoneAtMs: 6_000 })
  })

  test('of more pages than one transaction takes reaches all of them, there and back', () => {
    const ids = site.db.transact(() => Array.from({ length: 12_000 }, (_, index) => site.page(`/${index}`)))
    const count = () => site.db.raw.prepare('SELECT count(*) AS count FROM pages WHERE changed_since = 1000').get()
    const id = mark(1_000, ids)
    expect(count()).toEqual({ count: 12_000 })
    undoMark(site.db, id, 6_000)
    expect(count()).toEqual({ count: 0 })
  })

  test('is over when every page was made new after it and the edge gives no older copy', async () => {
    const [a, b] = [site.page('/a'), site.page('/b')]
    const id = mark(1_000, [a, b])
    const look = async (nowMs: number) => {
      endMarks(site.db.raw, SITE, nowMs)
      return readMarks(site.db.raw, SITE, nowMs)[0]?.doneAtMs
    }
    const set = (pageId: number, what: string) => site.db.raw.prepare(`UPDATE pages SET ${what} WHERE id = ?`).run(pageId)
    const held = `stored = 'stored', fresh_until = 90_000, edge_hash = 'old', origin_hash = 'new', observed_at = 2_500`
    set(a, 'origin_started_at = 2_000')
    expect(await look(3_000)).toBeNull()
    set(b, `origin_started_at = 2_000, copy_made_at = 500, ${held}`)
    expect(await look(3_000)).toBeNull()
    set(b, `copy_made_at = 2_200, edge_hash = 'new', observed_at = 2_800`)
    expect(await look(3_000)).toBe(2_800)
    expect(() => undoMark(site.db, id, 4_000)).toThrow('visitors have its change')
    expect(await look(2_800 + 86_400_000)).toBeUndefined()
  })

  test('is told as over as soon as it is, and stays so only once a check or a build has stored that', () => {
    const a = site.page('/a', { origin_started_at: 2_000, observed_at: 2_500 })
    mark(1_000, [a])
    const listed = () => readMarks(site.db.raw, SITE, 3_000)[0]?.doneAtMs
    const reopen = () => site.db.raw.prepare('UPDATE pages SET origin_started_at = NULL WHERE id = ?').run(a)
    expect(listed()).toBe(2_500)
    reopen()
    expect(listed()).toBeNull()
    site.db.raw.prepare('UPDATE pages SET origin_started_at = 2000 WHERE id = ?').run(a)
    endMarks(site.db.raw, SITE, 3_000)
    reopen()
    expect(listed()).toBe(2_500)
  })

  test('is listed with the newest first', async () => {
    const a = site.page('/a')
    mark(1_000, [a], 'first')
    mark(500, [a], 'second')
    expect(readMarks(site.db.raw, SITE, 6_000)).toMatchObject([
      { what: 'second', target: 'pb-menu', sinceMs: 500, createdAtMs: 5_000, by: 'Ada', pages: 1, undoneAtMs: null },
      { what: 'first' },
    ])
  })
})
