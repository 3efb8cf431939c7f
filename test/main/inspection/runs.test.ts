import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { afterEach, describe, expect, test } from 'vitest'
import type { InspectionRun } from '#shared/inspection-runs.ts'
import { checkedSite, gate, hit, type CheckedSite } from '../../support/checked-site.ts'
import { eventually, startTestCore, type Client } from '../../support/core-client.ts'
import { startCoreProcess } from '../../support/core-process.ts'
import { SITE } from '../../support/stored-site.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function opened(site: CheckedSite): Promise<Client> {
  ends.push(site.server.stop)
  const core = await startTestCore({ dataFolder: site.dataFolder })
  ends.push(core.close)
  return core.client
}

const ALL = { filter: {}, exceptPageIds: [] }
const start = (client: Client, rendersAtMost = 1_000) =>
  client.inspection.startRun({ siteId: SITE, selection: ALL, rendersAtMost })
const latest = async (client: Client): Promise<InspectionRun> => {
  const run = await client.inspection.latestRun({ siteId: SITE })
  if (!run) throw new Error('There is no run.')
  return run
}
const ended = (client: Client) =>
  eventually(
    () => latest(client),
    (run) => run.state !== 'running' && run.state !== 'paused',
  )
const unique = (paths: readonly string[]) => new Set(paths).size

