import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { nowFresh, PENDING, plansWorld, SITE, type PlansOptions, type PlansWorld } from '../../support/plans-world.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
const worlds: PlansWorld[] = []
beforeEach(async () => {
  site = await storedSite()
})
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.stop()
  site.db.close()
})

const RENDERED = { ...PENDING, origin_basis: 'renderer' as const, served_as: 'rendered' }

function worldOf(options: PlansOptions): PlansWorld {
  const world = plansWorld(site, { onCheck: (ids) => nowFresh(site, ids), ...options })
  worlds.push(world)
  return world
}
async function started(world: PlansWorld, pageIds: number[]): Promise<string> {
  const { id } = await world.feature.plans.create(SITE, { kind: 'pages', pageIds }, 'Ada')
  await world.feature.plans.start(id, 'Ada')
  return id
}
/** As the renderer's entries are after their refresh. */
function isRefreshed(pageId: number): void {
  site.db.raw
    .prepare(`UPDATE pages SET origin_hash = 'sha256-new', origin_started_at = ? WHERE id = ?`)
    .run(Date.now() + 1, pageId)
}

describe('A plan for pages that a renderer keeps', () => {
  test('refreshes them, then purges and proves them, without a build', async () => {
    const asked: number[][] = []
    const world = worldOf({
      refresh: async (_siteId, pageIds) => {
        asked.push([...pageIds])
        pageIds.forEach(isRefreshed)
        return new Map()
      },
    })
    const ids = [site.page('/a', RENDERED), site.page('/b', RENDERED)]
    const plan = await world.ended(await started(world, ids))
    expect(plan).toMatchObject({
      state: 'done',
      build: { state: 'skipped' },
      refresh: { state: 'done', done: 2, total: 2 },
      check: { newVersion: 2, total: 2 },
    })
    expect(asked).toEqual([ids])
    expect(world.sent.map(({ items }) => items)).toEqual([['/a', '/b']])
  })

  test('holds back what could not be refreshed, and purges the rest', async () => {
    const [good, bad] = [site.page('/good', RENDERED), site.page('/bad', RENDERED)]
    const world = worldOf({
      refresh: async () => {
        isRefreshed(good)
        return new Map([[bad, 'The template is broken.']])
      },
    })
    const plan = await world.ended(await started(world, [good, bad]))
    expect(world.sent.map(({ items }) => items)).toEqual([['/good']])
    expect(plan.result).toMatch(/^1 of 1 shows the new version .* 1 page held back: the origin is still old\.$/)
    expect(plan.refresh.message).toContain('1 page failed: /bad.')
    const held = world.feature.store.pages(plan.id).find((page) => page.pageId === bad)
    expect(held).toMatchObject({ decision: 'held-back', reason: expect.stringContaining('Refresh first.') })
  })

  test('ends with the renderer’s reason when no page could be refreshed, and sends nothing', async () => {
    const id = site.page('/a', RENDERED)
    const world = worldOf({ refresh: async () => new Map([[id, 'The template is broken.']]) })
    const plan = await world.ended(await started(world, [id]))
    expect(plan).toMatchObject({ state: 'failed', refresh: { state: 'failed' } })
    expect(plan.result).toContain('The template is broken.')
    expect(world.sent).toEqual([])
  })

  test('goes on after a restart with what is still old', async () => {
    const [first, second] = [site.page('/first', RENDERED), site.page('/second', RENDERED)]
    const asked: number[][] = []
    let crash = true
    const world = worldOf({
      refresh: async (_siteId, pageIds, _progress, signal) => {
        asked.push([...pageIds])
        if (crash) {
          isRefreshed(first)
          return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        }
        pageIds.forEach(isRefreshed)
        return new Map()
      },
    })
    const id = await started(world, [first, second])
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    crash = false
    const next = world.restart()
    worlds.push(next)
    const plan = await next.ended(id)
    expect(asked).toEqual([[first, second], [second]])
    expect(plan).toMatchObject({ state: 'done', check: { newVersion: 2 } })
    expect(next.sent.map(({ items }) => items)).toEqual([['/first', '/second']])
  })
})
