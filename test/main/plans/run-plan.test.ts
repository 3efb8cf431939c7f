import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../support/core-client.ts'
import {
  ACCOUNT,
  builtRelease,
  FRESH,
  nowFresh,
  OUTDATED,
  PENDING,
  refused,
  SITE,
  throttled,
  unreachable,
} from '../../support/plans-world.ts'
import { runningPlans, type RunningPlans } from '../../support/running-plans.ts'
import { SHOP, type StoredSite } from '../../support/stored-site.ts'

const named = (planId: string, part: number): unknown =>
  expect.stringMatching(new RegExp(`^frostline/[a-z0-9]{8}/[a-z0-9]{4}/${planId}/${part}$`))

let plans: RunningPlans
let site: StoredSite
beforeEach(async () => {
  plans = await runningPlans()
  site = plans.site
})
afterEach(() => plans.end())

describe('A plan that runs', () => {
  test('sends its items once, is charged once, and proves what came out', async () => {
    const world = plans.worldOf()
    const ids = [site.page('/a', OUTDATED), site.page('/b', OUTDATED), site.page('/right', FRESH)]
    const plan = await world.ended(await plans.started(world, ids))
    expect(plan).toMatchObject({
      state: 'done',
      result: '2 of 2 show the new version from here (FRA56). 2 purges used (free).',
      purge: { state: 'done' },
      check: { state: 'done', done: 2, total: 2, newVersion: 2, vantage: 'FRA56' },
    })
    expect(world.sent).toEqual([{ items: ['/a', '/b'], reference: named(plan.id, 1) }])
    expect(plans.ledgerRows()).toEqual([
      { kind: 'reserve', items: 2 },
      { kind: 'commit', items: 2 },
    ])
    expect(world.feature.store.pages(plan.id).map(({ path, result }) => [path, result])).toEqual([
      ['/a', 'new-version'],
      ['/b', 'new-version'],
      ['/right', null],
    ])
  })

  test('started twice at one moment runs once', async () => {
    const world = plans.worldOf()
    const { id } = await world.feature.plans.create(SITE, { kind: 'pages', pageIds: [site.page('/a', OUTDATED)] }, 'Ada')
    const starts = await Promise.allSettled([world.feature.plans.start(id, 'Ada'), world.feature.plans.start(id, 'Bob')])
    expect(starts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await world.ended(id)
    await expect(world.feature.plans.start(id, 'Ada')).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'This plan has been started already.',
    })
    expect(world.sent).toHaveLength(1)
  })

  test('of more items than one request takes sends several, each with its reference', async () => {
    const world = plans.worldOf({ itemsPerRequest: 2 })
    const plan = await world.ended(
      await plans.started(
        world,
        ['/a', '/b', '/c', '/d', '/e'].map((path) => site.page(path, { ...OUTDATED, origin_basis: 'origin' })),
      ),
    )
    expect(world.sent).toEqual([
      { items: ['/a', '/b'], reference: named(plan.id, 1) },
      { items: ['/c', '/d'], reference: named(plan.id, 2) },
      { items: ['/e'], reference: named(plan.id, 3) },
    ])
    expect(
      plans
        .ledgerRows()
        .filter(({ kind }) => kind === 'commit')
        .reduce((sum, { items }) => sum + items, 0),
    ).toBe(5)
  })

  test('tells every page that its items purge, in every zone and spelling, that it is gone', async () => {
    const world = plans.worldOf({ onCheck: () => {} })
    const ids = [site.page('/a', OUTDATED), site.page('/~ada', OUTDATED), site.page('/t1', OUTDATED), site.page('/t2', OUTDATED)]
    const collateral = [site.page('/a', { ...FRESH, zone_id: SHOP }), site.page('/~ada', { ...FRESH, zone_id: SHOP })]
    for (const id of ids.slice(2)) site.tag(id, 'in_header', 'Menu')
    const other = site.page('/other', FRESH)
    site.tag(other, 'in_html', 'Menu')
    await world.ended(await plans.started(world, ids))
    expect(world.sent[0]?.items).toEqual(expect.arrayContaining(['#Menu', '/a', '/%7Eada']))
    for (const id of [...ids, ...collateral]) expect([id, site.row(id).purged_at]).toEqual([id, expect.any(Number)])
    expect(site.row(other).purged_at).toBeNull()
  })

  test('names the pages that are not new', async () => {
    const world = plans.worldOf({
      onCheck: ([first, second, third]) => {
        nowFresh(site, [first ?? 0])
        site.db.raw.prepare('UPDATE pages SET observed_at = ? WHERE id = ?').run(Date.now(), second)
        site.db.raw.prepare(`UPDATE pages SET failed_at = ?, failure = 'No answer.' WHERE id = ?`).run(Date.now(), third)
      },
    })
    const plan = await world.ended(
      await plans.started(
        world,
        ['/a', '/b', '/c'].map((path) => site.page(path, OUTDATED)),
      ),
    )
    expect(plan).toMatchObject({
      state: 'done',
      result: '1 of 3 shows the new version from here (FRA56). Not yet: /b, /c. 3 purges used (free).',
    })
    expect(world.feature.store.pages(plan.id).map(({ result, resultReason }) => [result, resultReason])).toEqual([
      ['new-version', null],
      ['still-old', 'The edge still gives other bytes than the origin has.'],
      ['failed', 'No answer.'],
    ])
  })

  test('takes a copy that a visitor made since the purge for new, where nothing can be compared', async () => {
    let intent = 0
    const world = plans.worldOf({
      purge: async (_items, reference) => {
        intent = Date.now()
        return { remoteId: reference }
      },
      completed: () => Date.now() > intent + 1_500,
      onCheck: ([id]) =>
        site.db.raw.prepare('UPDATE pages SET observed_at = ?, copy_made_at = ? WHERE id = ?').run(Date.now(), intent, id),
    })
    const plan = await world.ended(await plans.started(world, [site.page('/a', { ...OUTDATED, origin_hash: null })]))
    expect(plan).toMatchObject({ state: 'done', check: { newVersion: 1 } })
  })

  test('of paths in no list purges them without a check', async () => {
    const world = plans.worldOf()
    const { id } = await world.feature.plans.create(SITE, { kind: 'paths', text: '/nowhere' }, 'Ada')
    await world.feature.plans.start(id, 'Ada')
    expect(await world.ended(id)).toMatchObject({
      state: 'done',
      result: '1 purge used (free). 1 path is in no list and was purged without a check.',
      check: { state: 'skipped' },
    })
  })
})

