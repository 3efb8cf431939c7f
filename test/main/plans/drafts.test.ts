import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  ABSENT,
  ACCOUNT,
  builtRelease,
  FRESH,
  OUTDATED,
  PENDING,
  plansWorld,
  SITE,
  type PlansWorld,
} from '../../support/plans-world.ts'
import { SHOP, storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
let world: PlansWorld
beforeEach(async () => {
  site = await storedSite()
  world = plansWorld(site)
})
afterEach(async () => {
  await world.stop()
  site.db.close()
})
const draftOf = (pageIds: number[]) => world.feature.plans.create(SITE, { kind: 'pages', pageIds }, 'Ada')
const used = (items: number) => world.ledger.commit(ACCOUNT, 'earlier', items, Date.now())
const purgeCount = () => site.db.raw.prepare<[], { count: number }>('SELECT count(*) AS count FROM purges').get()?.count

describe('A draft', () => {
  test('sends nothing, reserves nothing, and says what it would do with each page', async () => {
    const plan = await draftOf([
      site.page('/old', OUTDATED),
      site.page('/right', FRESH),
      site.page('/waits', PENDING),
      site.page('/none', ABSENT),
    ])
    expect(plan).toMatchObject({
      state: 'draft',
      by: 'Ada',
      startedAtMs: null,
      blocked: null,
      result: null,
      counts: { purge: 1, heldBack: 1, notNeeded: 2, afterBuild: 0, refused: 0 },
      purge: {
        itemCount: 1,
        pageCount: 1,
        items: [{ item: '/old', kind: 'path', pages: 1, alsoCold: 0 }],
        atMost: false,
        priceMicroDollars: 0,
      },
      title: '1 page replaced with 1 purge · free · 0 other pages go cold',
    })
    expect(world.feature.store.pageRows(plan.id, undefined, 0, 10).rows.map((page) => [page.path, page.decision])).toEqual([
      ['/none', 'not-needed'],
      ['/old', 'purge'],
      ['/right', 'not-needed'],
      ['/waits', 'held-back'],
    ])
    expect([world.sent, purgeCount(), world.ledger.budget(ACCOUNT).reserved]).toEqual([[], 0, 0])
    expect(world.feature.store.read(plan.id)).toEqual(plan)
  })

  test('of pasted lines shows what was refused and what is in no list', async () => {
    site.page('/old', OUTDATED)
    const plan = await world.feature.plans.create(
      SITE,
      { kind: 'paths', text: '/old\n/nowhere\nhttps://elsewhere.example/x' },
      'Ada',
    )
    expect(plan.counts).toMatchObject({ purge: 2, refused: 1 })
    expect(world.feature.store.pages(plan.id).map(({ path, decision, pageId }) => [path, decision, pageId !== null])).toEqual([
      ['https://elsewhere.example/x', 'refused', false],
      ['/old', 'purge', true],
      ['/nowhere', 'purge', false],
    ])
  })

  test('lists its pages in parts, by decision', async () => {
    const ids = site.db.transact(() =>
      Array.from({ length: 25 }, (_, index) => site.page(`/p/${index + 10}`, index % 2 ? OUTDATED : FRESH)),
    )
    const { id } = await draftOf(ids)
    const seen: string[] = []
    for (let after: number | null = 0; after !== null;) {
      const part = world.feature.store.pageRows(id, ['purge'], after, 5)
      seen.push(...part.rows.map(({ path }) => path))
      after = part.next
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => `/p/${index * 2 + 11}`))
  })
})

describe('A price', () => {
  test.each<[usedBefore: number, items: number, price: number, left: number, words: string]>([
    [0, 4, 0, 996, 'free'],
    [996, 4, 0, 0, 'free'],
    [998, 4, 10_000, 0, '$0.01'],
    [999, 2, 5_000, 0, '$0.005'],
    [1_000, 3, 15_000, 0, '$0.015'],
    [5_000, 20, 100_000, 0, '$0.10'],
  ])('with %i used and %i items is %i micro-dollars', async (usedBefore, items, price, left, words) => {
    if (usedBefore > 0) used(usedBefore)
    const draft = await draftOf(Array.from({ length: items }, (_, index) => site.page(`/${index}`, OUTDATED)))
    const plan = await world.feature.plans.revise(draft.id, { by: 'paths' })
    expect(plan.purge).toMatchObject({
      itemCount: items,
      priceMicroDollars: price,
      allowanceAfter: left,
      allowanceBefore: Math.max(0, 1_000 - usedBefore),
      allowanceAtMost: true,
    })
    expect(plan.title).toContain(` · ${words} · `)
  })

  test('counts what other plans have reserved', async () => {
    used(990)
    world.ledger.reserve(ACCOUNT, 'other-plan-1', 9)
    for (let at = 0; at < 20; at++) site.page(`/right/${at}`, FRESH)
    const plan = await draftOf([site.page('/a', OUTDATED), site.page('/b', OUTDATED)])
    expect(plan.purge).toMatchObject({ priceMicroDollars: 5_000, allowanceBefore: 1, allowanceAfter: 0 })
  })
})