describe('A check of a whole site', () => {
  test('asks for every page once and says how many are other ones than last time', async () => {
    const bodies = new Map<string, string>()
    const site = await checkedSite({ pages: 40 }, ({ path }) => hit(bodies.get(path) ?? 'as it was'))
    const client = await opened(site)
    await start(client)
    expect(await ended(client)).toMatchObject({
      state: 'done',
      total: 40,
      done: 40,
      failed: 0,
      renders: 0,
      changed: 0,
      whole: true,
    })
    expect([site.asked().length, unique(site.asked())]).toEqual([40, 40])

    for (const path of ['/p/3', '/p/7', '/p/31']) bodies.set(path, 'new')
    const second = await start(client)
    expect(await ended(client)).toMatchObject({ state: 'done', done: 40, changed: 3 })
    const { rows } = await client.pages.list({ siteId: SITE, filter: { changedSinceMs: second.startedAtMs } })
    expect(rows.map(({ path }) => path).sort()).toEqual(['/p/3', '/p/31', '/p/7'])
  })

  test('asks again with the validator, and keeps bytes and tags of what the edge confirms', async () => {
    const conditions: (string | undefined)[] = []
    const site = await checkedSite({ pages: 5 }, ({ path, headers }) => {
      conditions.push(headers['if-none-match'])
      const etag = `"${path}"`
      if (headers['if-none-match'] === etag)
        return { status: 304, headers: { etag, 'x-cache': 'Hit from cloudfront', 'cache-control': 's-maxage=600', age: '30' } }
      return hit(`<ssr-cache data-class="pb-menu" data-id="main"></ssr-cache>${path}`, { etag })
    })
    const client = await opened(site)
    await start(client)
    await ended(client)
    const [pageId = 0] = site.pageIds
    const before = await client.pages.get({ pageId })
    await start(client)
    expect(await ended(client)).toMatchObject({ done: 5, changed: 0, renders: 0, failed: 0 })
    expect(conditions.slice(0, 5)).toEqual(Array.from({ length: 5 }, () => undefined))
    expect(conditions.slice(5).every((condition) => condition !== undefined)).toBe(true)
    const after = await client.pages.get({ pageId })
    expect(after).toMatchObject({ status: 200, edgeHash: before.edgeHash, sizeBytes: before.sizeBytes, tags: ['pb-menu:main'] })
    expect(after).toMatchObject({ ageSeconds: 30, lifetimeRule: 's-maxage=600' })
    expect(before).toMatchObject({ ageSeconds: 1, lifetimeRule: 's-maxage=60' })
  })

  test('does not believe a "not modified" that the origin gave', async () => {
    const site = await checkedSite({ pages: 1 }, ({ headers }) =>
      headers['if-none-match'] === undefined
        ? hit('here', { etag: '"1"' })
        : { status: 304, headers: { etag: '"1"', 'x-cache': 'Miss from cloudfront' } },
    )
    const client = await opened(site)
    await start(client)
    await ended(client)
    await start(client)
    expect(await ended(client)).toMatchObject({ done: 1, renders: 1 })
    expect(site.asked()).toHaveLength(3)
  })

  test('never asks for more at one time than the site allows, whatever else checks it', async () => {
    const site = await checkedSite({ pages: 60, parallel: 3 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return hit('here')
    })
    const client = await opened(site)
    await eventually(
      async () => site.server.requests.length,
      (count) => count > 0,
    )
    await start(client)
    await client.inspection.check({ siteId: SITE, selection: { kind: 'pages', pageIds: site.pageIds.slice(0, 20) } })
    await ended(client)
    expect(site.server.mostAtOnce()).toBeLessThanOrEqual(4)
    expect(site.server.mostAtOnce()).toBeGreaterThan(1)
  })

  test('looks first at the rows that somebody sees', async () => {
    const held = gate()
    const site = await checkedSite({ pages: 30, parallel: 1 }, async ({ path }) => {
      if (path === '/p/0') await held.opened
      return hit('here')
    })
    const client = await opened(site)
    await start(client)
    await eventually(
      async () => site.asked(),
      (asked) => asked.length === 1,
    )
    // The first one is being asked for just now.
    const seen = [0, 25, 26].map((index) => site.pageIds[index] ?? 0)
    expect(await client.inspection.showFirst({ siteId: SITE, pageIds: seen })).toEqual({ first: 3 })
    held.open()
    await ended(client)
    expect(site.asked().slice(0, 4)).toEqual(['/p/0', '/p/25', '/p/26', '/p/1'])
    expect([site.asked().length, unique(site.asked())]).toEqual([30, 30])
  })

  test('asks once for a page that a check from before it began has stored meanwhile', async () => {
    const held = gate()
    const site = await checkedSite({ pages: 3, parallel: 1 }, async ({ path }) => {
      if (path === '/p/0') await held.opened
      return hit('here')
    })
    const client = await opened(site)
    const { startedAtMs } = await start(client)
    await eventually(
      async () => site.asked(),
      (asked) => asked.length === 1,
    )
    // By then the run has read which pages it will ask for; now the last of them stands behind them once more.
    const db = new BetterSqlite3(join(site.dataFolder, 'frostline.db'))
    db.prepare('UPDATE pages SET observed_at = ? WHERE id = ?').run(startedAtMs - 1, site.pageIds[2])
    db.close()
    held.open()
    expect(await ended(client)).toMatchObject({ state: 'done', done: 3, total: 3 })
    expect(site.asked()).toEqual(['/p/0', '/p/1', '/p/2'])
  })
})

describe('A site that asks for a pause', () => {
  test('is asked for nothing until it is over, and then for the same page again', async () => {
    const told: number[] = []
    const after: number[] = []
    const site = await checkedSite({ pages: 6, parallel: 1 }, ({ path, before }) => {
      if (path === '/p/2' && before === 0) {
        told.push(Date.now())
        return { status: 429, headers: { 'retry-after': '1' }, body: 'slow down' }
      }
      if (told.length > 0) after.push(Date.now())
      return hit('here')
    })
    const client = await opened(site)
    await start(client)
    const waiting = await eventually(
      () => latest(client),
      (run) => run.waitsUntilMs !== null,
    )
    expect(waiting.state).toBe('running')
    const [job] = await client.activity.jobs()
    expect(job?.note).toContain('asked for a pause until')
    expect(await ended(client)).toMatchObject({ state: 'done', done: 6, failed: 0 })
    expect((after[0] ?? 0) - (told[0] ?? Infinity)).toBeGreaterThanOrEqual(1_000)
    expect((await client.pages.get({ pageId: site.pageIds[2] ?? 0 })).status).toBe(200)
  })
})

