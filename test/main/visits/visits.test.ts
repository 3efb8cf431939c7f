import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FRESH, OUTDATED, PENDING, unreachable, type PlansOptions } from '../../support/plans-world.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'
import { visitsWorld, type VisitsWorld } from '../../support/visits-world.ts'

const RENDERED = { ...PENDING, origin_basis: 'renderer' as const, served_as: 'rendered' }
const MINUTE = 60_000

let site: StoredSite
const worlds: VisitsWorld[] = []
beforeEach(async () => {
  site = await storedSite()
})
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.stop()
  site.db.close()
})

const kept = (world: VisitsWorld): VisitsWorld => {
  worlds.push(world)
  return world
}
const worldOf = (options: PlansOptions = {}) => kept(visitsWorld(site, options))
const sent = (world: VisitsWorld) => world.plans.sent.map(({ items }) => items)
const ledger = () => site.db.raw.prepare<[], { kind: string; items: number }>('SELECT kind, items FROM ledger ORDER BY id').all()

describe('A page that is purged when visited', () => {
  test('is purged at its first visit, and costs exactly its item', async () => {
    const world = worldOf()
    const plan = await world.watched([site.page('/a', OUTDATED), site.page('/b', OUTDATED)])
    expect(sent(world)).toEqual([])
    expect(world.visit('/a')).toBe('begun')
    const watch = await world.until(plan, ({ purged }) => purged === 1)
    expect(watch).toMatchObject({ state: 'watching', watching: 1, purged: 1, begun: 0, problem: null })
    expect(sent(world)).toEqual([['/a']])
    expect(ledger()).toEqual([
      { kind: 'reserve', items: 1 },
      { kind: 'commit', items: 1 },
    ])
  })

  test('is refreshed first where a renderer keeps the old one', async () => {
    const asked: number[][] = []
    const world = worldOf({
      refresh: async (_siteId, pageIds) => {
        asked.push([...pageIds])
        for (const id of pageIds)
          site.db.raw
            .prepare(`UPDATE pages SET origin_hash = 'sha256-new', origin_started_at = ? WHERE id = ?`)
            .run(Date.now() + 1, id)
        return new Map()
      },
    })
    const [a, b] = [site.page('/a', RENDERED), site.page('/b', RENDERED)]
    const plan = await world.watched([a, b])
    expect(asked).toEqual([])
    world.visit('/b')
    await world.until(plan, ({ purged }) => purged === 1)
    expect(asked).toEqual([[b]])
    expect(sent(world)).toEqual([['/b']])
  })

  test('counts visits once in the time of the setting', async () => {
    const world = worldOf()
    const id = site.page('/a', FRESH)
    site.db.raw.prepare(`INSERT INTO visit_checks (site_id, key, enabled, minutes) VALUES ('site-1', 'k', 1, 1)`).run()
    expect([world.visit('/a'), world.visit('/a')]).toEqual(['not-watched', 'throttled'])
    world.pass(MINUTE)
    expect(world.visit('/a')).toBe('not-watched')
    expect(world.visit('/nothing')).toBe('not-known')
    expect(site.db.raw.prepare('SELECT visits FROM page_visits WHERE page_id = ?').get(id)).toEqual({ visits: 2 })
  })

  test('is left alone when its copy is right by then', async () => {
    const world = worldOf()
    const id = site.page('/a', OUTDATED)
    const plan = await world.watched([id])
    site.db.raw.prepare('UPDATE pages SET edge_hash = origin_hash WHERE id = ?').run(id)
    world.visit('/a')
    expect(await world.until(plan, ({ notNeeded }) => notNeeded === 1)).toMatchObject({ watching: 0, purged: 0 })
    expect(sent(world)).toEqual([])
    expect(await world.plans.feature.plans.list('site-1')).toHaveLength(1)
  })

  test('waits for its next visit when its origin became old again', async () => {
    const world = worldOf()
    const id = site.page('/a', OUTDATED)
    const plan = await world.watched([id])
    site.db.raw.prepare('UPDATE pages SET changed_since = ?, origin_started_at = 0 WHERE id = ?').run(Date.now(), id)
    world.visit('/a')
    await world.until(plan, ({ watching, begun }) => watching === 1 && begun === 0)
    expect(sent(world)).toEqual([])
  })

  test('is not purged above the cap, however many are visited at one moment', async () => {
    const world = worldOf()
    const paths = ['/a', '/b', '/c', '/d']
    const plan = await world.watched(
      paths.map((path) => site.page(path, OUTDATED)),
      2,
    )
    expect(paths.map(world.visit)).toEqual(['begun', 'begun', 'cap-reached', 'cap-reached'])
    expect(await world.until(plan, ({ purged }) => purged === 2)).toMatchObject({ watching: 2 })
    expect(sent(world).flat().toSorted()).toEqual(['/a', '/b'])
  })

  test('does not use what is kept for incidents', async () => {
    const world = worldOf()
    const plan = await world.watched([site.page('/a', OUTDATED)])
    site.db.raw
      .prepare(`INSERT INTO budget_settings (account, allowance, price_micro_dollars, incident_reserve, changed_at, changed_by)
        VALUES ('aws, test', 100, 5000, 100, 0, 'Ada')`)
      .run()
    world.visit('/a')
    const watch = await world.until(plan, ({ problem }) => problem !== null)
    expect(watch).toMatchObject({ watching: 1, purged: 0 })
    expect(watch.problem).toContain('kept for incidents')
    expect(world.notes).toHaveLength(1)
    expect(sent(world)).toEqual([])
  })
})

