import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deploy } from '#shared/deploys.ts'
import type { PageRow } from '#shared/pages.ts'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../support/demo.ts'

const secrets = memorySecrets()
let stack: TestDemo
let panel: RunningCore
let siteId = ''

beforeAll(async () => {
  stack = await startTestDemo(undefined, { ...quickTimings, deployMs: 2_500 })
  panel = await startTestCore({ secrets })
  siteId = (await panel.client.sites.add(stack.site)).siteId
  await eventually(
    deploys,
    ({ deploys: all }) => all.length === 3 && all.every(({ changes }, at) => at === 2 || changes !== null),
  )
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.some(({ total }) => (total ?? 0) > 100) && jobs.every((job) => job.state !== 'running'),
  )
}, 90_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

const deploys = () => panel.client.deploys.list({ siteId })
const states = (all: readonly Deploy[]) => all.map(({ releaseId, state }) => `${releaseId} ${state}`)
const site = async () => (await panel.client.sites.list())[0]

async function rows(paths: readonly string[]): Promise<PageRow[]> {
  const { rows: found } = await panel.client.pages.list({ siteId, limit: 500 })
  return found.filter((row) => paths.includes(row.path))
}

async function planEnded(planId: string) {
  return eventually(
    () => panel.client.plans.get({ planId }),
    ({ state }) => ['done', 'failed', 'cancelled'].includes(state),
  )
}

async function switched(id: string) {
  const { lastSwitch } = await eventually(deploys, ({ lastSwitch: last }) => last?.id === id && last.endedAtMs !== null, 40_000)
  return lastSwitch
}

async function buildEnded(title: string): Promise<void> {
  const { id } = await panel.client.builds.trigger({ siteId, title })
  await eventually(
    () => panel.client.builds.list({ siteId }),
    (all) => all.some((build) => build.id === id && build.state === 'succeeded' && build.release !== null),
  )
}

test('every release says in which pages it differs from the one before', async () => {
  const { deploys: all, pin } = await deploys()
  expect(states(all)).toEqual(['r-3 unpublished', 'r-2 live', 'r-1 published'])
  expect(pin).toBeNull()
  expect(all.map(({ title }) => title)).toEqual(['About page changed', 'Two lists changed', 'First release'])
  const changed = await panel.client.deploys.changes({ siteId, releaseId: 'r-2' })
  expect(changed.against?.id).toBe('r-1')
  expect(changed.counts).toEqual(all[1]?.changes)
  expect(changed.counts?.changed).toBeGreaterThanOrEqual(2)
  expect(changed.rows).toHaveLength(
    (changed.counts?.changed ?? 0) + (changed.counts?.added ?? 0) + (changed.counts?.removed ?? 0),
  )
  const first = await panel.client.deploys.changes({ siteId, releaseId: 'r-2', limit: 1 })
  const second = await panel.client.deploys.changes({ siteId, releaseId: 'r-2', limit: 1, after: first.next ?? 0 })
  expect([...first.rows, ...second.rows]).toEqual(changed.rows.slice(0, 2))
})

test('a roll back waits for every location, purges what differs, and is proven page by page', async () => {
  await stack.act('/api/menu', { label: 'A menu to regret' })
  const menu = { kind: 'tag', tag: 'pb-menu:main-menu' } as const
  await panel.client.tags.mark({ siteId, target: menu, what: 'menu: new label', sinceMs: Date.now() })
  await buildEnded('A menu to regret')
  await eventually(deploys, ({ deploys: all }) => all[0]?.releaseId === 'r-4' && all[0].state === 'live')
  const regretted = await panel.client.plans.create({ siteId, selection: menu })
  await panel.client.plans.start({ planId: regretted.id })
  expect((await planEnded(regretted.id)).state).toBe('done')

  const preview = await eventually(
    () => panel.client.deploys.preview({ siteId, releaseId: 'r-2' }),
    ({ purge }) => (purge?.pageCount ?? 0) > 40,
  )
  expect(preview).toMatchObject({ back: true, pins: true, from: { id: 'r-4' }, time: { usualMs: null } })
  expect(preview.counts?.changed).toBeGreaterThan(40)
  // Built and passed over: older than what visitors get, and they never had it.
  const passedOver = await panel.client.deploys.preview({ siteId, releaseId: 'r-3' })
  expect(passedOver).toMatchObject({ back: true, to: { published: false } })
  expect(preview.leaves.map(({ id }) => id)).toEqual(['r-4', 'r-3'])

  const begun = await panel.client.deploys.switchTo({ siteId, releaseId: 'r-2', purge: true })
  expect(begun).toMatchObject({ pins: true, from: { id: 'r-4' }, to: { id: 'r-2' } })
  // Until it has arrived everywhere, nobody may purge: it would store the pages of the old release again.
  await eventually(deploys, ({ lastSwitch }) => lastSwitch?.state === 'switched')
  const early = await panel.client.plans.create({ siteId, selection: { kind: 'paths', text: '/feed.xml' } })
  await expect(panel.client.plans.start({ planId: early.id })).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(panel.client.deploys.switchTo({ siteId, releaseId: 'r-3' })).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(panel.client.deploys.cancel({ switchId: begun.id })).rejects.toMatchObject({ code: 'CONFLICT' })

  const done = await switched(begun.id)
  expect(done?.state, done?.message).toBe('done')
  const plan = await planEnded(done?.planId ?? '')
  expect(plan.state, plan.result ?? '').toBe('done')
  expect(plan.startedAtMs ?? 0).toBeGreaterThanOrEqual(done?.deployedAtMs ?? Infinity)
  expect(plan.check.total).toBeGreaterThan(40)
  expect(plan.check.newVersion).toBe(plan.check.total)
  const { itemCount, priceMicroDollars } = preview.purge ?? {}
  expect(plan.purge).toMatchObject({ itemCount, priceMicroDollars })

  const { rows: changed } = await panel.client.deploys.changes({ siteId, releaseId: 'r-2', against: 'r-4' })
  for (const row of await rows(changed.map(({ path }) => path))) expect(row.word, row.path).not.toBe('outdated')
  const manifest = (await (await fetch(`${stack.demo.urls.builder}/releases/r-2/manifest.json`)).json()) as {
    files: { host: string; path: string; hash: string }[]
  }
  const zones = new Map((await site())?.zones.map((zone) => [zone.id, zone.host]))
  for (const { host, path } of changed) {
    const file = manifest.files.find((one) => one.host === host && one.path === path)
    const row = (await rows([path])).find(({ zoneId }) => zones.get(zoneId) === host)
    const detail = await panel.client.pages.get({ pageId: row?.id ?? 0 })
    expect(detail.originHash).toBe(file?.hash)
    if (detail.time === 'in-date') expect(detail.edgeHash, path).toBe(file?.hash)
  }
  const after = await deploys()
  expect(states(after.deploys)).toEqual(['r-4 published', 'r-3 unpublished', 'r-2 live', 'r-1 published'])
  expect(after.pin).toMatchObject({ release: { id: 'r-2' }, by: 'Test', overruledBy: null, forward: { id: 'r-4' } })
  expect(after.time.measured).toBe(1)
  expect((await site())?.pinned?.id).toBe('r-2')
})

