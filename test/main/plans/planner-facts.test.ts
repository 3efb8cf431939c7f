import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ABSENT, ACCOUNT, builtRelease, FRESH, OUTDATED, PENDING, plansWorld, SITE } from '../../support/plans-world.ts'
import type { PlansOptions, PlansWorld } from '../../support/plans-world.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
let world: PlansWorld
const worldOf = (options: PlansOptions = {}) => (world = plansWorld(site, options))
beforeEach(async () => {
  site = await storedSite()
  worldOf()
})
afterEach(async () => {
  await world.stop()
  site.db.close()
})
const create = (pageIds: readonly number[]) => world.feature.plans.create(SITE, { kind: 'pages', pageIds: [...pageIds] }, 'Ada')
const tagged = (path: string, tags: string[], facts: object = OUTDATED, source: 'in_header' | 'in_html' = 'in_header') => {
  const id = site.page(path, facts)
  site.tag(id, source, ...tags)
  return id
}
const used = (items: number) => world.ledger.commit(ACCOUNT, 'earlier', items, Date.now())
const settings = { allowance: 1_000, priceMicroDollars: 5_000, softLimit: null, hardStop: null, incidentReserve: 0 }
const agree = (more: object) => world.settings.save(ACCOUNT, { ...settings, refillMicroDollars: 600, ...more }, 'Ada')

describe('A tag that is no item, or not for every page, says why', () => {
  const whys = async (ids: readonly number[]) => (await create(ids)).purge.leftOutTags.map(({ tag, why }) => `${tag}: ${why}`)

  test('when only the HTML names it', async () => {
    const ids = ['/a', '/b'].map((path) => tagged(path, ['menu'], OUTDATED, 'in_html'))
    expect(await whys(ids)).toEqual(['menu: only the HTML names it: the edge did not store it, so it would purge nothing.'])
  })

  test('when a page has more than 50', async () => {
    const many = Array.from({ length: 50 }, (_, at) => `t${at}`)
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu']), tagged('/crowded', ['menu', ...many])]
    expect(await whys(ids)).toEqual(['menu: 1 page goes by path: more than 50 tags on a page, and the edge drops some.'])
  })

  test('when the copies are from before the edge stored tags', async () => {
    const read = (tagHeader: string | null) =>
      site.db.raw
        .prepare('UPDATE sites SET edge_json = ? WHERE id = ?')
        .run(JSON.stringify({ id: 'E1', capabilities: { tagHeader } }), SITE)
    read(null)
    const early = { ...OUTDATED, copy_made_at: Date.now() - 60_000 }
    const ids = [tagged('/a', ['menu'], early), tagged('/b', ['menu'], early)]
    expect(await whys(ids)).toEqual([])
    read('cache-tag')
    const late = { ...OUTDATED, copy_made_at: Date.now() + 60_000 }
    const plan = await create([...ids, tagged('/c', ['menu'], late), tagged('/d', ['menu'], late)])
    expect(plan.purge.leftOutTags).toEqual([
      { tag: 'menu', why: '2 pages go by path: cached before the edge was set up to store tags.' },
    ])
    expect(plan.purge.items.map(({ item }) => item)).toEqual(['#menu', '/a', '/b'])
  })

  test('when it would purge a page whose origin is old', async () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu'])]
    const waits = tagged('/waits', ['menu'], PENDING)
    expect(await whys([...ids, waits])).toEqual(['menu: it would also purge /waits, whose origin is still old.'])
  })

  test('when the vendor takes no such tag', async () => {
    const ids = ['/a', '/b'].map((path) => tagged(path, ['ménu']))
    expect(await whys(ids)).toEqual([expect.stringContaining('visible ASCII')])
  })

  test('and that letter case makes no difference', async () => {
    const ids = [tagged('/a', ['Menu']), tagged('/b', ['menu'])]
    expect(await whys(ids)).toEqual(['Menu: also written menu; the edge folds case, so one item reaches both.'])
  })

  test('and a class without an id stands for its ids', async () => {
    for (const [at, id] of ['x', 'x', 'y', 'y'].entries()) tagged(`/${at}`, [`menu:${id}`])
    const plan = await world.feature.plans.create(SITE, { kind: 'tag', tag: 'menu' }, 'Ada')
    expect(plan.purge.items.map(({ item }) => item)).toEqual(['#menu:x', '#menu:y'])
    expect(plan.purge.notes).toContain(
      'menu has no id: edges match exact tags, so each of its ids is an item of its own. Here: #menu:x, #menu:y.',
    )
  })
})

