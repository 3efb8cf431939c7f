import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KEEP_ALL, type PageRules } from '#shared/page-identity.ts'
import { mergePages, previewRules } from '#main/pages/merge-pages-task.ts'
import { readPageRules, writePageRules } from '#main/pages/page-rules.ts'
import { insertPages } from '#main/pages/write-pages.ts'
import { SHOP, SITE, storedSite, WWW, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})
afterEach(() => site.db.close())

const never = new AbortController().signal
const noSlash: PageRules = { ...KEEP_ALL, slash: 'remove', query: 'drop' }
const merge = () => mergePages(site.db.raw, { siteId: SITE, rules: noSlash }, () => {}, never)
const preview = () => previewRules(site.db.raw, { siteId: SITE, rules: noSlash }, never)
const tagCounts = () => site.db.raw.prepare('SELECT tag, pages, html_pages, differing FROM tags ORDER BY tag').all()

describe('Rules for addresses', () => {
  test('are kept with the site; without any, everything is kept', () => {
    expect(readPageRules(site.db.raw, SITE)).toEqual(KEEP_ALL)
    writePageRules(site.db.raw, SITE, noSlash)
    expect(readPageRules(site.db.raw, SITE)).toEqual(noSlash)
    const paths = ['/a/', '/a?x=1', '/a'].map((path) => ({ zoneId: WWW, path }))
    expect(insertPages(site.db.raw, SITE, 'person', paths, 1)).toHaveLength(1)
  })

  test('say beforehand exactly what they then do', async () => {
    for (const path of ['/', '/a', '/a/', '/a?x=1', '/b/', '/b?x=1', '/c', '/d/']) site.page(path)
    site.page('/a/', { zone_id: SHOP })
    const said = await preview()
    expect(said).toMatchObject({ total: 9, merged: 3, renamed: 3 })
    expect(said.examples[0]).toEqual({ from: '/a/', to: '/a', by: ['slash'], merges: true })
    const { merged, renamed } = await merge()
    expect({ merged, renamed }).toEqual({ merged: said.merged, renamed: said.renamed })
    const left = site.db.raw.prepare('SELECT zone_id, path FROM pages ORDER BY zone_id, path').all()
    expect(left).toEqual([
      ...['/', '/a', '/b', '/c', '/d'].map((path) => ({ zone_id: WWW, path })),
      { zone_id: SHOP, path: '/a' },
    ])
    expect(await preview()).toMatchObject({ merged: 0, renamed: 0, examples: [] })
  })

  test('keep the newest evidence, and the marks, tags and history of both', async () => {
    const into = site.page('/a', {
      observed_at: 100,
      edge_hash: 'old',
      origin_hash: 'new',
      status: 200,
      found_at: 5,
      changed_since: 7,
    })
    const from = site.page('/a/', {
      observed_at: 200,
      edge_hash: 'new',
      origin_hash: 'new',
      status: 204,
      found_at: 3,
      changed_since: 9,
    })
    site.tag(into, 'in_html', 'menu', 'both')
    site.tag(from, 'in_header', 'both', 'other')
    const history = site.db.raw.prepare('INSERT INTO page_history (page_id, at, status) VALUES (?, ?, 200)')
    for (let at = 0; at < 15; at += 1) for (const id of [into, from]) history.run(id, at * 2 + (id === from ? 1 : 0))
    site.db.raw.exec(
      `INSERT INTO marks (id, site_id, what, target, since, created_at, by, pages) VALUES (1, '${SITE}', 'x', 'y', 1, 1, 'Ada', 1)`,
    )
    site.db.raw.prepare('INSERT INTO mark_pages VALUES (1, ?)').run(from)
    expect(await merge()).toMatchObject({ merged: 1 })
    expect(site.row(into)).toMatchObject({
      path: '/a',
      observed_at: 200,
      edge_hash: 'new',
      status: 204,
      found_at: 3,
      changed_since: 9,
    })
    expect(tagCounts()).toEqual([
      { tag: 'both', pages: 1, html_pages: 1, differing: 0 },
      { tag: 'menu', pages: 1, html_pages: 1, differing: 0 },
      { tag: 'other', pages: 1, html_pages: 0, differing: 0 },
    ])
    expect(site.db.raw.prepare('SELECT page_id FROM mark_pages').all()).toEqual([{ page_id: into }])
    expect(
      site.db.raw.prepare('SELECT count(*) AS kept, min(at) AS oldest FROM page_history WHERE page_id = ?').get(into),
    ).toEqual({ kept: 20, oldest: 10 })
  })

  test('keep what was seen last when the other page was never checked', async () => {
    const into = site.page('/a', { observed_at: 100, status: 200 })
    site.page('/a/', { status: 500 })
    await merge()
    expect(site.row(into)).toMatchObject({ observed_at: 100, status: 200 })
  })
})