test('a rebuild of a pinned site is built and not published, and a restart and a look change nothing', async () => {
  await stack.act('/api/menu', { label: 'Built while pinned' })
  await buildEnded('Built while pinned')
  const now = await deploys()
  expect(states(now.deploys)).toEqual(['r-5 unpublished', 'r-4 published', 'r-3 unpublished', 'r-2 live', 'r-1 published'])
  expect(now.pin?.forward?.id).toBe('r-5')
  // Somebody else's trigger does not overwrite the pin at this build service either.
  await fetch(stack.demo.urls.hook, { method: 'POST', body: JSON.stringify({ title: 'From the form', cause: 'form' }) })
  await eventually(deploys, ({ deploys: all }) => all[0]?.releaseId === 'r-6')

  const blocked = await panel.client.plans.create({ siteId, selection: { kind: 'paths', text: '/' } })
  const building = await panel.client.plans.revise({ planId: blocked.id, build: true })
  await expect(panel.client.plans.start({ planId: building.id })).rejects.toThrow(/pinned to r-2/)

  await panel.close()
  panel = await startTestCore({ secrets, dataFolder: panel.dataFolder })
  await panel.client.pages.discover({ siteId })
  await eventually(
    () => panel.client.activity.jobs(),
    (jobs) => jobs.length > 0 && jobs.every(({ state }) => state !== 'running'),
  )
  const later = await deploys()
  expect(later.pin?.release.id).toBe('r-2')
  expect(later.deploys.find(({ state }) => state === 'live')?.releaseId).toBe('r-2')
})

test('unpinning goes forward to the newest release, and builds publish again', async () => {
  const begun = await panel.client.deploys.unpin({ siteId, purge: false })
  expect(begun).toMatchObject({ pins: false, to: { id: 'r-6' }, purges: false })
  const done = await switched(begun?.id ?? '')
  expect(done?.state, done?.message).toBe('done')
  const plan = await panel.client.plans.get({ planId: done?.planId ?? '' })
  expect(plan).toMatchObject({ state: 'draft', build: { wanted: false } })
  expect(plan.counts.purge).toBeGreaterThan(40)
  const now = await deploys()
  expect(now.pin).toBeNull()
  expect(now.deploys[0]).toMatchObject({ releaseId: 'r-6', state: 'live' })
  expect((await site())?.pinned).toBeNull()
  await buildEnded('After the pin')
  await eventually(deploys, ({ deploys: all }) => all[0]?.releaseId === 'r-7' && all[0].state === 'live')
})

test('a switch that was cut off by a crash goes on from what the edge says', async () => {
  const begun = await panel.client.deploys.switchTo({ siteId, releaseId: 'r-6', purge: true })
  await eventually(deploys, ({ lastSwitch }) => lastSwitch?.state === 'switched')
  await panel.close()
  panel = await startTestCore({ secrets, dataFolder: panel.dataFolder })
  const done = await switched(begun.id)
  expect(done?.state, done?.message).toBe('done')
  expect((await deploys()).pin?.release.id).toBe('r-6')
})
