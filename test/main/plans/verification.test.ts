import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FRESH, nowFresh, OUTDATED, SITE } from '../../support/plans-world.ts'
import { runningPlans, type RunningPlans } from '../../support/running-plans.ts'
import type { StoredSite } from '../../support/stored-site.ts'

let plans: RunningPlans
let site: StoredSite
beforeEach(async () => {
  plans = await runningPlans()
  site = plans.site
})
afterEach(() => plans.end())

const seenNow = (pageId: number, more: Readonly<Record<string, string | number>> = {}) => {
  const values: Record<string, string | number> = { observed_at: Date.now(), vantage: 'FRA56', ...more }
  const names = Object.keys(values)
  site.db.raw
    .prepare(`UPDATE pages SET ${names.map((name) => `${name} = @${name}`).join(', ')} WHERE id = @id`)
    .run({ ...values, id: pageId })
}

describe('After a purge', () => {
  test('of more than 200 pages a sample is checked, spread over the items, and told as one', async () => {
    const checked: (readonly number[])[] = []
    const world = plans.worldOf({
      onCheck: (ids) => {
        checked.push(ids)
        nowFresh(site, ids)
      },
    })
    const menu = Array.from({ length: 400 }, (_, at) => site.page(`/menu/${at}`, OUTDATED))
    for (const id of menu) site.tag(id, 'in_header', 'menu')
    const others = ['/a', '/b/c'].map((path) => site.page(path, OUTDATED))
    const plan = await world.ended(await plans.started(world, [...menu, ...others]))
    expect(checked[0]).toHaveLength(200)
    expect(checked[0]).toEqual(expect.arrayContaining(others))
    expect(plan).toMatchObject({
      state: 'done',
      check: {
        state: 'done',
        total: 200,
        done: 200,
        purged: 402,
        newVersion: 200,
        message: 'A sample, spread over all items and folders.',
      },
      result: expect.stringContaining('200 of 200 checked pages show the new version from here (FRA56); 402 were purged.'),
    })
    expect(plan.purge.items.map(({ item, verdict }) => [item, verdict?.ok])).toEqual(
      plan.purge.items.map(({ item }) => [item, true]),
    )
  })

  test('each page has its own verdict: never cached, still old, the origin old, its refresh running', async () => {
    const ids = ['/1-never', '/2-old', '/3-origin', '/4-refreshing', '/5-new'].map((path) => site.page(path, OUTDATED))
    const world = plans.worldOf({
      onCheck: ([never = 0, old = 0, origin = 0, refreshing = 0, right = 0]) => {
        // Age is told in whole seconds: only a copy that is surely younger tells of the origin.
        const now = Date.now() + 1_500
        seenNow(never, { stored: 'asks-always', edge_hash: 'sha256-b', copy_made_at: now })
        seenNow(old)
        seenNow(origin, { copy_made_at: now, fresh_until: now + 3_600_000 })
        seenNow(refreshing, { copy_made_at: now, fresh_until: now + 10_000 })
        nowFresh(site, [right])
      },
    })
    const plan = await world.ended(await plans.started(world, ids))
    const results = world.feature.store.pages(plan.id).map(({ path, result }) => [path, result])
    expect(Object.fromEntries(results)).toEqual({
      '/1-never': 'not-stored',
      '/2-old': 'still-old',
      '/3-origin': 'origin-old',
      '/4-refreshing': 'refreshing',
      '/5-new': 'new-version',
    })
    expect(plan.check).toMatchObject({ state: 'failed', newVersion: 2, total: 5 })
    expect(world.feature.store.pageRows(plan.id, undefined, 0, 10, true).rows.map(({ path }) => path)).toEqual([
      '/2-old',
      '/3-origin',
      '/4-refreshing',
    ])
  })

  test('a failure is diagnosed once or twice, and nothing is purged again', async () => {
    const asked: string[] = []
    const world = plans.worldOf({
      onCheck: (ids) => ids.forEach((id) => seenNow(id)),
      diagnose: (url) => {
        asked.push(url)
        return 'The edge keeps an old copy.'
      },
    })
    const ids = ['/a', '/b', '/c'].map((path) => site.page(path, OUTDATED))
    const plan = await world.ended(await plans.started(world, ids))
    expect(asked).toEqual(['http://www.example.com/a', 'http://www.example.com/b'])
    expect(plan.check.reasons.map(({ pageId, sentence }) => [pageId, sentence])).toEqual([
      [ids[0], 'The edge keeps an old copy.'],
      [ids[1], 'The edge keeps an old copy.'],
    ])
    expect(world.sent).toHaveLength(1)
  })

  test('pages that went cold with a wildcard are known as gone, and some are looked at', async () => {
    const right = Array.from({ length: 30 }, (_, at) => site.page(`/blog/right-${at}`, FRESH))
    const checked: (readonly number[])[] = []
    const world = plans.worldOf({
      onCheck: (ids) => {
        checked.push(ids)
        nowFresh(site, ids)
      },
    })
    const old = site.page('/blog/old', OUTDATED)
    const { id } = await world.feature.plans.create(SITE, { kind: 'everything' }, 'Ada')
    await world.feature.plans.start(id, 'Ada')
    const plan = await world.ended(id)
    expect(world.sent[0]?.items).toEqual(['/*'])
    expect(checked[0]?.[0]).toBe(old)
    expect(checked[0]).toHaveLength(21)
    expect(plan.check).toMatchObject({ total: 1, newVersion: 1, cold: { checked: 20, right: 20 } })
    for (const page of right) expect(site.row(page).purged_at).toEqual(expect.any(Number))
  })

  test('a check between the end at the edge and the news of it does not count as before the purge', async () => {
    let askedAtMs = 0
    const world = plans.worldOf({
      completed: () => {
        askedAtMs = Date.now()
        while (Date.now() < askedAtMs + 3);
        return true
      },
    })
    const id = site.page('/a', OUTDATED)
    await world.ended(await plans.started(world, [id]))
    expect(site.row(id).purged_at).toBeLessThanOrEqual(askedAtMs)
  })
})

