import { expect, test } from 'vitest'
import type { LoadedPage } from '#main/plans/cover/load-pages.ts'
import { readVisits, refillCosts } from '#main/plans/cover/refill-costs.ts'
import { SITE, storedSite } from '../../support/stored-site.ts'

const page = (id: number, durationMs = 0): LoadedPage => ({
  path: `/${id}`,
  id,
  zoneId: 1,
  must: false,
  held: true,
  unchecked: false,
  enumerated: false,
  durationMs,
  onDemand: true,
})

test('pages cost alike while nothing is known of them', () => {
  expect([...refillCosts([page(1), page(2)], 600, new Map())]).toEqual([600, 600])
})

test('a slow page costs more, and a much visited one, too; one that nobody measured costs as before', () => {
  const pages = [page(1, 1_000), page(2, 3_000), page(3)]
  const visits = new Map([
    [1, 30],
    [2, 10],
  ])
  expect([...refillCosts(pages, 600, new Map())]).toEqual([300, 900, 600])
  expect([...refillCosts(pages, 600, visits)]).toEqual([450, 450, 600])
})

test('one odd page weighs four times as much at most', () => {
  const visits = new Map(Array.from({ length: 100 }, (_, at) => [at, at === 0 ? 1_000_000 : 1]))
  const costs = refillCosts(
    Array.from({ length: 100 }, (_, at) => page(at)),
    600,
    visits,
  )
  expect(costs[0]).toBe(2_400)
  expect(costs[1]).toBe(150)
})

test('visits are those of the sites that share the distribution', async () => {
  const site = await storedSite()
  const pageId = site.page('/menu')
  site.db.raw.prepare('INSERT INTO page_visits (page_id, first_at, last_at, visits) VALUES (?, 1, 2, 7)').run(pageId)
  const sharing = (id: string) => [{ id, name: 'A site' }]
  expect(readVisits(site.db.raw, sharing(SITE))).toEqual(new Map([[pageId, 7]]))
  expect(readVisits(site.db.raw, sharing('another'))).toEqual(new Map())
})
