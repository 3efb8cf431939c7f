import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Plan, PlanPage } from '#shared/plans.ts'
import { visitItemsAtMost } from '#shared/plan-choices.ts'
import { FRESH, OUTDATED, PENDING, SITE, type PlansWorld } from '../../support/plans-world.ts'
import { runningPlans, type RunningPlans } from '../../support/running-plans.ts'
import type { StoredSite } from '../../support/stored-site.ts'

let plans: RunningPlans
let site: StoredSite
let world: PlansWorld
beforeEach(async () => {
  plans = await runningPlans()
  site = plans.site
  world = plans.worldOf({ refresh: async () => new Map() })
})
afterEach(() => plans.end())

const draftOf = (pageIds: number[]) => world.feature.plans.create(SITE, { kind: 'pages', pageIds }, 'Ada')
const decisions = (planId: string): Record<string, PlanPage['decision']> =>
  Object.fromEntries(world.feature.store.pages(planId).map(({ path, decision }) => [path, decision]))
const reasonOf = (plan: Plan, pageId: number) =>
  world.feature.store.pages(plan.id).find((page) => page.pageId === pageId)?.reason ?? ''

describe('The pages of a draft', () => {
  test('are all purged now, until something else is chosen', async () => {
    const draft = await draftOf([site.page('/a', OUTDATED), site.page('/b', OUTDATED), site.page('/right', FRESH)])
    expect(draft.when).toMatchObject({
      pages: 2,
      last: null,
      chosen: { now: { pages: 2, itemsAtMost: 2 }, expire: { pages: 0 } },
    })
    expect(draft.when?.ifAll).toMatchObject({
      'when-visited': { pages: 2, itemsAtMost: 2, likelyItems: null },
      expire: { pages: 2, itemsAtMost: 0, priceMicroDollars: 0, unknownPages: 0, lastExpiresAtMs: OUTDATED.stale_until },
    })
  })

  test('can be chosen one by one, by tag class and all at once; the last choice counts, and can be taken back', async () => {
    const [menu, other, plain] = [site.page('/menu', OUTDATED), site.page('/other', OUTDATED), site.page('/plain', OUTDATED)]
    site.tag(menu, 'in_header', 'pb-menu:main')
    site.tag(other, 'in_header', 'pb-menu:side')
    const { id } = await draftOf([menu, other, plain])
    await world.feature.plans.revise(id, { when: { choice: 'when-visited', tagClass: 'pb-menu' } })
    expect(decisions(id)).toEqual({ '/menu': 'when-visited', '/other': 'when-visited', '/plain': 'purge' })
    const draft = await world.feature.plans.revise(id, { when: { choice: 'expire', pageIds: [other] } })
    expect(decisions(id)).toEqual({ '/menu': 'when-visited', '/other': 'expires', '/plain': 'purge' })
    expect(draft.counts).toMatchObject({ purge: 1, whenVisited: 1, expires: 1 })
    expect(draft.when?.classes).toEqual([{ tagClass: 'pb-menu', pages: 2, choice: 'mixed' }])
    expect(draft.when?.last).toBe('Let expire: 1 page')
    expect(draft.title).toBe(
      '1 page replaced with 1 purge · free · 0 other pages go cold · 1 page purged when visited · 1 page left to expire',
    )
    const undone = await world.feature.plans.revise(id, { undoWhen: true })
    expect(undone.when?.last).toBe('When visited: pages with pb-menu')
    expect(decisions(id)['/other']).toBe('when-visited')
    await world.feature.plans.revise(id, { when: { choice: 'now' } })
    expect(Object.values(decisions(id))).toEqual(['purge', 'purge', 'purge'])
  })

  test('keep what was chosen when something else of the draft changes', async () => {
    const { id } = await draftOf([site.page('/a', OUTDATED), site.page('/b', OUTDATED)])
    await world.feature.plans.revise(id, { when: { choice: 'expire' } })
    const draft = await world.feature.plans.revise(id, { by: 'one' })
    expect(draft.counts.expires).toBe(2)
    expect(draft.purge.items).toEqual([])
  })

  test('say when they expire by themselves, and when nobody knows', async () => {
    const soon = Date.now() + 40_900
    const [known, unknown] = [site.page('/known', { ...OUTDATED, fresh_until: soon, stale_until: soon }), site.page('/unknown')]
    const { id } = await draftOf([known, unknown])
    const draft = await world.feature.plans.revise(id, { when: { choice: 'expire' } })
    expect(reasonOf(draft, known)).toBe(`It expires by itself on {{time:${soon}}} at the latest; purging costs 1 item.`)
    expect(reasonOf(draft, unknown)).toBe('Left to expire, and nobody knows when that is.')
    expect(draft.when?.chosen.expire).toMatchObject({ pages: 2, unknownPages: 1, lastExpiresAtMs: soon })
    expect(draft.when?.ifAll.now).toMatchObject({ pages: 2, itemsAtMost: 2 })
  })

  test('that are purged on visits cost no more than the cap and the purge of the rest', async () => {
    const ids = ['/a', '/b', '/c', '/d'].map((path) => site.page(path, OUTDATED))
    const { id } = await draftOf(ids)
    const draft = await world.feature.plans.revise(id, {
      by: 'one',
      when: { choice: 'when-visited' },
      visits: { mostItems: 2, lastsSeconds: 3_600 },
    })
    expect(draft.when?.chosen['when-visited']).toMatchObject({ pages: 4, itemsAtMost: 3, likelyItems: null })
    site.db.raw
      .prepare('INSERT INTO page_visits (page_id, first_at, last_at, visits) VALUES (?, ?, ?, 24)')
      .run(ids[0], Date.now() - 86_400_000, Date.now())
    const known = await world.feature.plans.revise(id, {})
    expect(known.when?.chosen['when-visited'].likelyItems).toBe(1)
  })

  test('that a renderer keeps old need no refresh now when that is done on their visit', async () => {
    const rendered = { ...PENDING, origin_basis: 'renderer' as const, served_as: 'rendered' }
    const { id } = await draftOf([site.page('/a', rendered)])
    const draft = await world.feature.plans.revise(id, { when: { choice: 'when-visited' } })
    expect(draft).toMatchObject({ refresh: { wanted: false }, counts: { whenVisited: 1, afterRefresh: 0 }, blocked: null })
    const again = await world.feature.plans.revise(id, { undoWhen: true })
    expect(again).toMatchObject({ refresh: { wanted: true }, counts: { whenVisited: 0, afterRefresh: 1 } })
  })
})