describe('A wildcard', () => {
  test('says how much below it was never checked, and weighs it', async () => {
    const ids = Array.from({ length: 30 }, (_, at) => site.page(`/blog/${at + 10}`, OUTDATED))
    for (let at = 0; at < 70; at++) site.page(`/known/${at}`, ABSENT)
    const draft = await create(ids)
    expect(draft.purge.items).toMatchObject([{ item: '/blog/*', risk: { listed: 30, neverChecked: 0, unlisted: 2 } }])
    for (let at = 0; at < 30; at++) site.page(`/blog/new-${at}`)
    const unsure = await create(ids)
    expect(unsure.purge.items).toHaveLength(3)
    const one = await world.feature.plans.revise(unsure.id, { by: 'one' })
    expect(one.purge.items).toMatchObject([{ item: '/blog/*', alsoCold: 30, risk: { listed: 60, neverChecked: 30 } }])
  })

  test('risks less where the list of pages is whole', async () => {
    const ids = Array.from({ length: 30 }, (_, at) => site.page(`/blog/${at + 10}`, { ...OUTDATED, origin_basis: 'origin' }))
    for (let at = 0; at < 30; at++) site.page(`/known/${at}`)
    const unlisted = async () => {
      const { id } = await create(ids)
      const { ways } = (await world.feature.plans.revise(id, { by: 'one' })).purge
      return ways.find(({ by }) => by === 'one')?.unlisted
    }
    expect(await unlisted()).toBe(21)
    site.db.raw.prepare("UPDATE pages SET origin_basis = 'manifest'").run()
    expect(await unlisted()).toBe(6)
  })
})

describe('Refill', () => {
  test('is told for every way: renders, their measured duration and their price', async () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu']), tagged('/c', ['menu'])]
    const slow = { ...FRESH, renders_on_demand: 1, filled_by_check: 1 }
    tagged('/slow', ['menu'], { ...slow, ttfb_ms: 3_400 })
    tagged('/file', ['menu'], FRESH)
    const plan = await create(ids)
    expect(plan.purge.ways.map(({ by, refill }) => [by, refill])).toEqual([
      ['paths', { pages: 0, renders: 0, meanMs: null, microDollars: 0 }],
      ['auto', { pages: 0, renders: 0, meanMs: null, microDollars: 0 }],
      ['one', { pages: 2, renders: 1, meanMs: 3_400, microDollars: 1_200 }],
    ])
  })

  test('costs what the account says, and a slow page more than a fast one', async () => {
    agree({ refillMicroDollars: 100 })
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu']), tagged('/c', ['menu'])]
    const rendered = (ms: number) => ({ ...FRESH, filled_by_check: 1, ttfb_ms: ms })
    tagged('/slow', ['menu'], rendered(3_000))
    tagged('/fast', ['menu'], rendered(1_000))
    const plan = await create(ids)
    expect(plan.purge.items).toMatchObject([{ item: '#menu', alsoCold: 2, refillMicroDollars: 200 }])
  })
})

describe('A free item', () => {
  /** So many items a day for thirteen days, of which today is the last. */
  function spends(perDay: number) {
    const insert = site.db.raw.prepare(
      `INSERT INTO ledger (at, account, purge_id, kind, items, month) VALUES (?, ?, ?, 'commit', ?, strftime('%Y-%m', ? / 1000, 'unixepoch'))`,
    )
    for (let ago = 0; ago <= 12; ago++) {
      const at = Date.now() - ago * 86_400_000
      insert.run(at, ACCOUNT, `day-${ago}`, perDay + (ago % 2), at)
    }
  }

  test('is worth more, the likelier the month overruns', async () => {
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu']), tagged('/c', ['menu'])]
    for (const path of ['/x', '/y', '/z']) tagged(path, ['menu'], FRESH)
    const calm = await create(ids)
    expect(calm.purge.items.map(({ item }) => item)).toEqual(['/a', '/b', '/c'])
    spends(90)
    const budget = world.ledger.budget(ACCOUNT)
    expect(budget.overrunChance).toBeGreaterThan(0.5)
    expect((await create(ids)).purge.items.map(({ item }) => item)).toEqual(['#menu'])
  })
})

describe('A hard stop', () => {
  test('is kept when any way keeps it, although another one is cheaper', async () => {
    const ids = ['/a', '/b', '/c'].map((path) => tagged(path, ['menu']))
    for (let at = 0; at < 9; at++) tagged(`/right/${at}`, ['menu'], FRESH)
    expect((await create(ids)).purge.itemCount).toBe(3)
    used(10)
    agree({ hardStop: 12 })
    const plan = await create(ids)
    expect(plan.purge).toMatchObject({ items: [{ item: '#menu', alsoCold: 9 }], overCap: null })
    expect(plan.purge.notes).toContain('The hard stop leaves 2 purges: ways with more items are left out.')
  })

  test('that no way keeps is told with what to leave out, and the owner can still let it pass', async () => {
    used(10)
    agree({ hardStop: 12 })
    const ids = [tagged('/a', ['menu']), tagged('/b', ['menu']), site.page('/x', OUTDATED), site.page('/y', OUTDATED)]
    site.page('/keep', PENDING)
    const waits = site.page('/', PENDING)
    const plan = await create([...ids, waits])
    expect(plan.purge).toMatchObject({
      itemCount: 3,
      overCap: { most: 2, leaveOut: ['/y'], pages: 1 },
      notes: [
        'The hard stop leaves 2 purges, and everything together takes 3 purges at least. Without /y (1 page) the rest stays below it.',
      ],
    })
    await expect(world.feature.plans.start(plan.id, 'Ada')).rejects.toMatchObject({ code: 'CONFLICT' })
    await world.feature.plans.start(plan.id, 'Ada', { limit: false, stopReason: 'The menu has a wrong price.' })
    expect(await world.ended(plan.id)).toMatchObject({ state: 'done', purge: { itemCount: 3 } })
  })
})

