import { ask, askJson, control, visit, type Ask, type Fixture, type Reply } from './demo-fixture.ts'

export interface EntryDocument {
  readonly host: string
  readonly path: string
  readonly contentHash: string
  readonly size: number
  readonly cacheTags: readonly { readonly class: string; readonly id?: string }[]
  readonly lastRefresh: { readonly startedOn: string; readonly endedOn: string; readonly duration: number }
  readonly refreshedOn: string
  readonly expiresOn: string
  readonly markedOn: string | null
  readonly failure: { readonly on: string; readonly error: string } | null
  readonly ttlSeconds: number
  readonly expired: boolean
  readonly refreshing: boolean
  readonly now: string
}

export interface JobDocument {
  readonly id: string
  readonly state: 'running' | 'finished'
  readonly endedOn: string | null
  readonly done: number
  readonly total: number
  readonly results: readonly {
    readonly path: string
    readonly state: string
    readonly duration?: number
    readonly contentHash?: string | null
    readonly changed?: boolean
    readonly error?: string | null
  }[]
}

/** A request to the renderer; `path` follows the address of the entries. */
export function askRenderer(fixture: Fixture, path: string, options: Ask = {}): Promise<Reply> {
  const { pathname } = new URL(fixture.demo.urls.renderer)
  return ask(fixture.demo.urls.renderer, pathname + path, options)
}

export async function readEntry(fixture: Fixture, path: string): Promise<EntryDocument> {
  const reply = await askRenderer(fixture, `/one?path=${encodeURIComponent(path)}`)
  return JSON.parse(reply.body) as EntryDocument
}

export async function expire(fixture: Fixture, body: object): Promise<{ marked: number; markedOn: string; missing: string[] }> {
  const reply = await askRenderer(fixture, '/expire', { method: 'POST', body: JSON.stringify(body) })
  if (reply.status !== 200) throw new Error(reply.body)
  return JSON.parse(reply.body) as { marked: number; markedOn: string; missing: string[] }
}

/** Refreshes through the renderer and waits for the end. */
export async function refresh(fixture: Fixture, paths: readonly string[]): Promise<JobDocument> {
  const reply = await askRenderer(fixture, '/refresh', { method: 'POST', body: JSON.stringify({ paths }) })
  let job = JSON.parse(reply.body) as JobDocument
  while (job.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 10))
    job = JSON.parse((await askRenderer(fixture, `/${String(reply.headers.location)}`)).body) as JobDocument
  }
  return job
}

/** Waits until no refresh runs for the path. */
export async function refreshed(fixture: Fixture, path: string): Promise<EntryDocument> {
  for (;;) {
    const entry = await readEntry(fixture, path)
    if (!entry.refreshing) return entry
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** A page as the origin answers it, without the edge. */
export function atOrigin(fixture: Fixture, path: string): Promise<Reply> {
  return ask(fixture.demo.urls.origin, path, { host: fixture.host })
}

/** Reports a visit as a page's script does. */
export function reportVisit(fixture: Fixture, path: string, refreshedOn: string): Promise<Reply> {
  return visit(fixture, '/.visit-check', {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8' },
    body: JSON.stringify({ path, refreshedOn }),
  })
}

/** The demo's time stands still: it moves only by {@link advance}, so that every second can be checked. */
export async function stopClock(fixture: Fixture): Promise<void> {
  await control(fixture, '/api/clock', { factor: 0 })
}

export async function advance(fixture: Fixture, advanceSeconds: number): Promise<void> {
  await control(fixture, '/api/clock', { advanceSeconds })
}

export interface SsrState {
  readonly entries: number
  readonly expired: number
  readonly renders: number
  readonly visitChecks: { readonly received: number; readonly purged: number; readonly putOff: number }
}

export async function ssrState(fixture: Fixture): Promise<SsrState> {
  return ((await askJson(fixture.demo.controlsUrl, '/api/state')) as { ssr: SsrState }).ssr
}

/** The instant so many seconds after another one. */
export function after(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString()
}
