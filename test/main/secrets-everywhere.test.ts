import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { AnyContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '#shared/contract.ts'
import { startCore, type CoreHandle } from '#main/core-host.ts'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import { openLog } from '#main/platform/log.ts'
import { logFolderOf } from '#main/platform/data-place.ts'
import { createKnownSecrets, rememberingSecrets } from '#main/platform/known-secrets.ts'
import type { Client } from '../support/core-client.ts'

/** One of each kind that Frostline is ever given. All hold this word, however they are written down. */
const WORD = 'PLANTED'
const SECRETS = {
  accessKeyId: `AKIA${WORD}00000001`,
  secretAccessKey: `${WORD}/aws+secret0123456789`,
  bucketKey: `${WORD}/bucket+secret0123456789`,
  hook: `${WORD}-build-hook-4711`,
  hookHeader: `${WORD}-hook-header-4711`,
  renderer: `${WORD}-renderer-4711`,
  netlify: `nfp_${WORD}4711abcdefghijkl`,
  varnish: `${WORD}-varnish-4711`,
  source: `${WORD}-webhook-secret-4711`,
  proxy: `${WORD}-proxy-password-4711`,
  environment: `${WORD}-proxy-of-environment-4711`,
} as const
const SPELLINGS = Object.values(SECRETS).flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  Buffer.from(`ada:${secret}`).toString('base64').replace(/=+$/, ''),
])
const leaksIn = (text: string): string[] => SPELLINGS.filter((spelling) => text.includes(spelling))

const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-secrets-'))
const heard: string[] = []
const told: string[] = []
let core: CoreHandle
let client: Client
const before = { level: process.env['FROSTLINE_LOG_LEVEL'], proxy: process.env['HTTPS_PROXY'] }

/** What a panel would receive, errors and all. */
async function hear(call: Promise<unknown>): Promise<unknown> {
  try {
    const answer = await call
    heard.push(JSON.stringify(answer) ?? '')
    return answer
  } catch (error) {
    heard.push(error instanceof Error ? `${error.message} ${error.stack} ${JSON.stringify(error)}` : String(error))
    return null
  }
}

beforeAll(async () => {
  process.env['FROSTLINE_LOG_LEVEL'] = 'trace'
  process.env['HTTPS_PROXY'] = `http://ada:${SECRETS.environment}@127.0.0.1:9`
  const known = createKnownSecrets()
  core = await startCore({
    dataFolder,
    log: openLog(logFolderOf(dataFolder), 'shell', known.scrub),
    secrets: rememberingSecrets(keyFileSecrets(dataFolder), known),
    version: 'test',
    demo: false,
  })
  const port = core.connect({ person: 'Ada', role: 'owner' })
  client = createORPCClient(new RPCLink({ port }))
  port.start()
  await plant()
  await askEverything()
}, 120_000)
afterAll(async () => {
  for (const [name, value] of [
    ['FROSTLINE_LOG_LEVEL', before.level],
    ['HTTPS_PROXY', before.proxy],
  ] as const) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  await core?.close()
})

/** Gives Frostline every kind of secret, and lets it fail with each: nothing listens where it asks. */
async function plant(): Promise<void> {
  const zones = [{ url: 'http://127.0.0.1:9' }]
  const keys = { kind: 'keys' as const, accessKeyId: SECRETS.accessKeyId, secretAccessKey: SECRETS.secretAccessKey }
  const cloudfront = {
    name: 'CloudFront',
    zones,
    edge: { kind: 'cloudfront' as const, distributionId: 'E2QWRUHAPOMQZL', endpoint: 'http://127.0.0.1:9', credentials: keys },
    builder: {
      kind: 'hook' as const,
      hookUrl: `http://127.0.0.1:9/hooks/${SECRETS.hook}`,
      secretHeader: { name: 'X-Token', value: SECRETS.hookHeader },
    },
    renderer: { kind: 'ssr-cache' as const, url: `http://127.0.0.1:9/${SECRETS.renderer}/entries` },
    objects: {
      kind: 's3' as const,
      bucket: 'planted-bucket',
      endpoint: 'http://127.0.0.1:9',
      credentials: { ...keys, secretAccessKey: SECRETS.bucketKey },
    },
  }
  const varnish = {
    name: 'Varnish',
    zones: [{ url: 'http://localhost:9' }],
    edge: { kind: 'varnish' as const, addresses: ['http://127.0.0.1:9'], secret: SECRETS.varnish },
    builder: { kind: 'netlify' as const, siteId: 'site-1', token: SECRETS.netlify, baseUrl: 'http://127.0.0.1:9/api/v1' },
  }
  for (const site of [cloudfront, varnish]) {
    await hear(client.sites.test(site))
    await hear(client.sites.add({ ...site, watchSeconds: 0 }))
    const added = await client.sites.add(site)
    const { siteId } = added
    const plan = await client.plans.create({ siteId, selection: { kind: 'paths', text: '/x' } })
    await hear(client.plans.start({ planId: plan.id }))
    await hear(client.builds.trigger({ siteId }))
    // The secret of a source is told this once, to whoever made the source.
    const settings = { header: 'x-signature', algorithm: 'sha256' as const, encoding: 'hex' as const, prefix: '' }
    await client.hooks.addSource({ siteId, kind: 'hmac', name: 'Source', settings, secret: SECRETS.source })
    await hear(client.diagnosis.why({ url: 'http://127.0.0.1:9/x' }))
  }
  const proxy = { mode: 'manual' as const, proxy: '127.0.0.1:9', noProxy: '', signInName: 'ada', caFile: '' }
  await hear(client.network.save({ ...proxy, password: SECRETS.proxy }))
  await hear(client.network.save({ ...proxy, proxy: `http://ada:${SECRETS.proxy}@127.0.0.1:9`, password: null }))
  await hear(client.network.test({ address: 'planted.test' }))
  await hear(client.network.save({ ...proxy, mode: 'automatic', password: null }))
  await hear(client.network.test({ address: 'planted.test' }))
}

