import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '#main/platform/http.ts'
import { createCloudFront } from '#main/providers/cloudfront/cloudfront.ts'
import { policyFor } from '#main/providers/cloudfront/purge-items.ts'
import { createHookBuilder } from '#main/providers/hook/hook.ts'
import { createSsrCache } from '#main/providers/ssr-cache/ssr-cache.ts'
import type { Builder } from '#main/providers/builder.ts'
import type { Edge } from '#main/providers/edge.ts'
import { startDemo, type RunningDemo } from '../../../demo/start-demo.ts'
import { edgeContract } from '../../contracts/edge.contract.ts'
import { originSwitchContract } from '../../contracts/origin-switch.contract.ts'
import { rendererContract } from '../../contracts/renderer.contract.ts'
import { builderContract } from './builder-contract.ts'

// The providers against the built-in stack, which speaks the vendors' protocols on loopback.
const http = createHttp()
let demo: RunningDemo
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frostline-providers-'))
  demo = await startDemo({
    dataFolder: folder,
    firstPort: 0,
    timings: { deployMs: 200, invalidationMs: 200, purgeFromMs: 20, purgeToMs: 60, buildMs: 300 },
  })
}, 120_000)
afterAll(async () => {
  await demo.close()
  await http.close()
  await rm(folder, { recursive: true })
})

const edgeOf = (distributionId: string, credentials = demo.credentials, endpoint = demo.urls.control): Edge =>
  createCloudFront({ distributionId, endpoint, region: 'us-east-1', credentials: { kind: 'keys', ...credentials }, http })
const builderOf = (hookUrl: string): Builder => createHookBuilder({ hookUrl, listUrl: `${demo.urls.builder}/builds`, http })

edgeContract('CloudFront over the demo', async () => {
  const wrong = { accessKeyId: demo.credentials.accessKeyId, secretAccessKey: 'not/the/secret+of/these/keys' }
  return {
    edge: edgeOf(demo.distributionId),
    path: '/about',
    tag: 'pb-menu:main-menu',
    missing: edgeOf('EMISSING000001'),
    missingId: 'EMISSING000001',
    refused: edgeOf(demo.distributionId, wrong),
    refusedSecret: wrong.secretAccessKey,
    unreachable: edgeOf(demo.distributionId, demo.credentials, 'http://nothing.localhost:9'),
    stop: async () => {},
  }
})

edgeContract('CloudFront without tags over the demo', async () => ({
  edge: edgeOf(demo.emptyDistributionId),
  path: '/about',
  tag: null,
  missing: edgeOf('EMISSING000002'),
  missingId: 'EMISSING000002',
  refused: edgeOf(demo.emptyDistributionId, { accessKeyId: 'AKIAUNKNOWNUNKNOWN00', secretAccessKey: 'unknown/secret' }),
  refusedSecret: 'unknown/secret',
  unreachable: edgeOf(demo.emptyDistributionId, demo.credentials, 'http://nothing.localhost:9'),
  stop: async () => {},
}))

for (const which of ['distributionId', 'emptyDistributionId'] as const) {
  originSwitchContract(`CloudFront over the demo (${which})`, async () => ({
    edge: edgeOf(demo[which]),
    paths: ['/releases/r-1', '/releases/r-2'],
    missing: edgeOf('EMISSING000003'),
    refused: edgeOf(demo[which], { accessKeyId: 'AKIAUNKNOWNUNKNOWN00', secretAccessKey: 'unknown/secret' }),
    unreachable: edgeOf(demo[which], demo.credentials, 'http://nothing.localhost:9'),
    stop: async () => {},
  }))
}

builderContract('The build service of the demo', async () => ({
  builder: builderOf(demo.urls.hook),
  gone: builderOf(`${demo.urls.builder}/hooks/0123456789abcdef01234567`),
  unreachable: builderOf('http://nothing.localhost:9/hooks/0123456789abcdef01234567'),
  missing: { manifestUrl: `${demo.urls.builder}/releases/r-never/manifest.json` },
  secrets: ['0123456789abcdef01234567', new URL(demo.urls.hook).pathname],
  stop: async () => {},
}))

rendererContract('The SSR cache of the demo', async () => {
  let price = 0
  const controls = demo.urls.controls
  const { pathname, host } = new URL(demo.urls.renderer)
  const secret = pathname.split('/')[1] ?? ''
  return {
    renderer: createSsrCache({ url: demo.urls.renderer, http }),
    host: new URL(demo.urls.site).host,
    path: '/menu-card/apple',
    tag: 'pb-menu:main-menu',
    missingPath: '/menu-card/never-baked',
    gone: createSsrCache({ url: `http://${host}/0123456789abcdef01234567/entries`, http }),
    unreachable: createSsrCache({ url: 'http://nothing.localhost:9/0123456789abcdef01234567/entries', http }),
    secrets: [secret, '0123456789abcdef01234567'],
    edit: async () => {
      price += 1
      const answer = await fetch(new URL('/api/ssr-page', controls), {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: new URL(controls).origin },
        body: JSON.stringify({ path: '/menu-card/apple', text: `Now ${price} cents cheaper.` }),
      })
      expect(answer.status).toBe(200)
    },
  }
})

describe('The demo', () => {
  test('tells how long each path is kept', async () => {
    const distribution = await edgeOf(demo.distributionId).describe()
    expect(distribution.gaps).toEqual([])
    for (const path of ['/', '/about', '/assets/x.css']) expect(policyFor(distribution, path)).not.toBeNull()
  })

  test('leaves a gap when its policies may not be read', async () => {
    const distribution = await edgeOf(demo.distributionId, demo.restrictedCredentials).describe()
    expect(distribution.gaps).toHaveLength(1)
    expect(distribution.gaps[0]).toContain('cloudfront:GetCachePolicy')
    expect(policyFor(distribution, '/about')).toBeNull()
  })

  test('has manifests whose hashes are of the bytes that a visitor receives', async () => {
    const builder = builderOf(demo.urls.hook)
    const build = (await builder.list(50))?.builds.find(({ release }) => release?.published === true)
    const manifest = await builder.manifest(build?.release?.manifestUrl ?? '')
    const releaseId = manifest.releaseId
    const file = manifest.files.find(({ path }) => path === '/about') ?? manifest.files[0]
    expect(file).toBeDefined()
    http.allow(demo.urls.origin)
    const page = await http.fetchPage(`${demo.urls.origin}/releases/${releaseId}${file?.path}`, { hostHeader: file?.host })
    expect(page).toMatchObject({ status: 200, bodyHash: file?.hash, sizeBytes: file?.sizeBytes })
  })
})
