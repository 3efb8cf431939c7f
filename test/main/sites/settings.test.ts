import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EditedSite } from '#shared/site-settings.ts'
import type { SiteInput } from '#shared/sites.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'

let stack: TestDemo
let panel: RunningCore
let siteId = ''
beforeAll(async () => {
  stack = await startTestDemo(undefined, quickTimings)
  panel = await startTestCore()
  siteId = (await panel.client.sites.add(entered())).siteId
  await eventually(
    () => panel.client.pages.list({ siteId }),
    ({ rows }) => rows.length > 20,
  )
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

const entered = (): SiteInput => ({ ...stack.site, key: undefined })
const settings = async (): Promise<EditedSite> => (await panel.client.siteSettings.get({ siteId })).settings
const site = async () => (await panel.client.sites.list()).find(({ id }) => id === siteId)
const change = async (more: Partial<EditedSite>, despite = false) =>
  panel.client.siteSettings.change({ siteId, settings: { ...(await settings()), ...more }, despite })
const lastNote = async () => (await panel.client.activity.log({ siteId, limit: 1 })).rows[0]?.text
const edgeOf = async () => {
  const { edge } = await settings()
  if (edge.kind !== 'cloudfront') throw new Error('the demo speaks the API of CloudFront')
  return edge
}
describe('The settings of a site', () => {
  test('are told without a secret, with the pages of each zone and which secrets are stored', async () => {
    const told = await panel.client.siteSettings.get({ siteId })
    expect(told.settings).toMatchObject({ name: stack.site.name, edge: { kind: 'cloudfront', credentials: { kind: 'keys' } } })
    const text = JSON.stringify(told)
    expect(text).not.toContain(stack.demo.credentials.secretAccessKey)
    expect(text).not.toContain(stack.demo.credentials.accessKeyId)
    expect(text).not.toContain(stack.demo.urls.hook)
    expect(told.secrets.map(({ secret, stored }) => [secret, stored])).toEqual([
      ['edge', true],
      ['hook', true],
      ['renderer', true],
    ])
    expect(told.zones.every(({ pages }) => pages > 0)).toBe(true)
    expect(told.held).toBeNull()
  })

  test('change without a test where nothing can be tested, and Activity says from what to what', async () => {
    const outcome = await change({ name: 'Sweets', watchSeconds: 60, volatileSelectors: ['#clock'] })
    expect(outcome).toMatchObject({ saved: true, findings: [] })
    expect((await site())?.name).toBe('Sweets')
    expect(await lastNote()).toBe(
      `Changed ${stack.site.name}: name ${stack.site.name} → Sweets; parts that change at every render 0 selectors → 1 selector; looks for pages every 5 s → 60 s`,
    )
  })

  test('that stay as they are are saved without a word', async () => {
    expect(await change({})).toEqual({ saved: true, changes: [], findings: [] })
  })

  test('are tried before they are saved, and what is no answer keeps the old ones', async () => {
    const edge = await edgeOf()
    const outcome = await change({ edge: { ...edge, distributionId: 'EMISSING00001' } })
    expect(outcome.saved).toBe(false)
    expect(outcome.findings).toMatchObject([{ field: 'edge.distributionId', ok: false }])
    expect((await edgeOf()).distributionId).toBe(edge.distributionId)
  })

  test('have another address of the origin asked once before it is saved', async () => {
    const { originUrl } = await settings()
    expect(await change({ originUrl: 'http://127.0.0.1:2' })).toMatchObject({
      saved: false,
      findings: [{ part: 'Origin 127.0.0.1:2', field: 'originUrl', ok: false }],
    })
    expect((await settings()).originUrl).toBe(originUrl)
    expect(await change({ originUrl: 'http://127.0.0.1:2' }, true)).toMatchObject({ saved: true })
    expect(await change({ originUrl })).toMatchObject({ saved: true, findings: [{ field: 'originUrl', ok: true }] })
    expect(await change({ originUrl: undefined })).toMatchObject({ saved: true, findings: [] })
    expect(await change({ originUrl })).toMatchObject({ saved: true })
  })

  test('are saved although something does not answer when its owner wants that, and back', async () => {
    const edge = await edgeOf()
    expect(await change({ edge: { ...edge, distributionId: 'EMISSING00001' } }, true)).toMatchObject({ saved: true })
    await eventually(site, (now) => now?.edge.state === 'failed')
    expect(await change({ edge })).toMatchObject({ saved: true, findings: [{ ok: true }] })
    await eventually(site, (now) => now?.edge.state === 'ok')
  })

  test('open connections anew without a restart: other keys are used at once', async () => {
    const edge = await edgeOf()
    const wrong = { kind: 'keys' as const, accessKeyId: stack.demo.credentials.accessKeyId, secretAccessKey: 'planted-wrong-key' }
    expect(await change({ edge: { ...edge, credentials: wrong } }, true)).toMatchObject({ saved: true })
    await eventually(site, (now) => now?.edge.failure === 'refused')
    expect(await lastNote()).not.toContain('planted-wrong-key')
    expect(await change({ edge: { ...edge, credentials: { kind: 'keys', ...stack.demo.credentials } } })).toMatchObject({
      saved: true,
    })
    await eventually(site, (now) => now?.edge.state === 'ok')
  })

  test('refuse half a pair of keys at its field', async () => {
    const edge = await edgeOf()
    await expect(
      change({ edge: { ...edge, credentials: { kind: 'keys', accessKeyId: 'AKIAONLYTHEID0000000' } } }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT', data: { field: 'edge.credentials.secretAccessKey' } })
  })

  test('never send a stored secret to another address: it is asked for again', async () => {
    await expect(change({ builder: { kind: 'netlify', siteId: 'one', baseUrl: 'http://127.0.0.1:9' } })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      data: { field: 'builder.token' },
    })
  })

  test('forget the pages of a zone that is taken out, and only those', async () => {
    const { zones } = await panel.client.siteSettings.get({ siteId })
    const [first, second] = (await settings()).zones
    if (!first || !second) throw new Error('the demo has two zones')
    expect((await change({ zones: [first] })).changes).toEqual([`1 zone removed (${zones[1]?.host})`])
    expect((await panel.client.siteSettings.get({ siteId })).zones).toEqual([zones[0]])
    expect((await change({ zones: [first, second] })).findings).toMatchObject([{ field: 'zones.1.url', ok: true }])
  })

  test('take thousands of zones and try some of them', async () => {
    const { zones } = await settings()
    const many = Array.from({ length: 3_000 }, (_, index) => ({ url: `http://z${index}.localhost:9` }))
    const outcome = await change({ zones: [...zones, ...many] }, true)
    expect(outcome.findings.map(({ part, ok }) => [part, ok])).toHaveLength(12)
    expect(outcome.findings[0]).toMatchObject({ part: 'Zones', message: '20 of 3,000 new zones asked: none answers.' })
    expect(outcome.findings[1]).toMatchObject({ part: 'Site z0.localhost:9', field: 'zones.2.url', ok: false })
    expect(outcome.findings.at(-1)?.message).toBe('and 10 more that do not answer.')
    expect((await site())?.zones).toHaveLength(3_002)
    await change({ zones })
    expect((await site())?.zones).toHaveLength(2)
  })

  test('are for owners alone', async () => {
    for (const role of ['operator', 'support'] as const) {
      await expect(panel.clientFor(role).siteSettings.get({ siteId })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
      await expect(panel.clientFor(role).siteSettings.removed()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    }
  })
})

describe('While a purge is under way', () => {
  test('edge and account stay, everything else can be changed, and the site is not removed', async () => {
    const { id } = await panel.client.plans.create({ siteId, selection: { kind: 'paths', text: '/nowhere-else' } })
    await panel.client.plans.start({ planId: id })
    const edge = await edgeOf()
    const moved = change({ edge: { ...edge, distributionId: 'EMISSING00001' } }, true)
    await expect(moved).rejects.toMatchObject({ code: 'CONFLICT', data: { field: 'edge', retryable: true } })
    expect((await panel.client.siteSettings.previewRemoval({ siteId })).held).toContain('A purge is under way')
    await expect(panel.client.sites.remove({ siteId })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Wait until it has ended, or cancel it'),
    })
    expect(await change({ name: 'Sweets again' })).toMatchObject({ saved: true })
    await eventually(
      () => panel.client.plans.get({ planId: id }),
      ({ endedAtMs }) => endedAtMs !== null,
    )
    expect((await panel.client.siteSettings.get({ siteId })).held).toBeNull()
  })
})

test('what was typed as a secret is in no file of the data folder', () => {
  for (const file of ['frostline.db', 'frostline.db-wal']) {
    const text = readFileSync(join(panel.dataFolder, file), 'latin1')
    for (const secret of [stack.demo.credentials.secretAccessKey, stack.demo.urls.hook, 'planted-wrong-key'])
      expect([file, text.includes(secret)]).toEqual([file, false])
  }
})