describe('Visits', () => {
  test('follow the check, ask for what the edge does not hold, top pages first, and say for whom', async () => {
    const asked: (readonly number[])[] = []
    const world = plans.worldOf({
      onCheck: (ids) => {
        asked.push(ids)
        nowFresh(site, ids)
        for (const id of ids) seenNow(id, { stored: 'stored' })
      },
    })
    const gone = { ...FRESH, stored: 'not-stored' as const }
    const [deep, top, old] = [site.page('/a/b/c', gone), site.page('/z', gone), site.page('/old', OUTDATED)]
    const held = site.page('/held', FRESH)
    const draft = await world.feature.plans.create(SITE, { kind: 'pages', pageIds: [deep, top, old, held] }, 'Ada', {
      warm: true,
    })
    expect(draft.warm).toMatchObject({ wanted: true, total: 3 })
    await world.feature.plans.start(draft.id, 'Ada')
    const plan = await world.ended(draft.id)
    expect(asked).toEqual([[old], [top, deep]])
    expect(plan).toMatchObject({ state: 'done', warm: { state: 'done', total: 2, done: 2, stored: 2 } })
    expect(plan.result).toContain('2 of 2 visited pages are stored at FRA56 now.')
  })

  test('alone need no purge', async () => {
    const world = plans.worldOf({ onCheck: (ids) => ids.forEach((id) => seenNow(id, { stored: 'stored' })) })
    const id = site.page('/a', { ...FRESH, stored: 'not-stored' })
    const draft = await world.feature.plans.create(SITE, { kind: 'pages', pageIds: [id] }, 'Ada', { warm: true })
    expect(draft).toMatchObject({ blocked: null, title: '1 page requested through the edge · nothing is purged' })
    await world.feature.plans.start(draft.id, 'Ada')
    expect(await world.ended(draft.id)).toMatchObject({ state: 'done', warm: { stored: 1 } })
    expect(world.sent).toEqual([])
  })

  test('go on after a restart with what was not asked for yet', async () => {
    const gone = { ...FRESH, stored: 'not-stored' as const }
    const ids = ['/a', '/b'].map((path) => site.page(path, gone))
    let reached: () => void = () => {}
    const visiting = new Promise<void>((resolve) => (reached = resolve))
    const first = plans.worldOf({
      onCheck: async ([one]) => {
        seenNow(one ?? 0, { stored: 'stored' })
        reached()
        return new Promise<void>(() => {})
      },
    })
    const { id } = await first.feature.plans.create(SITE, { kind: 'pages', pageIds: ids }, 'Ada', { warm: true })
    await first.feature.plans.start(id, 'Ada')
    await visiting
    await first.stop()
    const asked: (readonly number[])[] = []
    const second = plans.worldOf({
      onCheck: (some) => {
        asked.push(some)
        for (const page of some) seenNow(page, { stored: 'stored' })
      },
    })
    second.feature.plans.resume()
    expect(await second.ended(id)).toMatchObject({ state: 'done', warm: { total: 2, done: 2, stored: 2 } })
    expect(asked).toEqual([[ids[1]]])
  })
})