describe('A plan that is started', () => {
  test('sends nothing for pages that expire, and says so', async () => {
    const { id } = await draftOf([site.page('/a', OUTDATED)])
    await world.feature.plans.revise(id, { when: { choice: 'expire' } })
    await world.feature.plans.start(id, 'Ada')
    expect(await world.ended(id)).toMatchObject({
      state: 'done',
      result: 'Nothing was purged at once: 1 page left to expire.',
      counts: { expires: 1, purge: 0 },
    })
    expect(world.sent).toEqual([])
    expect(plans.ledgerRows()).toEqual([])
  })

  test('purges the others at once', async () => {
    const [now, later] = [site.page('/now', OUTDATED), site.page('/later', OUTDATED)]
    const { id } = await draftOf([now, later])
    await world.feature.plans.revise(id, { when: { choice: 'expire', pageIds: [later] } })
    await world.feature.plans.start(id, 'Ada')
    const plan = await world.ended(id)
    expect(world.sent.map(({ items }) => items)).toEqual([['/now']])
    expect(plan.result).toMatch(/^1 of 1 shows the new version .* 1 page left to expire\.$/)
  })
})

test('Visits cost one item a page up to the cap; the rest costs no more than all at once', () => {
  expect(visitItemsAtMost(2_000, 5_000, 1)).toBe(2_000)
  expect(visitItemsAtMost(2_000, 100, 1)).toBe(101)
  expect(visitItemsAtMost(2_000, 100, 2_000)).toBe(2_000)
  expect(visitItemsAtMost(0, 100, 0)).toBe(0)
})