describe('The limit of renders', () => {
  const miss = { headers: { 'x-cache': 'Miss from cloudfront', 'cache-control': 's-maxage=60' }, body: 'rendered' }

  test('ends a check when it is reached; a higher one lets it go on with the rest', async () => {
    const site = await checkedSite({ pages: 30 }, ({ before }) => (before === 0 ? miss : hit('rendered')))
    const client = await opened(site)
    await start(client, 10)
    const capped = await ended(client)
    expect(capped).toMatchObject({ state: 'capped', renders: 10, done: 10 })
    expect(capped.note).toContain('10')
    expect(unique(site.asked())).toBe(10)
    await expect(client.inspection.resumeRun({ runId: capped.id })).rejects.toThrow('used its renders up')
    await client.inspection.resumeRun({ runId: capped.id, rendersAtMost: 100 })
    expect(await ended(client)).toMatchObject({ state: 'done', renders: 30, done: 30 })
    expect(site.asked()).toHaveLength(60)
  })

  test('counts what the check costs before it starts', async () => {
    const site = await checkedSite({ pages: 30 }, () => hit('here'))
    const client = await opened(site)
    const selection = { kind: 'filter' as const, filter: {}, exceptPageIds: [] }
    expect(await client.inspection.estimate({ siteId: SITE, selection })).toMatchObject({ pages: 30, rendersAtMost: 30 })
    await start(client)
    await ended(client)
    expect(await client.inspection.estimate({ siteId: SITE, selection })).toMatchObject({ pages: 30, rendersAtMost: 0 })
  })
})

describe('A check that is', () => {
  test('paused goes on with the rest; cancelled asks for nothing more', async () => {
    const held = gate()
    const site = await checkedSite({ pages: 50, parallel: 2 }, async ({ path }) => {
      if (Number(path.slice(3)) >= 20) await held.opened
      return hit('here')
    })
    const client = await opened(site)
    const { id } = await start(client)
    await eventually(
      async () => site.asked(),
      (asked) => asked.includes('/p/20'),
    )
    const [job] = await client.activity.jobs()
    expect(job).toMatchObject({ paused: false, total: 50 })
    await client.activity.pauseJob({ jobId: job?.id ?? '', paused: true })
    held.open()
    await eventually(
      async () => (await client.activity.jobs())[0],
      (now) => now?.paused === true,
    )
    expect(await latest(client)).toMatchObject({ state: 'paused' })
    const whilePaused = site.asked().length
    expect(whilePaused).toBeLessThan(50)
    await expect(start(client)).rejects.toThrow('under way already')
    await client.inspection.resumeRun({ runId: id })
    expect(await ended(client)).toMatchObject({ state: 'done', done: 50 })
    expect(unique(site.asked())).toBe(50)

    const again = await start(client)
    await client.inspection.cancelRun({ runId: again.id })
    expect(await ended(client)).toMatchObject({ state: 'cancelled' })
    await eventually(
      async () => (await client.activity.jobs()).filter((one) => one.state === 'running'),
      (running) => running.length === 0,
    )
    const asked = site.asked().length
    await client.inspection.latestRun({ siteId: SITE })
    expect(site.asked()).toHaveLength(asked)
  })

  test('killed goes on at the next start and asks again only for what was not yet stored', async () => {
    const site = await checkedSite({ pages: 400, parallel: 4 }, async () => {
      await new Promise((resolve) => setTimeout(resolve, 4))
      return hit('here')
    })
    ends.push(site.server.stop)
    const first = await startCoreProcess(site.dataFolder)
    ends.push(first.kill)
    await start(first.client)
    const before = await eventually(
      () => latest(first.client),
      (run) => run.done > 100,
    )
    await first.kill()
    const askedAtKill = site.asked().length
    const second = await startCoreProcess(site.dataFolder)
    ends.push(second.kill)
    expect(await ended(second.client)).toMatchObject({ id: before.id, state: 'done', done: 400 })
    const twice = site.asked().length - unique(site.asked())
    expect(unique(site.asked())).toBe(400)
    expect(twice).toBeLessThanOrEqual(askedAtKill - before.done)
  })
})
