import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExportedSite, SettingsFile } from '#shared/settings-file.ts'
import { memorySecrets, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { startSiteServer, type SiteServer } from '../../support/site-server.ts'

let pages: SiteServer
let panel: RunningCore
let other: RunningCore
let siteId = ''
let secret = ''
let address = ''
let sourceId = ''
let file: SettingsFile
const otherSecrets = memorySecrets()

beforeAll(async () => {
  pages = await startSiteServer(() => ({ headers: { 'content-type': 'text/html' }, body: 'home' }))
  panel = await startTestCore()
  other = await startTestCore({ secrets: otherSecrets })
  const { client } = panel
  siteId = (
    await client.sites.add({
      name: 'Shop',
      zones: [{ url: pages.url }],
      edge: {
        kind: 'cloudfront',
        distributionId: 'E2QWRUHAPOMQZL',
        endpoint: pages.url,
        credentials: { kind: 'keys', accessKeyId: 'AKIAPLANTED', secretAccessKey: 'planted-secret' },
      },
      watchSeconds: 86_400,
    })
  ).siteId
  await client.inspection.saveSettings({
    siteId,
    settings: { parallel: 3, perSecond: 7, rendersAtMost: 50, schedule: { kind: 'cron', cron: '0 3 * * *', timeZone: 'UTC' } },
  })
  await client.buildQueue.save({
    siteId,
    settings: { quietSeconds: 9, longestSeconds: 90, schedule: { kind: 'every', minutes: 60, onlyIfChanged: true } },
  })
  await client.budget.saveSite({ siteId, softLimit: 40, hardStop: 80 })
  const agreed = { allowance: 500, priceMicroDollars: 4_000, softLimit: 450, hardStop: null, incidentReserve: 20 }
  await client.budget.save({ siteId, ...agreed, refillMicroDollars: 700 })
  const source = { siteId, kind: 'header' as const, name: 'Strapi', settings: { header: 'x-secret' }, secret: null }
  ;({ sourceId, secret, address } = await client.hooks.addSource({ ...source, withRules: true }))
  await client.hooks.saveVisitCheck({ siteId, enabled: true, minutes: 10 })
  const zoneId = (await client.sites.list())[0]?.zones[0]?.id ?? -1
  await client.pageViews.save({
    siteId,
    name: 'Old menu pages',
    content: { filter: { freshness: ['outdated'], zoneIds: [zoneId] }, sort: { by: 'checked', descending: true }, columns: null },
  })
  file = await client.siteSettings.export({ siteIds: [siteId] })
}, 120_000)
afterAll(async () => {
  await Promise.all([panel?.close(), other?.close()])
  await pages?.stop()
})

const site = (): ExportedSite => {
  const [only] = file.sites
  if (!only) throw new Error('one site was exported')
  return only
}
const textOf = (changed: object) => JSON.stringify({ ...file, sites: [{ ...site(), ...changed }] })
const preview = async (core: RunningCore, text: string) => (await core.client.siteSettings.previewImport({ text }))[0]

describe('A file of settings', () => {
  test('has everything that was configured for the site', () => {
    expect(site()).toMatchObject({
      checks: { parallel: 3, perSecond: 7, rendersAtMost: 50, schedule: { kind: 'cron', cron: '0 3 * * *' } },
      builds: { quietSeconds: 9, longestSeconds: 90, schedule: { kind: 'every', minutes: 60, onlyIfChanged: true } },
      limits: { softLimit: 40, hardStop: 80 },
      budget: { allowance: 500, priceMicroDollars: 4_000, refillMicroDollars: 700 },
      visitCheck: { enabled: true, minutes: 10 },
      sources: [{ id: sourceId, kind: 'header', name: 'Strapi', reading: null }],
      rules: [{ sourceId, targets: [{ kind: 'path', text: '/{entry.slug}' }], rebuild: true }],
      views: [{ name: 'Old menu pages', filter: { hosts: [new URL(pages.url).host] } }],
    })
  })

  test('has neither the secret of a source nor its address', () => {
    const text = JSON.stringify(file)
    const key = new URL(address).pathname.split('/').at(-1)
    for (const kept of [secret, key, 'planted-secret', 'AKIAPLANTED', 'zoneIds']) expect(text).not.toContain(kept)
  })

  test('changes nothing where it was made', async () => {
    expect(await preview(panel, JSON.stringify(file))).toMatchObject({ verdict: 'same', changes: [], problems: [] })
  })

  test('says elsewhere what it adds, and writes nothing before', async () => {
    const told = await preview(other, JSON.stringify(file))
    expect(told).toMatchObject({ verdict: 'add', problems: [] })
    expect(told?.changes).toEqual(
      expect.arrayContaining([
        'checked by itself off → at 0 3 * * * (UTC)',
        'built by itself off → every 60 min, only after a change',
        'hard stop of this site none → 80',
        'visit check off → on',
        'free items of the account 1,000 → 500',
        'source Strapi added, switched off until you make its address and secret anew on Hooks and switch it on',
        expect.stringMatching(/^rule “When Strapi sends published.*” added$/),
        'view “Old menu pages” added',
      ]),
    )
    expect(await other.client.sites.list()).toEqual([])
  })

  test('brings all of it; a source is switched off, hears nothing, and works with a new address and secret', async () => {
    await other.client.siteSettings.import({ text: JSON.stringify(file) })
    const again = (await other.client.siteSettings.export({ siteIds: [siteId] })).sites[0]
    expect(again).toEqual(site())
    const [source] = await other.client.hooks.sources({ siteId })
    expect(source).toMatchObject({ enabled: false, secretMissing: true })
    expect(await otherSecrets.get(`hook:${sourceId}:secret`)).toBeNull()
    const fresh = await other.client.hooks.rotateSource({ sourceId })
    await other.client.hooks.enableSource({ sourceId, enabled: true })
    const sent = await fetch(fresh.address, {
      method: 'POST',
      headers: { 'x-secret': fresh.secret, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'entry.publish', entry: { slug: 'one' } }),
    })
    expect(sent.status).toBeLessThan(300)
    expect(await other.client.budget.get({ siteId })).toMatchObject({ allowance: 500, site: { hardStop: 80 } })
    expect(await other.client.inspection.settings({ siteId })).toMatchObject({ nextAtMs: expect.any(Number) })
  })

  test('leaves an account’s budget agreed on when its keys are entered', async () => {
    const { settings } = await other.client.siteSettings.get({ siteId })
    if (settings.edge.kind !== 'cloudfront') throw new Error('it was exported with a distribution')
    const credentials = { kind: 'keys' as const, accessKeyId: 'AKIAPLANTED', secretAccessKey: 'planted-secret' }
    const edge = { ...settings.edge, credentials }
    await other.client.siteSettings.change({ siteId, settings: { ...settings, edge }, despite: true })
    expect(await other.client.budget.get({ siteId })).toMatchObject({ allowance: 500, softLimit: 450 })
  })

  test('replaces what differs, keeps what is not in it, and says both', async () => {
    const [rule] = site().rules ?? []
    const changed = {
      builds: undefined,
      rules: [{ ...rule, rebuild: false, notify: true }],
      views: [],
      pageRules: { ...site().pageRules, slash: 'add' },
    }
    const told = await preview(panel, textOf(changed))
    expect(told).toMatchObject({ verdict: 'change' })
    expect(told?.changes).toEqual([
      'rules of page addresses changed; pages whose addresses become the same become one',
      expect.stringMatching(/^rule “.*activity log.*” replaced$/),
    ])
    await panel.client.siteSettings.import({ text: textOf(changed) })
    expect(await panel.client.hooks.rules({ siteId })).toMatchObject([{ id: rule?.id, notify: true, rebuild: false }])
    expect(await panel.client.pageViews.list({ siteId })).toHaveLength(1)
    expect(await panel.client.discovery.rules({ siteId })).toMatchObject({ slash: 'add' })
    expect((await panel.client.buildQueue.get({ siteId })).settings.quietSeconds).toBe(9)
    // Still heard: its address and its secret stayed.
    expect(await panel.client.hooks.sources({ siteId })).toMatchObject([{ enabled: true, secretMissing: false }])
  })

  test('of version 1 is read, and leaves what it did not know', async () => {
    const { id, settings, pageRules, limits, secrets } = site()
    const sites = [{ id, settings: { ...settings, watchSeconds: 60 }, pageRules, limits, secrets }]
    const text = JSON.stringify({ frostline: 'site settings', version: 1, exportedAt: file.exportedAt, sites })
    expect(await preview(other, text)).toMatchObject({ verdict: 'change', changes: ['looks for pages every 86400 s → 60 s'] })
  })

  test.each([
    [
      'a schedule that never comes',
      {
        checks: {
          parallel: 1,
          perSecond: null,
          rendersAtMost: 1,
          schedule: { kind: 'cron', cron: '0 0 31 2 *', timeZone: 'UTC' },
        },
      },
      'checks.schedule.cron',
    ],
    [
      'a time zone that is none',
      {
        builds: {
          quietSeconds: 1,
          longestSeconds: 1,
          schedule: { kind: 'cron', cron: '0 0 * * *', timeZone: 'Mars/Base', onlyIfChanged: false },
        },
      },
      'builds.schedule.timeZone',
    ],
    [
      'a rule of a source that is nowhere',
      {
        rules: [
          {
            id: crypto.randomUUID(),
            sourceId: crypto.randomUUID(),
            events: [],
            targets: [],
            purge: 'no',
            rebuild: true,
            refresh: false,
            notify: false,
          },
        ],
      },
      'rules.0.sourceId',
    ],
    [
      'a view of a zone that is nowhere',
      { views: [{ name: 'One', filter: { hosts: ['nowhere.example'] }, sort: { by: 'path' }, columns: null }] },
      'views.0.filter.hosts',
    ],
    ['a number that is none', { limits: { softLimit: -1, hardStop: null } }, 'limits.softLimit'],
    [
      'what is the source of another site',
      {
        id: crypto.randomUUID(),
        settings: { name: 'Copy', zones: [{ url: 'http://a.localhost:9' }], edge: { kind: 'any-cache' } },
        views: [],
      },
      'sources.0.id',
    ],
  ])('is refused at the field of %s', async (_what, changed, field) => {
    const told = await preview(panel, textOf(changed))
    expect(told).toMatchObject({ verdict: 'refused', problems: expect.arrayContaining([{ field, reason: expect.any(String) }]) })
  })
})
