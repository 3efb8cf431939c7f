import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../support/core-client.ts'
import { FRESH, OUTDATED, plansWorld, SITE, type PlansWorld } from '../../support/plans-world.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
let world: PlansWorld
let completed = false
beforeEach(async () => {
  completed = false
  site = await storedSite()
  world = plansWorld(site, { completed: () => completed })
})
afterEach(async () => {
  await world.stop()
  site.db.close()
})

const create = (pageIds: readonly number[]) => world.feature.plans.create(SITE, { kind: 'pages', pageIds: [...pageIds] }, 'Grace')

/** A purge that the edge goes on with until `completed`. */
async function begun(text: string): Promise<string> {
  const { id } = await world.feature.plans.create(SITE, { kind: 'paths', text }, 'Ada')
  await sent(id)
  return id
}
async function sent(planId: string): Promise<void> {
  await world.feature.plans.start(planId, 'Ada')
  await eventually(
    async () => world.feature.store.read(planId),
    ({ queue }) => queue.stage === 'in-progress',
  )
}
const reasons = (planId: string) =>
  world.feature.store.pages(planId).map(({ path, decision, reason }) => [path, decision, reason])

test('A page that a purge under way reaches is not purged again', async () => {
  const first = site.page('/a', OUTDATED)
  const second = site.page('/b', OUTDATED)
  await begun('/a')
  const plan = await create([first, second])
  expect(reasons(plan.id)).toEqual([
    ['/a', 'not-needed', 'Already being purged by /a, which Ada started.'],
    ['/b', 'purge', 'The edge holds an old copy; the origin has another version.'],
  ])
  expect(plan.purge.items.map(({ item }) => item)).toEqual(['/b'])
})

test('A page that a waiting purge reaches is planned all the same: that one may still be cancelled', async () => {
  const page = site.page('/a', OUTDATED)
  await world.stop()
  world = plansWorld(site, { completed: () => completed, automation: { paused: () => true, onChange: () => {} } })
  const waiting = await world.feature.plans.create(SITE, { kind: 'paths', text: '/a' }, 'A rule', { origin: 'automatic' })
  await world.feature.plans.start(waiting.id, 'A rule')
  const plan = await create([page])
  expect(plan.purge.items.map(({ item }) => item)).toEqual(['/a'])
  world.feature.plans.cancel(waiting.id)
  await world.ended(waiting.id)
})

test('A path in no list that a purge under way reaches is not purged again', async () => {
  await begun('/feed.xml')
  const plan = await world.feature.plans.create(SITE, { kind: 'paths', text: '/feed.xml\n/other.xml' }, 'Grace')
  expect(plan.purge.items.map(({ item }) => item)).toEqual(['/other.xml'])
  expect(reasons(plan.id)[0]).toEqual(['/feed.xml', 'not-needed', 'Already being purged by /feed.xml, which Ada started.'])
})

test('A tag and a beginning under way cover their pages', async () => {
  const tagged = ['/x/1', '/y/2'].map((path) => site.page(path, OUTDATED))
  for (const id of tagged) site.tag(id, 'in_header', 'Menu')
  for (let at = 0; at < 40; at++) site.page(`/z/${at}`, FRESH)
  const { id } = await create(tagged)
  await sent(id)
  expect(world.feature.store.read(id).purge.items.map(({ item }) => item)).toEqual(['#Menu'])
  const plan = await create(tagged)
  expect(plan.purge.itemCount).toBe(0)
  expect(reasons(plan.id)[0]).toEqual(['/x/1', 'not-needed', 'Already being purged by #Menu, which Ada started.'])
})

test('A page that changed after the purge began is purged again', async () => {
  const page = site.page('/a', OUTDATED)
  await begun('/a')
  site.db.raw.prepare('UPDATE pages SET origin_started_at = ? WHERE id = ?').run(Date.now() + 1_000, page)
  expect((await create([page])).purge.items.map(({ item }) => item)).toEqual(['/a'])
})

test('A page that was purged and not checked since needs no other purge, whether or not it was ever checked', async () => {
  const pages = [site.page('/a', OUTDATED), site.page('/new')]
  const id = await begun('/a\n/new')
  completed = true
  await world.ended(id)
  const plan = await create(pages)
  expect(reasons(plan.id).map(([path, decision, reason]) => [path, decision, reason])).toEqual([
    ['/a', 'not-needed', 'Purged already, and not checked since then.'],
    ['/new', 'not-needed', 'Purged already, and not checked since then.'],
  ])
})

test('A completed wildcard counts for every page below it, in any spelling', async () => {
  const below = ['/käse/1', '/k%C3%A4se/2', '/käse/3', '/käse/4'].map((path) => site.page(path, OUTDATED))
  const other = site.page('/kaese', FRESH)
  const draft = await create(below)
  const { id } = await world.feature.plans.revise(draft.id, { by: 'one' })
  await world.feature.plans.start(id, 'Ada')
  expect(world.feature.store.read(id).purge.items.map(({ item }) => item)).toEqual(['/k%C3%A4se/*'])
  completed = true
  await world.ended(id)
  expect([...below, other].map((page) => site.row(page).purged_at !== null)).toEqual([true, true, true, true, false])
})
