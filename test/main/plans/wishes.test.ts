import { afterEach, beforeEach, expect, test } from 'vitest'
import { coverageOf } from '#main/plans/coverage.ts'
import { eventually } from '../../support/core-client.ts'
import { SITE, type PlansWorld } from '../../support/plans-world.ts'
import { runningPlans, type RunningPlans } from '../../support/running-plans.ts'

let plans: RunningPlans
let paused: boolean
let resumed: (() => void)[]
beforeEach(async () => {
  plans = await runningPlans()
  paused = false
  resumed = []
})
afterEach(() => plans.end())

const QUOTAS = { inProgress: { items: 3_000, prefixes: 15 }, perSecond: { items: 150, prefixes: 1 } }
const automation = { paused: () => paused, onChange: (listener: () => void) => void resumed.push(listener) }
const wish = (path: string, by = 'A rule') => ({ lines: [path], by })
const allOver = (world: PlansWorld) =>
  eventually(
    async () => world.feature.store.list(SITE),
    (all) => all.length > 0 && all.every(({ endedAtMs }) => endedAtMs !== null),
    25_000,
  )
const purged = (world: PlansWorld) => world.sent.flatMap(({ items }) => items).sort()
const left = () => plans.site.db.raw.prepare('SELECT 1 FROM purge_wishes WHERE plan_id IS NULL').all().length

test('A burst of wishes is a few plans, each path is sent once, and a person is not kept waiting by it', async () => {
  const world = plans.worldOf({ quotas: QUOTAS, purgesTags: false, automation })
  for (let at = 0; at < 300; at += 1) world.feature.wishes.add(SITE, [wish(`/w${at % 100}`, `Rule ${at % 5}`)])
  await eventually(
    async () => world.sent.length,
    (count) => count > 0,
  )
  const { id } = await world.feature.plans.create(SITE, { kind: 'paths', text: '/person' }, 'Ada')
  await world.feature.plans.start(id, 'Ada')
  const all = await allOver(world)
  expect(all.map(({ state }) => state)).toEqual(all.map(() => 'done'))
  expect([all.length <= 4, left()]).toEqual([true, 0])
  const goes = coverageOf(purged(world))
  expect(Array.from({ length: 100 }, (_, at) => `/w${at}`).filter((path) => !goes(path))).toEqual([])
  expect(purged(world).length).toBeLessThanOrEqual(101)
  expect(purged(world)).toContain('/person')
})

test('Wishes wait while automation is paused and through a restart, and become a plan afterwards', async () => {
  paused = true
  const world = plans.worldOf({ purgesTags: false, automation })
  world.feature.wishes.add(SITE, [wish('/a'), wish('/b', 'Another rule')])
  const next = plans.keep(world.restart())
  next.feature.wishes.resume()
  expect([next.feature.store.list(SITE), left()]).toEqual([[], 2])
  paused = false
  for (const listener of resumed) listener()
  const [plan] = await allOver(next)
  expect(plan).toMatchObject({ state: 'done', origin: 'automatic', by: 'A rule, Another rule' })
  expect(purged(next)).toEqual(['/a', '/b'])
})

test('A plan that was made of wishes and not started yet is started after a restart', async () => {
  const world = plans.worldOf({ purgesTags: false, automation })
  const { id } = await world.feature.plans.create(SITE, { kind: 'paths', text: '/a' }, 'A rule', { origin: 'automatic' })
  plans.site.db.raw
    .prepare(`INSERT INTO purge_wishes (site_id, at, by, lines, plan_id) VALUES (?, 0, 'A rule', '/a', ?)`)
    .run(SITE, id)
  world.feature.wishes.resume()
  expect(await allOver(world)).toMatchObject([{ id, state: 'done' }])
})
