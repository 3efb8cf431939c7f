import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Credential } from '#shared/credentials.ts'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'

let stack: TestDemo
let panel: RunningCore
let siteId = ''
const secrets = memorySecrets()
beforeAll(async () => {
  stack = await startTestDemo(undefined, quickTimings)
  panel = await startTestCore({ secrets })
  siteId = (await panel.client.sites.add({ ...stack.site, key: undefined })).siteId
  await eventually(list, (all) => all.filter(({ usedAtMs }) => usedAtMs !== null).length === 3)
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await stack?.demo.close()
})

const list = () => panel.client.credentials.list()
const one = async (secret: string): Promise<Credential | undefined> =>
  (await list()).find(({ name }) => name === `site:${siteId}:${secret}`)

describe('Credentials', () => {
  test('are listed with what they are for, where they are, and what they were seen to be allowed', async () => {
    expect((await list()).map(({ what }) => what)).toEqual([
      `Access keys of distribution ${stack.site.edge.distributionId}`,
      'Address of the build hook',
      'Address of the renderer',
    ])
    expect(await one('edge')).toMatchObject({
      kind: 'stored',
      sites: [{ id: siteId }],
      keptIn: expect.stringContaining('memory: '),
      result: 'ok',
      message: null,
      expiry: null,
      lacking: false,
    })
    const acts = (await one('edge'))?.acts.map(({ act, allowed }) => [act, allowed])
    expect(acts).toEqual(expect.arrayContaining([['Read the edge’s settings', true]]))
  })

  test('are never told', async () => {
    const text = JSON.stringify(await list())
    for (const secret of [stack.demo.credentials.secretAccessKey, stack.demo.credentials.accessKeyId, stack.demo.urls.hook])
      expect(text).not.toContain(secret)
  })

  test('are tried by the part that uses them alone', async () => {
    const findings = await panel.client.credentials.test({ name: `site:${siteId}:edge` })
    expect(findings.map(({ field, ok }) => [field, ok])).toEqual([['edge.distributionId', true]])
  })

  test('are tried before the old value is dropped', async () => {
    const name = `site:${siteId}:edge`
    const before = await secrets.get(name)
    const wrong = { accessKeyId: 'AKIAWRONGWRONGWRONG0', secretAccessKey: 'planted-rotated' }
    expect(await panel.client.credentials.rotate({ name, values: wrong })).toMatchObject({
      saved: false,
      findings: [{ ok: false }],
    })
    expect(await secrets.get(name)).toBe(before)
    const { restrictedCredentials } = stack.demo
    expect(await panel.client.credentials.rotate({ name, values: { ...restrictedCredentials } })).toMatchObject({ saved: true })
    expect(await secrets.get(name)).not.toBe(before)
    expect(JSON.stringify((await panel.client.activity.log({})).rows)).not.toContain('planted-rotated')
    const now = await eventually(
      () => one('edge'),
      (credential) => (credential?.acts.length ?? 0) > 0,
    )
    expect(now?.changedAtMs).not.toBe(now?.addedAtMs)
    expect(now?.acts.find(({ act }) => act === 'Read the edge’s settings')?.note).toContain('GetCachePolicy is not allowed')
  })

  test('that are refused say so, and what they were refused', async () => {
    const wrong = { accessKeyId: 'AKIAWRONGWRONGWRONG0', secretAccessKey: 'wrong-secret' }
    await panel.client.credentials.rotate({ name: `site:${siteId}:edge`, values: wrong, despite: true })
    const refused = await eventually(
      () => one('edge'),
      (credential) => credential?.result === 'refused',
    )
    expect(refused?.message).toMatch(/does not accept these credentials/)
    expect(refused?.acts.some(({ allowed }) => !allowed)).toBe(true)
    await panel.client.credentials.rotate({ name: `site:${siteId}:edge`, values: { ...stack.demo.credentials } })
  })

  test('say what stops working, and are then lacking until they are entered again', async () => {
    const name = `site:${siteId}:renderer`
    expect((await one('renderer'))?.withoutIt).toContain('cannot be read, marked as expired or refreshed')
    const value = (await secrets.get(name)) ?? ''
    await panel.client.credentials.remove({ name })
    expect(await one('renderer')).toMatchObject({ lacking: true, canRemove: false, usedAtMs: null })
    expect(await panel.client.siteSettings.lacking()).toEqual([{ siteId, what: ['the address of the renderer'] }])
    expect(await panel.client.credentials.rotate({ name, values: { value } })).toMatchObject({ saved: true })
    expect(await panel.client.siteSettings.lacking()).toEqual([])
  })

  test('of AWS that are only read are listed as such, with every site that uses them', async () => {
    const edge = { ...stack.site.edge, credentials: { kind: 'profile' as const, profile: 'nobody-has-this' } }
    const other = await panel.client.sites.add({
      ...stack.site,
      key: undefined,
      name: 'Other',
      zones: [{ url: 'http://127.0.0.1:9' }],
      edge,
    })
    expect((await list()).find(({ name }) => name === 'aws:profile:nobody-has-this')).toMatchObject({
      kind: 'aws',
      what: 'AWS profile nobody-has-this',
      sites: [{ name: 'Other' }],
      keptIn: expect.stringContaining('read, not copied'),
      canRemove: false,
      rotate: [],
      expiry: null,
    })
    await panel.client.sites.remove({ siteId: other.siteId })
    expect((await list()).map(({ name }) => name)).not.toContain('aws:profile:nobody-has-this')
  })

  test('are for owners alone', async () => {
    await expect(panel.clientFor('operator').credentials.list()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })
})
