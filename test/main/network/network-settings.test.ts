import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import type { NetworkInput } from '#shared/network.ts'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { noForwardProxy, startForwardProxy, type ForwardProxy } from '../../support/forward-proxy.ts'
import { startSiteServer } from '../../support/site-server.ts'

const MISSING = noForwardProxy()
if (MISSING !== null) console.log(MISSING)
const CA_FILE = fileURLToPath(new URL('../../fixtures/tls/cert.pem', import.meta.url))
const KEY_FILE = fileURLToPath(new URL('../../fixtures/tls/key.pem', import.meta.url))
const PASSWORD = 'planted-proxy-password-4711'
const NOTHING: NetworkInput = { mode: 'automatic', proxy: '', noProxy: '', signInName: '', password: null, caFile: '' }
const ending: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end()
})
async function core(options: Parameters<typeof startTestCore>[0] = {}): Promise<RunningCore> {
  const started = await startTestCore(options)
  ending.push(started.close)
  return started
}
async function proxy(options: Parameters<typeof startForwardProxy>[0]): Promise<ForwardProxy> {
  const started = await startForwardProxy(options)
  ending.push(started.stop)
  return started
}

describe('The network', () => {
  test('is what the environment says until somebody says otherwise', async () => {
    const { client } = await core({ environment: { HTTPS_PROXY: 'http://ada:secret@proxy.test:3128', NO_PROXY: 'inside.test' } })
    expect(await client.network.get()).toMatchObject({
      settings: { mode: 'automatic', hasPassword: false },
      inEffect: {
        source: 'environment',
        http: null,
        https: { address: 'proxy.test:3128', signsIn: true },
        noProxy: 'inside.test',
      },
      asksSystem: false,
    })
    expect(await client.network.save({ ...NOTHING, mode: 'none' })).toMatchObject({ inEffect: { source: 'none', https: null } })
  })

  test('asks the system where only that knows', async () => {
    const asked: string[] = []
    const shell = {
      openFolder: null,
      askSystem: async (address: string) => {
        asked.push(address)
        return 'PROXY 127.0.0.1:9'
      },
    }
    const { client } = await core({ shell })
    expect(await client.network.get()).toMatchObject({ inEffect: { source: 'system' }, asksSystem: true })
    expect(await client.network.test({ address: 'outside.test' })).toMatchObject({
      ok: false,
      proxy: '127.0.0.1:9',
      sentence: expect.stringContaining('The proxy 127.0.0.1:9 could not be reached'),
    })
    expect(asked).toEqual(['https://outside.test/'])
  })

  test.each<[string, Partial<NetworkInput>, string, string]>([
    ['no address', { mode: 'manual', proxy: 'socks5://proxy:1' }, 'proxy', 'no address of an HTTP proxy'],
    ['an address with a password', { mode: 'manual', proxy: 'http://a:b@proxy:1' }, 'proxy', 'kept in clear'],
    ['a CA file that is not there', { caFile: '/nowhere/ca.pem' }, 'caFile', 'cannot be read (ENOENT)'],
    ['a CA file without a whole path', { caFile: 'ca.pem' }, 'caFile', 'whole path'],
    ['a CA file without a certificate', { caFile: KEY_FILE }, 'caFile', 'no certificate'],
  ])('is not changed by %s', async (_what, change, field, words) => {
    const { client } = await core()
    await expect(client.network.save({ ...NOTHING, ...change })).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining(words),
      data: { field },
    })
    expect((await client.network.get()).settings).toMatchObject({ mode: 'automatic', proxy: '', caFile: '' })
  })

  test('is for owners', async () => {
    const { clientFor } = await core()
    for (const role of ['operator', 'support'] as const) {
      await expect(clientFor(role).network.get()).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
      await expect(clientFor(role).network.save(NOTHING)).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
      expect(await clientFor(role).network.offline()).toBeNull()
    }
  })

  test('says of a damaged CA file that it is not used, and starts all the same', async () => {
    const folder = (await core()).dataFolder
    const file = join(folder, 'ca.pem')
    writeFileSync(file, '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n')
    const { client } = await core({ environment: { NODE_EXTRA_CA_CERTS: file } })
    expect((await client.network.get()).caFiles).toEqual([
      { file, from: 'environment', certificates: 0, problem: `A certificate in ${file} is damaged.` },
    ])
    const { caFiles } = await client.network.save({ ...NOTHING, caFile: CA_FILE })
    expect(caFiles[0]).toEqual({ file: CA_FILE, from: 'settings', certificates: 1, problem: null })
    await client.network.save(NOTHING)
  })
})

describe.skipIf(MISSING !== null)('A company’s proxy', () => {
  test('is used by the work thread too, as soon as it is saved, and its password is nowhere in clear', async () => {
    const site = await startSiteServer(() => ({
      headers: { 'content-type': 'text/html', 'cache-control': 'max-age=60' },
      body: 'hello',
    }))
    ending.push(site.stop)
    const through = await proxy({ hosts: ['site.test'], signIn: { name: 'ada', password: PASSWORD } })
    const secrets = memorySecrets()
    const { client, dataFolder } = await core({ secrets })
    const saved = await client.network.save({
      ...NOTHING,
      mode: 'manual',
      proxy: `127.0.0.1:${through.port}`,
      signInName: 'ada',
      password: PASSWORD,
    })
    expect(saved).toMatchObject({ settings: { hasPassword: true }, inEffect: { source: 'settings', https: { signsIn: true } } })
    expect(JSON.stringify(saved)).not.toContain(PASSWORD)

    const added = await client.sites.add({
      name: 'Through the proxy',
      zones: [{ url: `http://site.test:${site.port}` }],
      edge: { kind: 'any-cache' },
    })
    await client.diagnosis.why({ url: `http://site.test:${site.port}/page` }).catch(() => undefined)
    expect(added.siteId).toMatch(/./)
    const asked = await eventually(
      async () => through.asked(),
      (lines) => lines.some((line) => line.startsWith('GET http://site.test')),
    )
    expect(asked.some((line) => line.endsWith(' 200') || line.endsWith(' 404'))).toBe(true)
    expect(everythingIn(dataFolder)).not.toContain(PASSWORD)
    expect(everythingIn(dataFolder)).not.toContain(Buffer.from(`ada:${PASSWORD}`).toString('base64'))
  })

  test('that is gone is said once, as being offline, and is back by itself', async () => {
    const first = await proxy({ hosts: ['site.test'] })
    const { client } = await core({ environment: { HTTPS_PROXY: first.address, HTTP_PROXY: first.address } })
    await first.stop()
    await client.network.test({ address: 'site.test' })
    expect(await client.network.offline()).toBeNull()
    await client.diagnosis.why({ url: 'https://site.test/page' }).catch(() => undefined)
    expect(await client.network.offline()).toMatchObject({ proxy: `127.0.0.1:${first.port}` })
    await proxy({ hosts: ['site.test'], port: first.port })
    await eventually(
      () => client.network.offline(),
      (offline) => offline === null,
    )
  })
})

function everythingIn(folder: string): string {
  mkdirSync(folder, { recursive: true })
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n')
}