describe('At the end of the time', () => {
  test('the rest is purged by one plan', async () => {
    const world = worldOf()
    const plan = await world.watched(['/a', '/b', '/c'].map((path) => site.page(path, OUTDATED)))
    world.visit('/a')
    await world.until(plan, ({ purged }) => purged === 1)
    await world.visits.look()
    expect(sent(world)).toEqual([['/a']])
    world.pass(61 * MINUTE)
    await world.visits.look()
    const watch = await world.until(plan, ({ state }) => state === 'ended')
    expect(watch).toMatchObject({ watching: 0, purged: 1, rest: 2 })
    await world.plans.ended(watch.restPlanId ?? '')
    expect(sent(world)).toEqual([['/a'], ['/b', '/c']])
    expect(world.notes).toEqual(['The time for visits is over: the pages that nobody visited are purged.'])
    await world.visits.look()
    expect(sent(world)).toHaveLength(2)
  })

  test('nothing is sent when no page is old any more', async () => {
    const world = worldOf()
    const id = site.page('/a', OUTDATED)
    const plan = await world.watched([id])
    site.db.raw.prepare('UPDATE pages SET edge_hash = origin_hash WHERE id = ?').run(id)
    world.pass(61 * MINUTE)
    await world.visits.look()
    expect(world.visits.read(plan)).toMatchObject({ state: 'ended', notNeeded: 1, restPlanId: null })
    expect(sent(world)).toEqual([])
  })

  test('a limit holds it, which is said once, and it goes on later', async () => {
    const world = worldOf()
    const plan = await world.watched([site.page('/a', OUTDATED)])
    const limit = site.db.raw.prepare(
      `INSERT INTO budget_settings (account, allowance, price_micro_dollars, incident_reserve, changed_at, changed_by)
       VALUES ('aws, test', 100, 5000, ?, 0, 'Ada') ON CONFLICT (account) DO UPDATE SET incident_reserve = excluded.incident_reserve`,
    )
    limit.run(100)
    world.pass(61 * MINUTE)
    await world.visits.look()
    await world.visits.look()
    expect(world.visits.read(plan)).toMatchObject({ state: 'watching', watching: 1, restPlanId: null })
    expect(world.notes).toHaveLength(1)
    limit.run(0)
    world.pass(11 * MINUTE)
    await world.visits.look()
    expect(await world.until(plan, ({ state }) => state === 'ended')).toMatchObject({ rest: 1, problem: null })
  })
})

describe('A watch', () => {
  test('goes on after a restart, and nothing that was begun is sent twice', async () => {
    let cut = true
    const world = worldOf({
      purge: async (_items, reference) => {
        if (cut) throw unreachable()
        return { remoteId: reference }
      },
    })
    const plan = await world.watched([site.page('/a', OUTDATED), site.page('/b', OUTDATED)])
    world.visit('/a')
    while (world.plans.sent.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    cut = false
    const next = kept(world.restart())
    await next.visits.look()
    await next.until(plan, ({ purged }) => purged === 1)
    expect(new Set([...world.plans.sent, ...next.plans.sent].map(({ reference }) => reference)).size).toBe(1)
    expect(next.visit('/b')).toBe('begun')
    await next.until(plan, ({ purged }) => purged === 2)
    expect(ledger().filter(({ kind }) => kind === 'commit')).toHaveLength(2)
    await next.visits.look()
    expect(next.visits.read(plan)?.state).toBe('ended')
  })

  test('that was visited just before a crash is purged after it', async () => {
    const world = worldOf()
    const id = site.page('/a', OUTDATED)
    const plan = await world.watched([id])
    site.db.raw.prepare(`UPDATE visit_watches SET state = 'claimed', visited_at = 1 WHERE page_id = ?`).run(id)
    const next = kept(world.restart())
    await next.visits.look()
    await next.until(plan, ({ purged }) => purged === 1)
    expect(sent(next)).toEqual([['/a']])
  })

  test('can be cancelled: nothing is purged on visits any more, nor at the end', async () => {
    const world = worldOf()
    const plan = await world.watched([site.page('/a', OUTDATED)])
    expect(world.visits.cancel(plan, 'Ada')).toMatchObject({ state: 'cancelled', watching: 0 })
    expect(() => world.visits.cancel(plan, 'Ada')).toThrow('This has ended')
    expect(world.visit('/a')).toBe('not-watched')
    world.pass(61 * MINUTE)
    await world.visits.look()
    expect(sent(world)).toEqual([])
    expect(world.notes).toEqual(['Cancelled: pages of a plan are not purged on visits any more.'])
  })
})
