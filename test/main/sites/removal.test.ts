import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExportedSite } from '#shared/settings-file.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { startSiteServer, type SiteServer } from '../../support/site-server.ts'

let pages: SiteServer
let panel: RunningCore
let siteId = ''
const secrets = memorySecrets()
beforeAll(async () => {
  pages = await startSiteServer(() => ({ headers: { 'content-type': 'text/html' }, body: 'home' }))
  panel = await startTestCore({ secrets })
  siteId = (await panel.client.sites.add(input())).siteId
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await pages?.stop()
})

const input = () => ({
  name: 'Shop',
  zones: [{ url: pages.url }],
  edge: { kind: 'any-cache' as const },
  builder: { kind: 'hook' as const, hookUrl: `${pages.url}/hooks/planted-hook` },
})
const names = async () => (await panel.client.sites.list()).map(({ name }) => name)

describe('A site that is removed', () => {
  test('is out of sight at once, with what waited for it, and its calls are refused', async () => {
    await panel.client.buildQueue.save({
      siteId,
      settings: { quietSeconds: 600, longestSeconds: 600, schedule: { kind: 'every', minutes: 60, onlyIfChanged: false } },
    })
    const source = await panel.client.hooks.addSource({
      siteId,
      kind: 'header',
      name: 'Strapi',
      settings: { header: 'x-secret' },
      secret: null,
      withRules: false,
    })
    const preview = await panel.client.siteSettings.previewRemoval({ siteId })
    expect(preview).toMatchObject({ schedules: 1, sources: 1, held: null, keptDays: 30 })
    await panel.client.sites.remove({ siteId })
    expect(await names()).toEqual([])
    await expect(panel.client.pages.list({ siteId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const deliver = fetch(source.address, { method: 'POST', headers: { 'x-secret': source.secret }, body: '{}' })
    // Nobody else is listened to, so the port is closed.
    await expect(deliver).rejects.toThrow()
    expect(await panel.client.siteSettings.removed()).toMatchObject([
      { id: siteId, name: 'Shop', removedBy: 'Test', builtIn: false },
    ])
  })

  test('comes back as it was, and is delivered to again', async () => {
    expect(await panel.client.siteSettings.restore({ removedId: siteId })).toEqual({ siteId })
    expect(await names()).toEqual(['Shop'])
    expect(await panel.client.siteSettings.removed()).toEqual([])
    const { settings, secrets: kept } = await panel.client.siteSettings.get({ siteId })
    expect(settings.name).toBe('Shop')
    expect(kept).toMatchObject([{ secret: 'hook', stored: true }])
    expect(await panel.client.hooks.sources({ siteId })).toMatchObject([{ name: 'Strapi', secretMissing: false }])
  })

  test('is removed for good with its secrets; Activity tells who did it', async () => {
    await panel.client.sites.remove({ siteId })
    await panel.client.siteSettings.erase({ removedId: siteId })
    expect(await panel.client.siteSettings.removed()).toEqual([])
    expect(await secrets.get(`site:${siteId}:hook`)).toBeNull()
    await expect(panel.client.siteSettings.restore({ removedId: siteId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { rows } = await panel.client.activity.log({})
    expect(rows.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'Removed the site Shop. It can be restored for 30 days',
        'Restored the site Shop',
        'Removed Shop for good',
      ]),
    )
  })

  test('stays removed over a restart, and comes back when it is entered again by its key', async () => {
    const keyed = { ...input(), key: 'shop' }
    const first = (await panel.client.sites.add(keyed)).siteId
    await panel.client.sites.remove({ siteId: first })
    const { dataFolder } = panel
    await panel.close()
    panel = await startTestCore({ dataFolder, secrets })
    expect(await names()).toEqual([])
    expect((await panel.client.sites.add(keyed)).siteId).toBe(first)
    expect(await names()).toEqual(['Shop'])
  })
})

describe('Settings in a file', () => {
  const exported = async () => JSON.stringify(await panel.client.siteSettings.export({ siteIds: null }))
  const only = async () => (await panel.client.sites.list())[0]?.id ?? ''

  test('hold no secret, and say which to enter', async () => {
    const text = await exported()
    expect(text).not.toContain('planted-hook')
    expect(JSON.parse(text).sites).toMatchObject([
      { settings: { name: 'Shop' }, secrets: [{ enter: 'the address of the build hook', field: 'builder.hookUrl' }] },
    ])
  })

  test('change nothing where they were made', async () => {
    expect(await panel.client.siteSettings.previewImport({ text: await exported() })).toMatchObject([
      { name: 'Shop', verdict: 'same', changes: [], problems: [] },
    ])
  })

  test('are added elsewhere, which then lacks the secrets until they are entered', async () => {
    const text = await exported()
    const other = await startTestCore()
    try {
      expect(await other.client.siteSettings.previewImport({ text })).toMatchObject([
        { verdict: 'add', needs: ['the address of the build hook'], siteId: null },
      ])
      expect(await other.client.sites.list()).toEqual([])
      const [done] = await other.client.siteSettings.import({ text })
      const siteId = done?.siteId ?? ''
      expect(await other.client.siteSettings.lacking()).toEqual([{ siteId, what: ['the address of the build hook'] }])
      expect(await other.client.siteSettings.export({ siteIds: [siteId] })).toMatchObject({ sites: JSON.parse(text).sites })
      const { settings } = await other.client.siteSettings.get({ siteId })
      if (settings.builder?.kind !== 'hook') throw new Error('it was exported with a build hook')
      const builder = { ...settings.builder, hookUrl: `${pages.url}/hooks/again` }
      expect(await other.client.siteSettings.change({ siteId, settings: { ...settings, builder } })).toMatchObject({
        saved: true,
      })
      expect(await other.client.siteSettings.lacking()).toEqual([])
    } finally {
      await other.close()
    }
  })

  test('of an edge whose keys are left out say that there is no access yet, not that it refused', async () => {
    const file = JSON.parse(await exported())
    const [{ settings, ...one }] = file.sites
    const edge = { kind: 'cloudfront', distributionId: 'E2QWRUHAPOMQZL', region: 'us-east-1', credentials: { kind: 'keys' } }
    const id = crypto.randomUUID()
    const shop = {
      ...one,
      id,
      key: undefined,
      settings: { ...settings, name: 'With keys', edge: { ...edge, endpoint: pages.url } },
    }
    const other = await startTestCore()
    try {
      await other.client.siteSettings.import({ text: JSON.stringify({ ...file, sites: [shop] }) })
      const [site] = await eventually(
        () => other.client.sites.list(),
        ([first]) => first !== undefined && first.edge.state !== 'not-read',
      )
      expect(site?.edge).toMatchObject({
        state: 'no-access',
        failure: null,
        message: 'No access yet: it needs the access keys of distribution E2QWRUHAPOMQZL.',
      })
    } finally {
      await other.close()
    }
  })

  test('say of each site what would change, before anything is written', async () => {
    const text = (await exported()).replace('"name":"Shop"', '"name":"Store"')
    expect(await panel.client.siteSettings.previewImport({ text })).toMatchObject([
      { name: 'Store', verdict: 'change', changes: ['name Shop → Store'] },
    ])
    expect(await names()).toEqual(['Shop'])
    await panel.client.siteSettings.import({ text })
    expect(await names()).toEqual(['Store'])
    await eventually(names, ([name]) => name === 'Store')
  })

  test('refuse what cannot be read by field and reason, and take the rest', async () => {
    const file = JSON.parse(await exported())
    const [good] = file.sites
    const bad = {
      ...good,
      id: crypto.randomUUID(),
      key: undefined,
      settings: { ...good.settings, name: 'Bad', zones: [{ url: 'ftp://x' }] },
    }
    const leaky = {
      ...good,
      id: crypto.randomUUID(),
      key: undefined,
      settings: { ...good.settings, name: 'Leaky', builder: { ...good.settings.builder, hookUrl: 'http://a.example/planted' } },
    }
    const text = JSON.stringify({ ...file, sites: [good, bad, leaky, good] })
    const found = await panel.client.siteSettings.previewImport({ text })
    expect(found.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['Store', 'same'],
      ['Bad', 'refused'],
      ['Leaky', 'refused'],
      ['Store', 'refused'],
    ])
    expect(found[1]?.problems).toMatchObject([
      { field: 'settings.zones.0.url', reason: expect.stringContaining('Not a web address') },
    ])
    expect(found[2]?.problems[0]?.reason).toContain('may hold no secret')
    expect(JSON.stringify(found)).not.toContain('planted')
  })

  test.each<[string, (site: ExportedSite) => object, string, string]>([
    ['checks', ({ checks }) => ({ ...checks, parallel: 'many' }), 'checks.parallel', 'It has to be a whole number from 1 to 64.'],
    ['checks', ({ checks }) => ({ ...checks, parallel: 900 }), 'checks.parallel', 'It has to be a whole number from 1 to 64.'],
    [
      'checks',
      ({ checks }) => ({ ...checks, perSecond: 'fast' }),
      'checks.perSecond',
      'It has to be a number from 0.1 to 10,000 or null.',
    ],
    [
      'checks',
      ({ checks }) => ({ ...checks, parallel: undefined }),
      'checks.parallel',
      'It is missing: a whole number from 1 to 64 belongs here.',
    ],
    ['settings', ({ settings }) => ({ ...settings, zones: 'none' }), 'settings.zones', 'It has to be a list.'],
    ['settings', ({ settings }) => ({ ...settings, name: 7 }), 'settings.name', 'It has to be a text of at most 80 characters.'],
  ])('say what belongs in %s', async (part, wrong, field, reason) => {
    const file = JSON.parse(await exported())
    const text = JSON.stringify({ ...file, sites: [{ ...file.sites[0], [part]: wrong(file.sites[0]) }] })
    const [found] = await panel.client.siteSettings.previewImport({ text })
    expect(found?.problems).toEqual([{ field, reason }])
  })

  test.each([
    ['no JSON', 'hello', /not a file of site settings/],
    ['other JSON', '{"sites":[]}', /not a file of site settings/],
    ['an array', '[1,2]', /not a file of site settings/],
    ['a newer version', '{"frostline":"site settings","version":3,"sites":[]}', /newer Frostline: it has version 3/],
    ['half a file', '{"frostline":"site settings","version":2,"si', /damaged: it is cut off/],
    ['a version that is none', '{"frostline":"site settings","version":"x","sites":[]}', /damaged: version is not/],
    ['no list of sites', '{"frostline":"site settings","version":2,"sites":{}}', /damaged: sites is not/],
    ['a huge file', 'x'.repeat(3_500_001), /too large/],
  ])('refuse %s with a sentence', async (_what, text, sentence) => {
    await expect(panel.client.siteSettings.previewImport({ text })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringMatching(sentence),
    })
  })

  test('are read from the disk of the machine, by their ending and up to a size', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'frostline-settings-'))
    const write = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return { path: join(folder, name) }
    }
    const text = await exported()
    expect(await panel.client.siteSettings.readFile(write('shop.frostline', text))).toEqual({ name: 'shop.frostline', text })
    const refusals: readonly (readonly [{ readonly path: string }, RegExp])[] = [
      [write('passwords.txt', 'planted'), /passwords.txt is not a file of settings/],
      [write('huge.frostline', 'x'.repeat(3_500_001)), /too large/],
      [{ path: join(folder, 'none.frostline') }, /is not on this machine/],
    ]
    for (const [file, message] of refusals)
      await expect(panel.client.siteSettings.readFile(file)).rejects.toMatchObject({
        message: expect.stringMatching(message),
        data: { field: 'path' },
      })
    await expect(panel.clientFor('operator').siteSettings.readFile(refusals[0]?.[0] ?? { path: 'x' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
    rmSync(folder, { recursive: true, force: true })
  })

  test('refuse a site that was removed here', async () => {
    const text = await exported()
    await panel.client.sites.remove({ siteId: await only() })
    expect(await panel.client.siteSettings.previewImport({ text })).toMatchObject([
      { verdict: 'refused', problems: [{ field: 'id', reason: expect.stringContaining('Restore it first') }] },
    ])
  })
})