describe('After a build', () => {
  test('the items are chosen anew for what changed, never more than were agreed to', async () => {
    const ids = Array.from({ length: 6 }, (_, at) => tagged(`/p/${at}`, ['menu'], PENDING))
    await world.stop()
    worldOf({
      build: async () => {
        site.db.raw.prepare('UPDATE pages SET origin_started_at = ?').run(Date.now() + 1)
        site.db.raw.prepare(`UPDATE pages SET origin_hash = 'sha256-new' WHERE id = ?`).run(ids[2])
        return builtRelease()
      },
    })
    const draft = await create(ids)
    expect(draft.purge.items.map(({ item }) => item)).toEqual(['#menu'])
    await world.feature.plans.start(draft.id, 'Ada')
    expect((await world.ended(draft.id)).purge.items).toMatchObject([{ item: '/p/2', alsoCold: 0 }])
  })

  test('what would take more items than were agreed to is held back by name, and nothing that must stay is reached', async () => {
    const ids = Array.from({ length: 4 }, (_, at) => tagged(`/p/${at}`, ['menu'], PENDING))
    await world.stop()
    worldOf({
      build: async () => {
        // The first page's content changed again while it was built.
        site.db.raw.prepare('UPDATE pages SET origin_started_at = ?').run(Date.now() + 1)
        site.db.raw.prepare(`UPDATE pages SET origin_hash = 'sha256-new'`).run()
        site.db.raw.prepare('UPDATE pages SET changed_since = ? WHERE id = ?').run(Date.now() + 5_000, ids[0])
        return builtRelease()
      },
    })
    const draft = await create(ids)
    expect(draft.purge.itemCount).toBe(1)
    await world.feature.plans.start(draft.id, 'Ada')
    await world.ended(draft.id)
    expect(world.sent.map(({ items }) => items)).toEqual([['/p/1']])
    expect(world.feature.store.pages(draft.id).map(({ path, decision }) => [path, decision])).toEqual([
      ['/p/0', 'held-back'],
      ['/p/1', 'purge'],
      ['/p/2', 'held-back'],
      ['/p/3', 'held-back'],
    ])
    expect(world.feature.store.pages(draft.id)[3]?.reason).toBe(
      'With it the plan would take more items than were agreed to. Make a new plan for it.',
    )
  })
})

describe('Pasted lines', () => {
  test('5,000 of them, good and bad, are all told apart, and none is lost', async () => {
    const bad: [line: string, reason: RegExp][] = [
      [`/${'a'.repeat(4_001)}`, /4000 characters and this one has 4002/],
      ['/half-\ud800', /half a character/],
      ['https://www.example.com/half-\ud800', /half a character/],
      ['/a/*/b', /no wildcard/],
      ['/blog/*', /no wildcard/],
      ['#first,second', /tag/],
      ['no-slash', /begins with a slash/],
      ['https://elsewhere.example/x', /no zone of this site/],
      ['ftp://www.example.com/x', /Not a web address/],
      ['/tab\tinside', /control character/],
    ]
    const good = Array.from({ length: 4_990 }, (_, at) => `/page/${at}`)
    for (let at = 0; at < 100; at++) site.page(`/page/${at}`, OUTDATED)
    const text = [...good, ...bad.map(([line]) => line)].join('\n')
    const plan = await world.feature.plans.create(SITE, { kind: 'paths', text }, 'Ada')
    expect(plan.counts).toMatchObject({ purge: 4_990, refused: bad.length, notNeeded: 0 })
    const refused = world.feature.store.pageRows(plan.id, ['refused'], 0, 20).rows
    for (const [line, reason] of bad)
      expect(refused.find(({ path }) => path === line.slice(0, 4_000).toWellFormed())?.reason ?? line).toMatch(reason)
  })
})

test('The same facts give the same plan', async () => {
  const ids = Array.from({ length: 60 }, (_, at) => tagged(`/${at % 7}/${at}`, [`t${at % 5}`, `u${at % 3}`]))
  for (let at = 0; at < 60; at++) tagged(`/${at % 7}/right-${at}`, [`t${at % 4}`], FRESH)
  const plans = [await create(ids), await create(ids.toReversed())].map(({ purge }) => purge)
  expect(plans[0]).toEqual(plans[1])
})
