import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FRESH, OUTDATED, plansWorld, SITE, type PlansOptions, type PlansWorld } from '../../support/plans-world.ts'
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

/** Another site; with the same distribution unless it is said otherwise. */
function addSite(id: string, host: string, distributionId = 'E2QWRUHAPOMQZL'): (path: string, facts: object) => number {
  const edge = { kind: 'cloudfront', distributionId, endpoint: null, account: 'aws' }
  site.db.raw
    .prepare('INSERT INTO sites (id, name, settings_json, created_at) VALUES (?, ?, ?, 0)')
    .run(id, `The ${id}`, JSON.stringify({ edge }))
  const zone = site.db.raw
    .prepare('INSERT INTO zones (site_id, host, url) VALUES (?, ?, ?)')
    .run(id, host, `http://${host}`).lastInsertRowid
  return (path, facts) => site.page(path, { site_id: id, zone_id: Number(zone), ...facts })
}

describe('Another site on the same distribution', () => {
  test('loses the same path too: it is counted, and named with its zone', async () => {
    const docs = addSite('docs', 'docs.example.com')
    docs('/', FRESH)
    docs('/other', FRESH)
    const plan = await create([site.page('/', OUTDATED)])
    expect(plan.purge.items).toMatchObject([{ item: '/', pages: 1, alsoCold: 1 }])
    expect(plan.purge.notes).toContain(
      'An item names no host: of the other pages that go cold, 1 on docs.example.com (site The docs, on the same distribution).',
    )
  })

  test('is known to be purged when the purge is completed', async () => {
    const other = addSite('docs', 'docs.example.com')('/', FRESH)
    const { id } = await create([site.page('/', OUTDATED)])
    await world.feature.plans.start(id, 'Ada')
    await world.ended(id)
    expect(site.row(other).purged_at).not.toBeNull()
  })

  test('does not count when its distribution is another one', async () => {
    addSite('docs', 'docs.example.com', 'EOTHER')('/', FRESH)
    expect((await create([site.page('/', OUTDATED)])).purge).toMatchObject({ alsoCold: 0, notes: [] })
  })

  test('is shown among the pages of an item', async () => {
    const docs = addSite('docs', 'docs.example.com')
    docs('/a', FRESH)
    const { id } = await create([site.page('/a', OUTDATED)])
    const { rows, next } = await world.feature.plans.itemPages({ planId: id, item: '/a', after: null, limit: 10 })
    expect(rows.map(({ path, zoneHost, siteName, wanted }) => [path, zoneHost, siteName, wanted])).toEqual([
      ['/a', 'www.example.com', null, true],
      ['/a', 'docs.example.com', 'The docs', false],
    ])
    expect(next).toBeNull()
  })
})

describe('The pages of an item', () => {
  const all = async (planId: string, item: string, limit: number) => {
    const seen: string[] = []
    for (let after: string | null | undefined; after !== null;) {
      const part: Awaited<ReturnType<typeof world.feature.plans.itemPages>> = await world.feature.plans.itemPages({
        planId,
        item,
        after: after ?? null,
        limit,
      })
      seen.push(...part.rows.map(({ path }) => path))
      after = part.next
    }
    return seen
  }

  test('come in parts, each once, in any spelling and of every site', async () => {
    const docs = addSite('docs', 'docs.example.com')
    for (let at = 0; at < 7; at++) docs(`/käse/${at}`, FRESH)
    const ids = ['/käse/1', '/k%C3%A4se/2', '/käse/~3'].map((path) => site.page(path, OUTDATED))
    site.page('/kaese', FRESH)
    const { id } = await create(ids)
    const seen = await all(id, '/k%C3%A4se/*', 3)
    expect(seen).toEqual(['/k%C3%A4se/2', '/käse/1', '/käse/~3', ...Array.from({ length: 7 }, (_, at) => `/käse/${at}`)])
    expect(await all(id, '/k%C3%A4se/%7E3', 1)).toEqual(['/käse/~3'])
  })

  test('of a tag are those for which the edge stored it', async () => {
    const [a, b, c] = ['/a', '/b', '/c'].map((path) => site.page(path, OUTDATED)) as [number, number, number]
    site.tag(a, 'in_header', 'Menu')
    site.tag(b, 'in_header', 'menu')
    site.tag(c, 'in_html', 'menu')
    const { id } = await create([a, b, c])
    expect(await all(id, '#MENU', 1)).toEqual(['/a', '/b'])
  })
})

describe('Another address of a page that must go', () => {
  const bytes = { ...OUTDATED, edge_hash: 'sha256-page' }

  test.each([
    ['/a', '/a/', 'with a slash at the end'],
    ['/a/', '/a', 'without the slash at the end'],
    ['/a/', '/a/index.html', 'with index.html'],
    ['/a/index.html', '/a/', 'without index.html'],
    ['/index.html', '/', 'without index.html'],
    ['/k%c3%a4se', '/käse', 'in another encoding'],
    ['/a', '/a?utm=x', 'with a query string'],
  ])('(%s: %s) goes with it, and says why', async (asked, other, how) => {
    site.page(other, bytes)
    const plan = await create([site.page(asked, bytes)])
    expect(plan.counts.purge).toBe(2)
    expect(world.feature.store.pages(plan.id).at(-1)).toMatchObject({
      path: other,
      decision: 'purge',
      reason: `The edge holds an old copy; the origin has another version. It is ${asked} ${how}, which the edge keeps apart.`,
    })
  })

  test('stays when it is right, when it has other bytes, or when it is another page', async () => {
    site.page('/a/', FRESH)
    site.page('/a?page=2', OUTDATED)
    site.page('/ab', OUTDATED)
    site.page('/a.html', OUTDATED)
    const plan = await create([site.page('/a', { ...OUTDATED, edge_hash: 'sha256-page', origin_hash: 'sha256-new' })])
    expect(world.feature.store.pages(plan.id).map(({ path }) => path)).toEqual(['/a'])
  })

  test('is the same copy where the edge leaves queries out of its key: the path alone is the item', async () => {
    await world.stop()
    worldOf({
      behaviours: [
        { pattern: '/list*', policy: null, queryInKey: true },
        { pattern: '*', policy: null, queryInKey: false },
      ],
    })
    const ids = ['/a', '/a?x=1', '/a?x=2', '/list?x=1'].map((path) => site.page(path, OUTDATED))
    const plan = await create(ids)
    expect(plan.purge.items.map(({ item, pages }) => [item, pages])).toEqual([
      ['/a', 3],
      ['/list?x=1', 1],
    ])
    await world.feature.plans.start(plan.id, 'Ada')
    await world.ended(plan.id)
    expect(ids.map((id) => site.row(id).purged_at !== null)).toEqual([true, true, true, true])
  })
})
