import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as z from 'zod'
import { startDemo, type RunningDemo, type StartOptions } from '../../demo/start-demo.ts'
import { SiteInput } from '#shared/sites.ts'
import { layPreparedDemo } from './prepared-demo.ts'

const Counts = z.object({
  cursor: z.number(),
  counts: z.array(z.object({ host: z.string(), path: z.string(), requests: z.number() })),
})

type DemoSite = SiteInput & { readonly edge: Extract<SiteInput['edge'], { kind: 'cloudfront' }> }

export interface TestDemo {
  readonly demo: RunningDemo
  readonly site: DemoSite
  /** A POST of the demo's controls. */
  act(path: string, body?: unknown): Promise<Record<string, unknown>>
  /** Requests that reached the origin since a cursor, as `host path`. */
  originRequests(since: number): Promise<{ cursor: number; paths: string[] }>
}

function readSite(file: string): DemoSite {
  const { edge, ...site } = SiteInput.parse(JSON.parse(readFileSync(file, 'utf8')))
  if (edge.kind !== 'cloudfront') throw new Error('the demo speaks the API of CloudFront')
  return { ...site, edge }
}

/** The built-in stack on free ports, with the site file that a panel would import. */
export async function startTestDemo(
  dataFolder = mkdtempSync(join(tmpdir(), 'frostline-demo-')),
  timings: StartOptions['timings'] = {},
  bucketOrigin?: string,
): Promise<TestDemo> {
  await layPreparedDemo(dataFolder)
  const demo = await startDemo({ dataFolder, firstPort: 0, timings, ...(bucketOrigin === undefined ? {} : { bucketOrigin }) })
  const site = readSite(demo.siteFile)
  const base = demo.controlsUrl.replace(/\/$/, '')
  return {
    demo,
    site,
    async act(path, body = {}) {
      const answer = await fetch(base + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: base },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return z.record(z.string(), z.unknown()).parse(await answer.json())
    },
    async originRequests(since) {
      const { cursor, counts } = Counts.parse(await (await fetch(`${base}/api/origin-requests?since=${since}`)).json())
      return { cursor, paths: counts.map(({ host, path }) => `${host}${path}`) }
    },
  }
}

/** Waits as short as they can be without losing their order: a purge is seen in progress, then completed. */
export const quickTimings = { deployMs: 300, invalidationMs: 600, purgeFromMs: 20, purgeToMs: 200, buildMs: 0 }
