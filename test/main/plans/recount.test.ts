import { afterAll, beforeEach, expect, test } from 'vitest'
import { freshnessSql } from '#main/pages/freshness-sql.ts'
import { recount } from '#main/plans/recount.ts'
import { createReach, readTargets } from '#main/plans/targets.ts'
import { checkItem } from '#main/providers/cloudfront/purge-items.ts'
import { FRESH, OUTDATED } from '../../support/plans-world.ts'
import { SITE, storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
beforeEach(async () => {
  site = await storedSite()
})
afterAll(() => site.db.close())

async function recounted(items: readonly { item: string; kind: 'tag' | 'path' }[], wanted: readonly number[]) {
  const now = Date.now()
  const found = await recount(
    items.map((item) => ({ ...item, pages: 99, alsoCold: 99 })),
    await readTargets(site.db.query, freshnessSql, wanted, now),
    createReach(site.db.query, freshnessSql, SITE, now),
    checkItem,
  )
  return found.map(({ item, pages, alsoCold }) => [item, pages, alsoCold])
}

function tagged(path: string, tags: string[], facts: object): number {
  const id = site.page(path, facts)
  site.tag(id, 'in_header', ...tags)
  return id
}

test('Pages that a build left as they were count as pages that go cold', async () => {
  const old = tagged('/a', ['menu'], OUTDATED)
  tagged('/b', ['menu'], FRESH)
  tagged('/c', ['menu'], FRESH)
  expect(await recounted([{ item: '#menu', kind: 'tag' }], [old])).toEqual([['#menu', 1, 2]])
})

test('A page that several items reach counts once', async () => {
  const old = tagged('/a', ['menu', 'season'], OUTDATED)
  tagged('/b', ['menu', 'season'], FRESH)
  expect(
    await recounted(
      [
        { item: '#menu', kind: 'tag' },
        { item: '#season', kind: 'tag' },
      ],
      [old],
    ),
  ).toEqual([
    ['#menu', 1, 1],
    ['#season', 0, 0],
  ])
})

test('A path is found in the form in which it is sent', async () => {
  const old = site.page('/käse', OUTDATED)
  const sent = checkItem('/käse')
  expect(await recounted([{ item: sent.ok ? sent.item : '', kind: 'path' }], [old])).toEqual([['/k%C3%A4se', 1, 0]])
})
