import { timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DemoClock } from '../platform/clock.ts'
import { refusal } from '../platform/local-callers.ts'
import { BodyTooLargeError, readBody } from '../platform/read-body.ts'
import { nextQuery, parseChange, parseListQuery, RequestProblem, type ChangeRequest } from './api-requests.ts'
import type { SsrEntryStore } from './entry-store.ts'
import type { RefreshJob, RefreshJobs } from './refresh-jobs.ts'
import type { Refresher } from './refresher.ts'
import type { SsrCache } from './ssr-cache.ts'
import { isExpired, matchesTag, ttlSecondsOf, type SsrEntry } from './ssr-entry.ts'

export interface RendererParts {
  readonly port: number
  readonly secret: string
  /** The zone whose pages are rendered. */
  readonly host: string
  readonly clock: DemoClock
  readonly store: SsrEntryStore
  readonly cache: SsrCache
  readonly refresher: Refresher
  readonly jobs: RefreshJobs
}

interface Reply {
  readonly status: number
  readonly value: unknown
  readonly location?: string
}

const nothing: Reply = { status: 404, value: { error: 'There is nothing here.' } }

/** The SSR cache over HTTP: read entries, mark them as expired, refresh them. */
export class RendererApi {
  readonly #parts: RendererParts

  constructor(parts: RendererParts) {
    this.#parts = parts
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, value, location } = await this.#reply(request)
    if (location !== undefined) response.setHeader('location', location)
    const body = JSON.stringify(value)
    response.writeHead(status, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'content-length': String(Buffer.byteLength(body)),
    })
    response.end(body)
  }

  async #reply(request: IncomingMessage): Promise<Reply> {
    const refused = refusal(request, this.#parts.port)
    if (refused !== null) return { status: 403, value: { error: refused } }
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const [, secret = '', part = ''] = /^\/([^/]+)\/entries(\/.*)?$/.exec(pathname) ?? []
    if (!isSame(secret, this.#parts.secret)) return nothing
    try {
      if (part === '/expire' || part === '/refresh') return await this.#change(part, request)
      if (request.method !== 'GET') return { status: 405, value: { error: 'This method is not offered here.' } }
      if (part === '') return this.#list(searchParams)
      if (part === '/one') return this.#one(searchParams)
      const job = this.#parts.jobs.find(/^\/refreshes\/(f-\d+)$/.exec(part)?.[1] ?? '')
      return job === null ? nothing : { status: 200, value: this.#job(job) }
    } catch (error) {
      if (error instanceof RequestProblem) return { status: 400, value: { error: error.message } }
      if (error instanceof BodyTooLargeError) return { status: 413, value: { error: error.message } }
      throw error
    }
  }

  #list(searchParams: URLSearchParams): Reply {
    const { store, clock, host } = this.#parts
    const query = parseListQuery(searchParams)
    const nowMs = clock.nowMs()
    const found = (query.host !== null && query.host !== host ? [] : store.list(query.after)).filter(
      (entry) =>
        entry.path.startsWith(query.prefix) &&
        (query.tag === null || matchesTag(entry, query.tag)) &&
        (query.expired === null || isExpired(entry, nowMs) === query.expired),
    )
    const page = found.slice(0, query.limit)
    const last = page.at(-1)
    const next = last === undefined || found.length <= page.length ? null : nextQuery(searchParams, last.path)
    return {
      status: 200,
      value: { now: new Date(nowMs).toISOString(), entries: page.map((entry) => this.#entry(entry, nowMs)), next },
    }
  }

  #one(searchParams: URLSearchParams): Reply {
    const { store, clock, host } = this.#parts
    const path = searchParams.get('path')
    if (path === null) throw new RequestProblem('Name the path of the entry.')
    const entry = [null, host].includes(searchParams.get('host')) ? store.find(path) : null
    if (entry === null) return { status: 404, value: { error: 'There is no entry for this path.' } }
    const nowMs = clock.nowMs()
    const content = searchParams.get('content') === 'true' ? { content: store.content(path) } : {}
    return { status: 200, value: { now: new Date(nowMs).toISOString(), ...this.#entry(entry, nowMs), ...content } }
  }

  async #change(part: '/expire' | '/refresh', request: IncomingMessage): Promise<Reply> {
    if (request.method !== 'POST') return { status: 405, value: { error: 'This is asked for with POST.' } }
    const change = parseChange((await readBody(request, 1_000_000)).toString('utf8'))
    if (change.host !== null && change.host !== this.#parts.host) {
      throw new RequestProblem(`No page of ${change.host} is rendered here.`)
    }
    return part === '/expire' ? this.#expire(change) : this.#refresh(change)
  }

  #expire({ paths, tags }: ChangeRequest): Reply {
    if (paths.length + tags.length === 0) throw new RequestProblem('Name a path or a tag.')
    const { marked, markedOn, missing } = this.#parts.cache.mark({ paths, tags })
    return { status: 200, value: { marked: marked.length, markedOn, missing } }
  }

  #refresh({ paths, tags }: ChangeRequest): Reply {
    if (tags.length > 0) throw new RequestProblem('A refresh takes paths only; list the entries of the tag first.')
    if (paths.length === 0) throw new RequestProblem('Name a path.')
    const job = this.#parts.jobs.start(paths)
    return { status: 202, location: `refreshes/${job.id}`, value: this.#job(job) }
  }

  #entry(entry: SsrEntry, nowMs: number): Readonly<Record<string, unknown>> {
    const { marks: _marks, purgeDueOn: _purgeDueOn, ...shown } = entry
    return {
      host: this.#parts.host,
      ...shown,
      ttlSeconds: ttlSecondsOf(entry.path),
      expired: isExpired(entry, nowMs),
      refreshing: this.#parts.refresher.isRefreshing(entry.path),
    }
  }

  #job({ results, ...job }: RefreshJob): Readonly<Record<string, unknown>> {
    const done = results.filter(({ state }) => state !== 'waiting').length
    const { host } = this.#parts
    return { ...job, done, total: results.length, results: results.map((result) => ({ host, ...result })) }
  }
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
