import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDetail } from '#main/pages/detail.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'

const NOW = 1_795_000_000_000
let site: StoredSite
beforeAll(async () => {
  site = await storedSite(['https://www.example.com'])
})
afterAll(() => site.db.close())

const gone = { observed_at: NOW - 1_000, stored: 'not-stored' as const, status: 200, vantage: 'FRA56' }
const changed = { changed_since: NOW - 5_000, origin_started_at: NOW - 90_000 }
const sentence = async (pageId: number) => (await readDetail(site.db.query, pageId, NOW)).sentence

test('A page without a copy waits for the origin, and nothing more when that is new', async () => {
  expect(await sentence(site.page('/plain', gone))).toMatch(/waits until the origin has answered\.$/)
})

test('A changed page without a copy says that its next visitor would get the version before the change', async () => {
  const built = site.page('/built', { ...gone, ...changed, origin_basis: 'manifest' })
  expect(await sentence(built)).toContain(
    'That would still be the version before the change, until a build or refresh makes it new',
  )
  const rendered = site.page('/rendered', { ...gone, ...changed, origin_basis: 'renderer' })
  expect(await sentence(rendered)).toContain('until a refresh makes it new')
})
