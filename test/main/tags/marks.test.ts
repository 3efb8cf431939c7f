import { beforeEach, describe, expect, test } from 'vitest'
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
    expect(() => undoMark(site.db, id, 7_000)).toThrow('This mark has been taken back already, or is not there.')
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

  test('is listed with the newest first', async () => {
    const a = site.page('/a')
    mark(1_000, [a], 'first')
    mark(500, [a], 'second')
    expect(await readMarks(site.db.query, SITE)).toMatchObject([
      { what: 'second', target: 'pb-menu', sinceMs: 500, createdAtMs: 5_000, by: 'Ada', pages: 1, undoneAtMs: null },
      { what: 'first' },
    ])
  })
})
