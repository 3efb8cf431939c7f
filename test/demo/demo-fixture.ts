import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudFrontClient } from '@aws-sdk/client-cloudfront'
import { startDemo, type RunningDemo, type StartOptions } from '../../demo/start-demo.ts'
import { layPreparedDemo } from '../support/prepared-demo.ts'

/** Waits as short as they can be without losing their order. */
export const quickTimings = { deployMs: 600, invalidationMs: 400, purgeFromMs: 20, purgeToMs: 100, buildMs: 0, renderMs: 20 }

export interface Fixture {
  readonly demo: RunningDemo
  readonly dataFolder: string
  readonly host: string
  readonly giftsHost: string
  /** Closes the demo and deletes its folder. */
  end(): Promise<void>
}

/** @param past whether the stack's first start is behind it. */
export async function startFixture(options: Partial<StartOptions> = {}, past = true): Promise<Fixture> {
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'demo-test-'))
  if (past) await layPreparedDemo(dataFolder)
  const demo = await startDemo({ firstPort: 0, timings: quickTimings, ...options, dataFolder })
  const host = new URL(demo.urls.site).host
  return {
    demo,
    dataFolder,
    host,
    giftsHost: host.replace('lollies', 'gifts'),
    end: async () => {
      await demo.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Ask {
  readonly method?: string
  readonly host?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request on a connection of its own, with any Host. */
export function ask(base: string, path: string, options: Ask = {}): Promise<Reply> {
  const { port } = new URL(base)
  const headers = { ...options.headers, ...(options.host === undefined ? {} : { host: options.host }) }
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method: options.method ?? 'GET', headers, agent: false },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') }),
        )
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(options.body)
  })
}

export function askJson(base: string, path: string, options: Ask = {}): Promise<unknown> {
  return ask(base, path, options).then((reply) => JSON.parse(reply.body) as unknown)
}

/** A POST to the demo controls. */
export async function control(fixture: Fixture, path: string, body: object = {}): Promise<Record<string, unknown>> {
  const reply = await ask(fixture.demo.controlsUrl, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (reply.status !== 200) throw new Error(`${path} answered ${String(reply.status)}: ${reply.body}`)
  return JSON.parse(reply.body) as Record<string, unknown>
}

/** A page through the first PoP. */
export function visit(fixture: Fixture, path: string, options: Ask = {}): Promise<Reply> {
  return ask(fixture.demo.urls.site, path, { host: fixture.host, ...options })
}

export function visitSecondPop(fixture: Fixture, path: string, options: Ask = {}): Promise<Reply> {
  return ask(fixture.demo.urls.secondPop, path, { host: fixture.host, ...options })
}

export function cloudFront(fixture: Fixture, keys = fixture.demo.credentials, maxAttempts = 1): CloudFrontClient {
  return new CloudFrontClient({
    endpoint: fixture.demo.urls.control,
    region: 'us-east-1',
    credentials: keys,
    maxAttempts,
  })
}

/** Asks again until the answer is what is wanted; the test's own timeout ends a wait in vain. */
export async function until<Value>(read: () => Promise<Value>, isWanted: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await read()
    if (isWanted(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

/** How often the origin was asked for a path since a cursor. */
export async function originRequests(fixture: Fixture, path: string, since = 0): Promise<number> {
  const answer = (await askJson(fixture.demo.controlsUrl, `/api/origin-requests?since=${String(since)}`)) as {
    counts: { host: string; path: string; requests: number }[]
  }
  return answer.counts.filter((count) => count.path === path).reduce((sum, count) => sum + count.requests, 0)
}

export async function originCursor(fixture: Fixture): Promise<number> {
  return ((await askJson(fixture.demo.controlsUrl, '/api/state')) as { originCursor: number }).originCursor
}

export interface BuildStatus {
  readonly id: string
  readonly state: string
  readonly title: string
  readonly causes: readonly string[]
  readonly startsOn: string
  readonly startedOn: string | null
  readonly endedOn: string | null
  readonly error: string | null
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly release: {
    readonly id: string
    readonly published: boolean
    readonly publishedOn: string | null
    readonly manifest: string
  } | null
  readonly links: { readonly log: string; readonly cancel: string; readonly list: string }
}

export async function trigger(fixture: Fixture, body: object = {}): Promise<{ reply: Reply; path: string }> {
  const reply = await ask(fixture.demo.urls.builder, new URL(fixture.demo.urls.hook).pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { reply, path: reply.headers.location ?? '' }
}

export async function buildStatus(fixture: Fixture, path: string): Promise<BuildStatus> {
  return (await askJson(fixture.demo.urls.builder, path)) as BuildStatus
}

/** Triggers a build and waits for its end. */
export async function build(fixture: Fixture, body: object = {}): Promise<BuildStatus> {
  const { path } = await trigger(fixture, body)
  return until(
    () => buildStatus(fixture, path),
    ({ endedOn }) => endedOn !== null,
  )
}

export interface ManifestFile {
  readonly host: string
  readonly path: string
  readonly hash: string
  readonly type: string
  readonly size: number
  readonly tags: readonly string[]
}

export interface Manifest {
  readonly id: string
  readonly buildId: string
  readonly files: readonly ManifestFile[]
  readonly redirects: readonly { readonly from: string; readonly to: string; readonly status: number }[]
}

export async function manifest(fixture: Fixture, releaseId: string): Promise<Manifest> {
  return (await askJson(fixture.demo.urls.builder, `/releases/${releaseId}/manifest.json`)) as Manifest
}

/** `host path` of the files whose bytes differ between two releases or that only one has. */
export function differences(left: Manifest, right: Manifest): readonly string[] {
  const hashes = (of: Manifest): Map<string, string> => new Map(of.files.map((file) => [`${file.host} ${file.path}`, file.hash]))
  const before = hashes(left)
  const after = hashes(right)
  return [...new Set([...before.keys(), ...after.keys()])].filter((name) => before.get(name) !== after.get(name)).sort()
}