/** Everything that can be asked with a site, or with nothing. */
async function askEverything(): Promise<void> {
  const callable = client as unknown as Record<string, Record<string, (input?: unknown) => Promise<unknown>>>
  const sites = await client.sites.list()
  for (const [feature, calls] of Object.entries(contract)) {
    for (const [name, procedure] of Object.entries(calls)) {
      if (['remove', 'changes', 'openLogs'].includes(name)) continue
      const { inputSchema } = (procedure as AnyContractProcedure)['~orpc']
      for (const input of inputSchema === undefined ? [undefined] : [{}, ...sites.map(({ id }) => ({ siteId: id }))]) {
        const answer = callable[feature]?.[name]?.(input) ?? Promise.resolve()
        told.push(`${feature}.${name}`)
        await hear(answer.then((value) => (isStream(value) ? firstOf(value) : value)))
      }
    }
  }
  for (const withAddresses of [true, false]) await hear(client.upkeep.bundle({ withAddresses }))
  // What runs by itself has had its time to fail as well.
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  await hear(client.upkeep.log())
  await hear(client.activity.log({}))
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value
async function firstOf(stream: AsyncIterable<unknown>): Promise<unknown> {
  const iterator = stream[Symbol.asyncIterator]()
  const first = await Promise.race([iterator.next(), new Promise((resolve) => setTimeout(resolve, 200))])
  void iterator.return?.()
  return first
}

function files(folder: string): { name: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name, path: join(folder, name) }))
    .filter(({ path }) => statSync(path).isFile())
    .map(({ name, path }) => ({ name, text: readFileSync(path, 'latin1') }))
}

describe('A secret that was planted', () => {
  test('is in no answer and no error of any call', () => {
    expect(told.length).toBeGreaterThan(100)
    expect(heard.flatMap((answer) => leaksIn(answer).map((leak) => ({ leak, answer: answer.slice(0, 300) })))).toEqual([])
  })

  test('is in no file: not in the database, not in the log at its most talkative, not in the vault in clear', () => {
    const all = files(dataFolder)
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['frostline.db', 'secrets.json', join('logs', 'core.log')]),
    )
    expect(all.find(({ name }) => name.endsWith('core.log'))?.text).toContain('"level":20')
    expect(all.flatMap(({ name, text }) => leaksIn(text).map((leak) => `${name}: ${leak}`))).toEqual([])
  })

  test('is in no diagnostics bundle, which has what helps all the same', async () => {
    for (const withAddresses of [true, false]) {
      const { parts, zipBase64 } = await client.upkeep.bundle({ withAddresses })
      for (const { name, text } of parts) expect([name, leaksIn(text)]).toEqual([name, []])
      expect(leaksIn(Buffer.from(zipBase64, 'base64').toString('latin1'))).toEqual([])
      expect(parts.find(({ name }) => name === 'sites.json')?.text).toContain('CloudFront')
    }
  })

  test('is in no crash dump: none is ever written', () => {
    const main = fileURLToPath(new URL('../../main', import.meta.url))
    const makers = /crashReporter|process\.report|writeHeapSnapshot|setHeapSnapshotNearHeapLimit|report-on-/
    expect(files(main).filter(({ text }) => makers.test(text))).toEqual([])
    expect(process.report.reportOnFatalError || process.report.reportOnUncaughtException).toBe(false)
  })
})
