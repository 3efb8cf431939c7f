import type { Verdict } from '#shared/diagnosis.ts'
import { eventually, startTestCore, type RunningCore } from '../core-client.ts'
import { tellBuilds, type TestRelease } from './builds.ts'
import type { Cache, Upstream } from './cache.ts'
import { BLIND, BUILT, PLAIN, type HostName } from './hosts.ts'
import { startOrigin, type Origin } from './origin.ts'
import { visit, type Visited, type VisitOptions } from './visit.ts'

export interface AskOptions {
  readonly host?: HostName
  readonly customer?: string
}

/** A cache in front of an origin, three sites behind it, and a whole core that looks at them from outside. */
export interface CacheWorld {
  readonly cache: Cache
  readonly origin: Origin
  readonly panel: RunningCore
  visit(path: string, options?: VisitOptions & { readonly host?: HostName }): Promise<Visited>
  purge(path: string, host?: HostName): Promise<void>
  why(path: string, options?: AskOptions): Promise<Verdict>
  /** Tells that what a tag stands for changed just now. */
  mark(tag: string): Promise<void>
  /** Releases of the built site, the newest last, told by its build service; answers when Frostline has heard of them. */
  deploy(...releases: readonly TestRelease[]): Promise<void>
  close(): Promise<void>
}

/** Pages that are to be in the list before anything happens, with their tags. */
export interface ListedPage {
  readonly path: string
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

export type StartCache = (upstream: Upstream) => Promise<Cache>

export async function startCacheWorld(startCache: StartCache, listed: readonly ListedPage[] = []): Promise<CacheWorld> {
  const origin = await startOrigin()
  const cache = await startCache(origin)
  const hostOf = (host: HostName) => `${host}:${cache.port}`
  const urlOf = (host: HostName) => `http://${hostOf(host)}`
  const never = { 'cache-control': 'no-store' }
  origin.serve('/sitemap.xml', (request) => ({
    headers: { ...never, 'content-type': 'application/xml' },
    body: sitemap(request.headers.host),
  }))
  const sitemap = (host: string | undefined) =>
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${[...listed, { path: '/' }]
      .map(({ path }) => `<url><loc>http://${host}${path}</loc></url>`)
      .join('')}</urlset>`
  origin.serve('/', { headers: never, body: '<p>The home page</p>' })
  for (const { path, ...answer } of listed) origin.serve(path, answer)
  tellBuilds(origin, hostOf(BUILT), [])
  const panel = await startTestCore()
  const add = (host: HostName, more: object) =>
    panel.client.sites.add({ name: host, zones: [{ url: urlOf(host) }], edge: { kind: 'any-cache' }, watchSeconds: 5, ...more })
  const { siteId } = await add(PLAIN, { originUrl: origin.url })
  const { siteId: builtId } = await add(BUILT, {
    originUrl: origin.url,
    builder: { kind: 'hook', hookUrl: `${origin.url}/hook`, listUrl: `${origin.url}/builds` },
  })
  await add(BLIND, {})
  const rows = async (id: string) => (await panel.client.pages.list({ siteId: id, limit: 500 })).rows
  const quiet = () =>
    eventually(
      () => panel.client.activity.jobs(),
      (jobs) => jobs.every(({ state }) => state !== 'running'),
    )
  for (const id of [siteId, builtId]) {
    await eventually(
      () => rows(id),
      (found) => found.length > listed.length && found.every(({ observedAtMs }) => observedAtMs !== null),
    )
  }
  await quiet()
  return {
    cache,
    origin,
    panel,
    visit: (path, { host = PLAIN, ...options } = {}) => visit(cache.port, hostOf(host), path, options),
    purge: (path, host = PLAIN) => cache.purge(hostOf(host), path),
    why: (path, { host = PLAIN, customer } = {}) =>
      panel.client.diagnosis.why({ url: urlOf(host) + path, customer: customer === undefined ? null : { text: customer } }),
    async mark(tag) {
      await panel.client.tags.mark({ siteId, target: { kind: 'tag', tag }, what: `${tag}: a new entry`, sinceMs: Date.now() })
    },
    async deploy(...releases) {
      tellBuilds(origin, hostOf(BUILT), releases)
      const live = releases.findLast(({ published }) => published)?.id ?? null
      await eventually(
        () => panel.client.deploys.list({ siteId: builtId }),
        ({ deploys }) =>
          deploys.length >= releases.length && deploys.some(({ releaseId, state }) => releaseId === live && state === 'live'),
      )
    },
    async close() {
      await panel.close()
      await cache.stop()
      await origin.stop()
    },
  }
}

/** Response headers as a customer copies them from the browser's tools. */
export function asPasted({ status, fields }: Visited): string {
  return [`HTTP/1.1 ${status}`, ...fields.map(([name, value]) => `${name}: ${value}`)].join('\r\n')
}

/** A HAR file in which the browser took a page that it had loaded earlier from its own cache. */
export function asKept(url: string, { status, fields, body }: Visited): string {
  const entry = {
    startedDateTime: new Date().toISOString(),
    request: { method: 'GET', url, headers: [] },
    response: { status, headers: fields.map(([name, value]) => ({ name, value })), content: { text: body } },
    timings: { wait: 1 },
    _fromCache: 'disk',
  }
  return JSON.stringify({ log: { version: '1.2', entries: [entry] } })
}

export const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1_000))