describe('A plan that builds first', () => {
  test('purges what the build has changed, and nothing else', async () => {
    const changed = site.page('/changed', PENDING)
    const world = plans.worldOf({
      build: async () => {
        site.db.raw.prepare(`UPDATE pages SET origin_started_at = ?`).run(Date.now() + 1)
        site.db.raw.prepare(`UPDATE pages SET origin_hash = 'sha256-new' WHERE id = ?`).run(changed)
        return builtRelease()
      },
    })
    const plan = await world.ended(await plans.started(world, [changed, site.page('/same', PENDING)]))
    expect(world.sent.map(({ items }) => items)).toEqual([['/changed']])
    expect(plan).toMatchObject({
      state: 'done',
      build: { state: 'done', message: 'Release r-2 is live after 2 s.' },
      counts: { purge: 1, notNeeded: 1 },
    })
  })

  test.each([
    [
      'fails',
      builtRelease({ state: 'failed', release: null, error: 'No space left.' }),
      /^The build failed: No space left\. Nothing was purged/,
    ],
    ['is cancelled', builtRelease({ state: 'cancelled', release: null }), /^The build was cancelled\. Nothing was purged/],
    [
      'is not published',
      builtRelease({ release: { id: 'r', published: false, publishedAtMs: null, manifestUrl: '' } }),
      /its release is not published\. Nothing was purged/,
    ],
    [
      'tells no more',
      builtRelease({ state: 'accepted', release: null }),
      /accepted the build and tells no more\. Nothing was purged/,
    ],
  ])('and whose build %s purges nothing', async (_what, build, sentence) => {
    const world = plans.worldOf({ build: async () => build })
    const plan = await world.ended(await plans.started(world, [site.page('/a', PENDING)]))
    expect(plan).toMatchObject({ state: 'failed', result: expect.stringMatching(sentence), build: { state: 'failed' } })
    expect([world.sent, plans.ledgerRows()]).toEqual([[], []])
  })

  test('and is cancelled during the build purges nothing', async () => {
    const world = plans.worldOf({ build: () => new Promise(() => {}) })
    const id = await plans.started(world, [site.page('/a', PENDING)])
    world.feature.plans.cancel(id)
    expect(await world.ended(id)).toMatchObject({
      state: 'cancelled',
      result: 'Cancelled before anything was purged. A build that had been triggered goes on.',
    })
    expect(world.sent).toEqual([])
  })
})

describe('An edge that does not take it', () => {
  test('at once is waited for, with a sentence, and gets the same reference', async () => {
    const world = plans.worldOf({
      purge: async (_items, reference, attempt) => {
        if (attempt === 1) throw throttled()
        return { remoteId: reference }
      },
    })
    const id = await plans.started(world, [site.page('/a', OUTDATED)])
    const waiting = await eventually(
      async () => world.feature.store.read(id),
      (plan) => plan.purge.waitsUntilMs !== null,
    )
    expect(waiting.purge.message).toMatch(/asks to slow down\. Nothing is lost: it goes on with the same request by itself\./)
    expect(await world.ended(id)).toMatchObject({ state: 'done', purge: { waitsUntilMs: null } })
    expect(new Set(world.sent.map(({ reference }) => reference)).size).toBe(1)
    expect(plans.ledgerRows().map(({ kind }) => kind)).toEqual(['reserve', 'commit'])
  })

  test('for good fails the plan, and the reservation is given back', async () => {
    const world = plans.worldOf({
      purge: async () => {
        throw refused()
      },
    })
    const plan = await world.ended(await plans.started(world, [site.page('/a', OUTDATED)]))
    expect(plan).toMatchObject({
      state: 'failed',
      result: 'These credentials may not purge. Enter others.',
      purge: { state: 'failed' },
    })
    expect([plans.ledgerRows().map(({ kind }) => kind), plans.purgeStates()]).toEqual([['reserve', 'release'], ['refused']])
    expect(world.ledger.budget(ACCOUNT)).toMatchObject({ used: 0, reserved: 0 })
  })

  test('after an attempt without an answer keeps the reservation: it may have arrived', async () => {
    const world = plans.worldOf({
      purge: async (_items, _reference, attempt) => {
        throw attempt === 1 ? unreachable() : refused()
      },
    })
    const plan = await world.ended(await plans.started(world, [site.page('/a', OUTDATED)]))
    expect(plan).toMatchObject({
      state: 'failed',
      result: expect.stringContaining(
        'it could not be looked up: This edge keeps no list of purges. Its items stay reserved until it can.',
      ),
    })
    expect([plans.ledgerRows().map(({ kind }) => kind), plans.purgeStates()]).toEqual([['reserve'], ['intent']])
  })
})
