import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Finding, SiteInput } from '#shared/sites.ts'
import { openLog } from '#main/platform/log.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { startSiteServer } from '../../support/site-server.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'

let stack: TestDemo
let panel: RunningCore
beforeAll(async () => {
  process.env['FROSTLINE_LOG_LEVEL'] = 'trace'
  stack = await startTestDemo(undefined, quickTimings)
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-sites-'))
  panel = await startTestCore({ dataFolder, log: openLog(dataFolder, 'core') })
}, 60_000)
afterAll(async () => {
  delete process.env['FROSTLINE_LOG_LEVEL']
  await panel?.close()
  await stack?.demo.close()
})

const change = (edge: object, more: object = {}): SiteInput => ({
  ...stack.site,
  key: undefined,
  ...more,
  edge: { ...stack.site.edge, ...edge },
})
const findings = async (input: SiteInput) => {
  const { ok, findings: all } = await panel.client.sites.test(input)
  expect(ok).toBe(all.every((finding) => finding.ok))
  return all
}
const at = (all: Finding[], field: string) => all.find((finding) => finding.field === field)
const site = async (siteId: string) => (await panel.client.sites.list()).find(({ id }) => id === siteId)

describe('A test of what was entered', () => {
  test('finds every part in order, and stores nothing', async () => {
    const all = await findings(stack.site)
    expect(all.map(({ field, ok }) => [field, ok])).toEqual([
      ['zones.0.url', true],
      ['zones.1.url', true],
      ['edge.distributionId', true],
      ['originUrl', true],
      ['builder.listUrl', true],
      ['renderer.url', true],
    ])
    expect(at(all, 'edge.distributionId')?.message).toBe('Read. Tags are stored from x-amz-meta-cache-tag.')
    expect(await panel.client.sites.list()).toEqual([])
  })

  test('asks a sample of many zones, a few at a time, and sums up', async () => {
    const server = await startSiteServer(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return { body: 'here' }
    })
    const zones = Array.from({ length: 3_002 }, (_, index) => ({
      url: index === 158 || index === 3_001 ? 'http://127.0.0.1:9' : `http://z${index}.localhost:${new URL(server.url).port}`,
    }))
    const all = await findings(change({}, { zones }))
    await server.stop()
    expect(all.slice(0, 4)).toMatchObject([
      { part: 'Zones', ok: false, message: '20 of 3,002 zones asked: 18 answer, 2 do not.' },
      { part: 'Site 127.0.0.1:9', field: 'zones.158.url', ok: false },
      { part: 'Site 127.0.0.1:9', field: 'zones.3001.url', ok: false },
      { field: 'edge.distributionId', ok: true },
    ])
    expect(server.requests).toHaveLength(18)
    expect(server.requests.map(({ headers }) => headers.host?.split('.')[0])).toContain('z0')
    expect(server.mostAtOnce()).toBeLessThanOrEqual(5)
  })

  test.each<[string, () => SiteInput, string, RegExp]>([
    ['a site that is down', () => change({}, { zones: [{ url: 'http://127.0.0.1:9' }] }), 'zones.0.url', /127\.0\.0\.1:9/],
    [
      'a name that does not exist',
      () => change({}, { zones: [{ url: 'http://nowhere.invalid' }] }),
      'zones.0.url',
      /nowhere\.invalid/,
    ],
    [
      'credentials that are refused',
      () =>
        change({
          credentials: { kind: 'keys', accessKeyId: stack.demo.credentials.accessKeyId, secretAccessKey: 'wrong-secret' },
        }),
      'edge.distributionId',
      /AWS does not accept these credentials/,
    ],
    [
      'a distribution that is not there',
      () => change({ distributionId: 'EMISSING00001' }),
      'edge.distributionId',
      /There is no distribution EMISSING00001 in this account/,
    ],
    ['an endpoint that is down', () => change({ endpoint: 'http://127.0.0.1:9' }), 'edge.distributionId', /127\.0\.0\.1:9/],
    [
      'an endpoint that is something else',
      () => change({ endpoint: stack.demo.urls.site }),
      'edge.distributionId',
      /is not CloudFront’s API/,
    ],
    [
      'a build list that is down',
      () => change({}, { builder: { kind: 'hook', hookUrl: stack.demo.urls.hook, listUrl: 'http://127.0.0.1:9/builds' } }),
      'builder.listUrl',
      /127\.0\.0\.1:9/,
    ],
  ])('says of %s what is wrong and what to do, and hides no other part', async (_what, input, field, message) => {
    const all = await findings(input())
    expect(at(all, field)).toMatchObject({ ok: false, message: expect.stringMatching(message), fix: expect.stringMatching(/\w/) })
    expect(all.filter(({ ok }) => !ok)).toHaveLength(1)
  })

  test('says which permission is missing when the policies may not be read, and is content', async () => {
    const all = await findings(change({ credentials: { kind: 'keys', ...stack.demo.restrictedCredentials } }))
    expect(at(all, 'edge.distributionId')).toMatchObject({
      ok: true,
      message: expect.stringContaining('cloudfront:GetCachePolicy is not allowed. Lifetimes are as the headers claim.'),
    })
  })
})

