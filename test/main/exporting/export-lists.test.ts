import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExportFormat, ExportWish } from '#shared/exporting.ts'
import { startTestCore, type Client, type RunningCore } from '../../support/core-client.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

const PAGES = 1_203
let core: RunningCore

beforeAll(async () => {
  const site = await storedSite()
  site.db.transact(() => {
    for (let index = 0; index < PAGES; index++) site.page(`/p/${String(index).padStart(5, '0')}`)
  })
  const old = site.page('/=cmd()|x', {
    observed_at: Date.UTC(2026, 10, 20, 8, 30, 0, 5),
    status: 200,
    stored: 'stored',
    ttfb_ms: 12.5,
    stale_until: Date.UTC(2126, 0, 1),
    served_as: 'static',
  })
  site.tag(old, 'in_html', 'pb-menu:main', 'pb-list')
  site.db.raw
    .prepare("INSERT INTO log (at, site_id, by, kind, text) VALUES (?, ?, 'Ada', 'other', '=HYPERLINK(1)')")
    .run(Date.UTC(2026, 10, 1), SITE)
  site.db.close()
  core = await startTestCore({ dataFolder: join(site.dataFolder) })
})
afterAll(() => core.close())

/** The whole file, and in how many parts it came. */
async function fileOf(wish: ExportWish, format: ExportFormat, client: Client = core.client) {
  let text = ''
  let parts = 0
  for (let cursor: string | null = null; ; parts++) {
    const part: { text: string; nextCursor: string | null } = await client.exporting.part({ wish, format, cursor })
    text += part.text
    if (part.nextCursor === null) return { text, parts: parts + 1 }
    cursor = part.nextCursor
  }
}
const PATHS = { by: 'path', descending: false } as const
const pages = (filter: Extract<ExportWish, { list: 'pages' }>['filter']): ExportWish => ({
  list: 'pages',
  siteId: SITE,
  filter,
  sort: PATHS,
})

test('every page of a list is written once, in parts of a few hundred', async () => {
  const { text, parts } = await fileOf(pages({}), 'json')
  const rows: { url: string; path: string }[] = JSON.parse(text)
  expect(rows).toHaveLength(PAGES + 1)
  expect(new Set(rows.map(({ url }) => url)).size).toBe(PAGES + 1)
  expect(rows.at(-1)?.url).toBe('http://www.example.com/p/01202')
  expect(parts).toBe(3)
})

test('a filter goes with it; instants are exact and in UTC, units stand in the names', async () => {
  const { text } = await fileOf(pages({ tag: 'pb-menu' }), 'csv')
  const [row] = parse(text, { columns: true })
  expect(row).toMatchObject({
    url: 'http://www.example.com/=cmd()|x',
    path: '/=cmd()|x',
    tags: 'pb-list pb-menu:main',
    'last checked (UTC)': '2026-11-20T08:30:00.005Z',
    'first byte (ms)': '12.5',
    'fresh until (UTC)': '',
  })
})

test('a state is told in the words of the screen; a file for programs has its code beside them', async () => {
  const rowsOf = async (wish: ExportWish): Promise<Record<string, string>[]> =>
    parse((await fileOf(wish, 'csv')).text, { columns: true })
  const [page = {}] = await rowsOf(pages({ tag: 'pb-menu' }))
  expect(page['freshness']).toBe('Refreshes on next visit')
  expect(Object.keys(page)).not.toContain('freshness in words')
  const [inJson] = JSON.parse((await fileOf(pages({ tag: 'pb-menu' }), 'json')).text)
  expect(inJson).toMatchObject({ freshness: 'stale-allowed', 'freshness in words': 'Refreshes on next visit' })
  expect((await rowsOf({ list: 'activity' }))[0]).toMatchObject({ kind: 'Other' })
})

test('no cell begins like a formula', async () => {
  const { text } = await fileOf({ list: 'activity' }, 'csv')
  const rows: { what: string }[] = parse(text, { columns: true })
  expect(rows.map(({ what }) => what)).toContain("'=HYPERLINK(1)")
})

test.each(['tags', 'plans', 'purges', 'builds', 'deliveries'] as const)(
  'the list of %s is a file, empty or not',
  async (list) => {
    const base = { siteId: SITE }
    const wish: ExportWish =
      list === 'tags'
        ? { list, text: '', ...base }
        : list === 'purges'
          ? { list, month: null, filter: null, ...base }
          : { list, ...base }
    const { text } = await fileOf(wish, 'json')
    expect(JSON.parse(text)).toHaveLength(list === 'tags' ? 2 : 0)
    expect((await fileOf(wish, 'csv')).text).toMatch(/^[a-z][\w ()-]*,/i)
  },
)

test('people are exported without anything of their links, and only by who may see them', async () => {
  const { secret } = await core.client.people.invite({ name: 'Sam', role: 'support' })
  const { text } = await fileOf({ list: 'people' }, 'json')
  expect(JSON.parse(text)).toMatchObject([{ name: 'Sam', role: 'support', 'made by': 'Test' }])
  expect(text).not.toContain(secret)
  await expect(fileOf({ list: 'people' }, 'csv', core.clientFor('support'))).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
    message: 'A person with the role support may not do this.',
  })
})

test('a site that is gone, and a cursor that was made up, are refused in words', async () => {
  await expect(fileOf({ ...pages({}), siteId: 'gone' } as ExportWish, 'csv')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const made = core.client.exporting.part({ wish: { list: 'activity' }, format: 'csv', cursor: '+x' })
  await expect(made).rejects.toMatchObject({ code: 'BAD_INPUT' })
})

test('sites are a file, too', async () => {
  const [site] = JSON.parse((await fileOf({ list: 'sites' }, 'json')).text)
  expect(site).toMatchObject({ name: 'Example', zones: ['http://www.example.com', 'http://shop.example.com'] })
})