describe('A draft that cannot be started says why', () => {
  test.each<[string, () => number[], RegExp]>([
    [
      'held back',
      () => [site.page('/a', PENDING)],
      /^1 page held back: .*Purging now would only store the old page again\. Build first\.$/,
    ],
    ['nothing old', () => [site.page('/a', FRESH)], /^Nothing to purge: the edge holds no old copy/],
    ['all refused', () => [site.page(`/${'a'.repeat(4_000)}`, OUTDATED)], /^Nothing can be sent: every line was refused/],
  ])('%s', async (_name, pages, why) => {
    const plan = await draftOf(pages())
    expect(plan.blocked).toMatch(why)
    await expect(world.feature.plans.start(plan.id, 'Ada')).rejects.toMatchObject({ code: 'CONFLICT', message: plan.blocked })
    expect(world.feature.store.read(plan.id).state).toBe('draft')
  })

  test('a build that is wanted and not possible', async () => {
    const draft = await draftOf([site.page('/a', PENDING)])
    const plan = await world.feature.plans.revise(draft.id, { build: true })
    expect(plan.blocked).toBe('This site has no build hook. Build it where it is built, then plan again.')
  })
})

describe('A draft that is worked out again', () => {
  test('with a build counts the most that it can become', async () => {
    world = plansWorld(site, { build: async () => builtRelease() })
    const draft = await draftOf([
      site.page('/waits', PENDING),
      site.page('/right', FRESH),
      site.page('/old', OUTDATED),
      site.page('/none', ABSENT),
    ])
    expect(draft).toMatchObject({
      build: { wanted: true, possible: true, needed: true },
      counts: { purge: 1, afterBuild: 2, notNeeded: 1 },
      purge: { itemCount: 3, atMost: true },
    })
    expect(draft.title).toMatch(/^Build, then 3 pages replaced with at most 3 purges/)
    const without = await world.feature.plans.revise(draft.id, { build: false })
    expect(without).toMatchObject({
      build: { wanted: false, needed: true },
      counts: { purge: 1, heldBack: 1, notNeeded: 2 },
      purge: { itemCount: 1, atMost: false },
    })
  })

  test('offers three ways, and takes the one that is chosen', async () => {
    const ids = ['/a', '/b', '/c'].map((path) => site.page(path, OUTDATED))
    const right = site.page('/right', FRESH)
    for (const id of [...ids, right]) site.tag(id, 'in_header', 'menu')
    site.page('/untagged', FRESH)
    const draft = await draftOf(ids)
    expect(draft.purge.ways.map(({ by, items, alsoCold }) => [by, items, alsoCold])).toEqual([
      ['paths', 3, 0],
      ['auto', 1, 1],
      ['one', 1, 1],
    ])
    expect(draft.purge.items.map(({ item }) => item)).toEqual(['#menu'])
    expect(draft.purge.curve).toEqual([
      { items: 1, alsoCold: 1, exact: true },
      { items: 3, alsoCold: 0, exact: true },
    ])
    const exact = await world.feature.plans.revise(draft.id, { by: 'paths' })
    expect(exact.purge).toMatchObject({ by: 'paths', itemCount: 3, alsoCold: 0, gapMicroDollars: 0, notes: [] })
    expect((await world.feature.plans.revise(draft.id, { by: 'one' })).purge).toMatchObject({ by: 'one', itemCount: 1 })
  })

  test('for a class of tags notes that each id is an item', async () => {
    site.tag(site.page('/a', OUTDATED), 'in_header', 'list:1')
    site.tag(site.page('/b', { ...OUTDATED, zone_id: SHOP }), 'in_header', 'list:2')
    const plan = await world.feature.plans.create(SITE, { kind: 'tag', tag: 'list' }, 'Ada')
    expect(plan.purge.items.map(({ item }) => item)).toEqual(['/a', '/b'])
    expect(plan.purge.notes).toEqual(['list has no id: edges match exact tags, so each of its ids is an item of its own.'])
  })

  test('for an edge without tags notes that it would purge nothing', async () => {
    world = plansWorld(site, { purgesTags: false })
    site.tag(site.page('/a', OUTDATED), 'in_header', 'list:1')
    const plan = await world.feature.plans.create(SITE, { kind: 'tag', tag: 'list' }, 'Ada')
    expect(plan.purge).toMatchObject({ items: [{ item: '/a' }], notes: [expect.stringContaining('ETEST stores none')] })
  })

  test('after it was started is refused', async () => {
    const { id } = await draftOf([site.page('/old', OUTDATED)])
    await world.feature.plans.start(id, 'Ada')
    await world.ended(id)
    await expect(world.feature.plans.revise(id, { by: 'paths' })).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('that nobody started is removed after a week, at the next start', async () => {
    const [old, young] = [await draftOf([site.page('/old', OUTDATED)]), await draftOf([site.page('/young', OUTDATED)])]
    site.db.raw.prepare('UPDATE plans SET created_at = created_at - ? WHERE id = ?').run(7 * 24 * 3_600_000 + 60_000, old.id)
    world.feature.plans.resume()
    expect((await world.feature.plans.list(SITE)).map(({ id }) => id)).toEqual([young.id])
  })
})