describe('A site whose policies may not be read', () => {
  test('says so, and its lifetimes are as the headers claim', async () => {
    const { siteId } = await panel.client.sites.add(
      change({ credentials: { kind: 'keys', ...stack.demo.restrictedCredentials } }),
    )
    const seen = await eventually(
      () => panel.client.pages.list({ siteId, filter: { freshness: ['fresh'] } }),
      ({ rows }) => rows.length > 20,
    )
    expect((await site(siteId))?.edge).toMatchObject({
      state: 'ok',
      policyKnown: false,
      purgesTags: true,
      message: expect.stringContaining('GetCachePolicy is not allowed'),
    })
    const page = await panel.client.pages.get({ pageId: seen.rows[0]?.id ?? 0 })
    expect(page).toMatchObject({
      lifetimeBasis: 'headers',
      sentence: expect.stringContaining("Its lifetime is as the headers claim: the edge's policy is not known."),
    })
    await panel.client.sites.remove({ siteId })
    expect(await panel.client.sites.list()).toEqual([])
    await expect(panel.client.pages.get({ pageId: page.id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('A site whose edge refuses the credentials', () => {
  test('is shown, checked and planned for; only the sending is refused, and costs nothing', async () => {
    const { siteId } = await panel.client.sites.add(
      change({ credentials: { kind: 'keys', accessKeyId: 'AKIAWRONGWRONGWRONG0', secretAccessKey: 'wrong-secret' } }),
    )
    await eventually(
      () => panel.client.pages.list({ siteId, filter: { freshness: ['fresh'] } }),
      ({ rows }) => rows.length > 20,
    )
    expect((await site(siteId))?.edge).toMatchObject({
      state: 'failed',
      policyKnown: false,
      message: expect.stringMatching(/does not accept these credentials .*Enter the access key id and the secret again/),
    })
    const { id } = await panel.client.plans.create({ siteId, selection: { kind: 'paths', text: '/nowhere' } })
    await panel.client.plans.start({ planId: id })
    const ended = await eventually(
      () => panel.client.plans.get({ planId: id }),
      ({ endedAtMs }) => endedAtMs !== null,
    )
    expect(ended).toMatchObject({
      state: 'failed',
      result: expect.stringContaining('does not accept these credentials'),
      purge: { state: 'failed' },
    })
    expect(await panel.client.budget.get({ siteId })).toMatchObject({ used: 0, reserved: 0 })
    await panel.client.sites.remove({ siteId })
  })
})

describe('A site that is down', () => {
  test('is stored, and says what could not be read', async () => {
    const { siteId } = await panel.client.sites.add(
      change({}, { zones: [{ url: 'http://127.0.0.1:9' }], originUrl: undefined, builder: undefined }),
    )
    const found = await eventually(
      () => site(siteId),
      (now) => now?.watchProblem !== null,
    )
    expect(found?.watchProblem).toContain('127.0.0.1:9')
    await panel.client.sites.remove({ siteId })
  })
})

describe('A site that is entered again', () => {
  const zonesOf = async (siteId: string) => (await site(siteId))?.zones.map(({ id, url }) => [id, url])
  const enter = async (...urls: string[]) =>
    (
      await panel.client.sites.add(
        change({}, { key: 'again', zones: urls.map((url) => ({ url })), builder: undefined, originUrl: undefined }),
      )
    ).siteId

  test('keeps its zones when they move to other ports, each its own', async () => {
    const siteId = await enter('http://127.0.0.1:9', 'http://127.0.0.1:10', 'http://shop.localhost:9')
    const before = await zonesOf(siteId)
    expect(await enter('http://127.0.0.1:19', 'http://127.0.0.1:20', 'http://shop.localhost:19')).toBe(siteId)
    expect((await zonesOf(siteId))?.map(([id]) => id)).toEqual(before?.map(([id]) => id))
    expect((await zonesOf(siteId))?.map(([, url]) => url)).toEqual([
      'http://127.0.0.1:19',
      'http://127.0.0.1:20',
      'http://shop.localhost:19',
    ])
    await enter('http://127.0.0.1:20', 'http://127.0.0.1:21')
    expect((await zonesOf(siteId))?.map(([, url]) => url).sort()).toEqual(['http://127.0.0.1:20', 'http://127.0.0.1:21'])
    await panel.client.sites.remove({ siteId })
  })

  test('takes an address that is given twice once', async () => {
    const siteId = await enter('http://127.0.0.1:9/', 'http://127.0.0.1:9/blog', 'HTTP://127.0.0.1:9')
    expect((await zonesOf(siteId))?.map(([, url]) => url)).toEqual(['http://127.0.0.1:9'])
    await panel.client.sites.remove({ siteId })
  })
})

test('A secret is in no database, no answer and no log line, whatever goes wrong with it', async () => {
  const secrets = {
    secretAccessKey: 'Planted/Secret+Key0123456789',
    accessKeyId: 'AKIAPLANTEDPLANTED00',
    hook: 'planted-hook-4711',
  }
  const heard: unknown[] = []
  const planted = (key: string, more: object = {}) =>
    change(
      { credentials: { kind: 'keys', accessKeyId: secrets.accessKeyId, secretAccessKey: secrets.secretAccessKey } },
      {
        key,
        builder: {
          kind: 'hook',
          hookUrl: `${stack.demo.urls.builder}/hooks/${secrets.hook}`,
          listUrl: `${stack.demo.urls.builder}/builds`,
        },
        ...more,
      },
    )
  const hear = async (call: Promise<unknown>) => {
    heard.push(await call.catch((error: Error) => [error.message, error.stack, JSON.stringify(error)]))
  }
  await hear(panel.client.sites.test(planted('planted')))
  await hear(panel.client.sites.test(planted('planted', { name: '' })))
  const { siteId } = await panel.client.sites.add(planted('planted'))
  await hear(panel.client.sites.add(planted('planted', { watchSeconds: 0 })))
  await eventually(
    () => site(siteId),
    (now) => now?.edge.state === 'failed',
  )
  await hear(panel.client.builds.trigger({ siteId }))
  const { id } = await panel.client.plans.create({ siteId, selection: { kind: 'paths', text: '/x' } })
  await panel.client.plans.start({ planId: id })
  await eventually(
    () => panel.client.plans.get({ planId: id }),
    ({ endedAtMs }) => endedAtMs !== null,
  )
  const { client } = panel
  for (const call of [
    client.sites.list(),
    client.plans.list({ siteId }),
    client.plans.pages({ planId: id }),
    client.builds.list({ siteId }),
    client.budget.get({ siteId }),
    client.activity.jobs(),
    client.activity.log({}),
    client.pages.list({ siteId }),
    client.tags.list({ siteId }),
  ])
    await hear(call)

  expect(heard).toHaveLength(13)
  const files = readdirSync(panel.dataFolder).map((name) => [name, readFileSync(join(panel.dataFolder, name), 'latin1')] as const)
  expect(files.map(([name]) => name)).toEqual(expect.arrayContaining(['core.log', 'frostline.db']))
  expect(files.find(([name]) => name === 'core.log')?.[1]).toContain('"level":20')
  for (const secret of Object.values(secrets)) {
    for (const [name, text] of files) expect([name, text.includes(secret)]).toEqual([name, false])
    expect(JSON.stringify(heard)).not.toContain(secret)
  }
  await client.sites.remove({ siteId })
})
