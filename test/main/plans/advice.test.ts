import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCachePolicy } from '#main/plans/advice/cache-policy.ts'
import { readSiteFacts } from '#main/plans/advice/advice-task.ts'
import { OUTDATED, SITE } from '../../support/plans-world.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'

const DAY_MS = 86_400_000
let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})
afterEach(() => site.db.close())

const headers = (cacheControl: string, ...more: [string, string][]) => JSON.stringify([['cache-control', cacheControl], ...more])
const nowMs = Date.now()
const about = (name: string) =>
  readSiteFacts(site.db.raw, { siteId: SITE, nowMs }).groups.find((group) => group.about.name === name)

function changed(pageId: number, daysAgo: number, hash: string): void {
  site.db.raw
    .prepare('INSERT INTO page_history (page_id, at, status, edge_hash) VALUES (?, ?, 200, ?)')
    .run(pageId, nowMs - daysAgo * DAY_MS, hash)
}

test('Each route and tag class has its changes, lifetimes, browsers and items', () => {
  const facts = { ...OUTDATED, copy_made_at: nowMs, fresh_until: nowMs + 60_000 }
  const a = site.page('/lists/a', { ...facts, headers_json: headers('public, max-age=600') })
  const b = site.page('/lists/b', { ...facts, headers_json: headers('max-age=0, s-maxage=60') })
  site.tag(a, 'in_header', 'pb-list:a')
  for (let change = 0; change <= 20; change++) changed(a, 10 - change / 2, `hash-${change}`)
  changed(b, 10, 'same')
  site.db.raw
    .prepare(
      `INSERT INTO purges (id, site_id, plan_id, account, reference, items_json, item_count, state, intent_at)
       VALUES ('p', ?, 'plan', 'aws', 'r', '["/lists/a","/lists/*","#pb-list:a"]', 3, 'completed', ?)`,
    )
    .run(SITE, nowMs - DAY_MS)
  expect(about('/lists/*')).toMatchObject({
    pages: 2,
    days: 30,
    changesADay: 1,
    itemsADay: 2 / 30,
    lifetimeSeconds: 60,
    fetchMicroDollars: 0.4,
    browser: { pages: 1, maxAgeSeconds: 600, sharedSeconds: null },
  })
  expect(about('pb-list')).toMatchObject({ about: { kind: 'tag' }, pages: 1, changesADay: 2, itemsADay: 1 / 30 })
})

test('Private pages get no advice', () => {
  const page = (path: string, headersJson: string) => site.page(path, { ...OUTDATED, headers_json: headersJson })
  page('/account/orders', headers('private, max-age=600'))
  page('/account/cart', headers('no-store'))
  page('/account/me', headers('max-age=600', ['set-cookie', 'session=…']))
  expect(about('/account/*')).toBeUndefined()
  expect(readSiteFacts(site.db.raw, { siteId: SITE, nowMs }).privatePages).toBe(3)
})

test('Directives are read whatever their case and spaces, and what is no number is not said', () => {
  expect(readCachePolicy(headers('Public,  MAX-AGE="60" , s-maxage=x, immutable'))).toEqual({
    isPrivate: false,
    immutable: true,
    maxAgeSeconds: 60,
    sharedSeconds: null,
  })
})
