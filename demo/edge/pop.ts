import type { IncomingMessage, ServerResponse } from 'node:http'
import { Token } from 'structured-headers'
import type { DemoClock } from '../platform/clock.ts'
import { readBody } from '../platform/read-body.ts'
import { zoneOf, type Zone } from '../platform/zones.ts'
import { ageSeconds, type CacheEntry } from './cache-entry.ts'
import { edgeRequest, type EdgeRequest } from './cache-key.ts'
import type { EntryStore } from './entry-store.ts'
import { Fetcher, type Fetched } from './fetcher.ts'
import { OriginUnreachableError, type Upstream } from './upstream.ts'
import { purgeMatcher } from './purge-items.ts'
import { answerViewer, type Handling } from './viewer-answer.ts'

export interface PopParts {
  /** For example FRA56. */
  readonly name: string
  readonly zones: readonly Zone[]
  readonly clock: DemoClock
  readonly entries: EntryStore
  readonly upstream: Upstream
  /** Where this PoP believes the site to be; PoPs learn of a change at different moments. */
  readonly originPath: () => string
}

/** One edge location: a shared cache (RFC 9111) with CloudFront's rules for lifetimes and keys. */
export class Pop {
  readonly #parts: PopParts
  readonly #fetcher: Fetcher

  constructor(parts: PopParts) {
    this.#parts = parts
    this.#fetcher = new Fetcher(parts)
  }

  get name(): string {
    return this.#parts.name
  }

  copies(): readonly CacheEntry[] {
    return this.#parts.entries.all()
  }

  /** Removes what the items match, also from answers that are on their way. @returns how many copies went. */
  purge(items: readonly string[]): number {
    const matches = purgeMatcher(items, true)
    this.#fetcher.notePurge(matches)
    return this.#parts.entries.removeWhere(matches)
  }

  clear(): void {
    this.#fetcher.notePurge(() => true)
    this.#parts.entries.clear()
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const zone = zoneOf(this.#parts.zones, request.headers.host)
    if (zone === null) {
      this.#send(request, response, plain(404, 'This host is not an alias of the distribution.'), 'Error', null, {
        fwd: new Token('bypass'),
      })
      return
    }
    const edge = edgeRequest(request.url ?? '/', zone, request.headers)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      await this.#passThrough(request, response, edge)
      return
    }
    const entry = this.#parts.entries.get(edge.key)
    const nowMs = this.#parts.clock.nowMs()
    const age = entry === null ? 0 : ageSeconds(entry, nowMs)
    if (entry !== null && age < entry.ttlSeconds) {
      this.#sendCopy(request, response, entry, age, { hit: true })
      return
    }
    if (entry !== null && age < entry.ttlSeconds + entry.staleWhileRevalidateSeconds) {
      this.#sendCopy(request, response, entry, age, { hit: true })
      this.#fetcher.fetch(edge).catch(() => undefined)
      return
    }
    if (request.method === 'HEAD' && entry === null) {
      await this.#passThrough(request, response, edge)
      return
    }
    await this.#fetchAndSend(request, response, edge, entry, age)
  }

  async #fetchAndSend(
    request: IncomingMessage,
    response: ServerResponse,
    edge: EdgeRequest,
    entry: CacheEntry | null,
    age: number,
  ): Promise<void> {
    const fetched = await this.#fetcher.fetch(edge)
    const failed = fetched.kind === 'unreachable' || fetched.response.status >= 500
    if (failed && entry !== null && age < entry.ttlSeconds + entry.staleIfErrorSeconds) {
      this.#sendCopy(request, response, entry, age, { hit: true, detail: new Token('stale-if-error') })
      return
    }
    const reason = entry === null ? new Token('uri-miss') : new Token('stale')
    const status = { fwd: reason, 'fwd-status': fetched.forwardStatus, stored: fetched.stored, collapsed: fetched.shared }
    const word = fetched.kind === 'confirmed' ? 'RefreshHit' : 'Miss'
    this.#send(request, response, fetched.response, word, null, status)
  }

  /** Requests that change something, and HEAD without a copy, go to the origin and leave nothing behind. */
  async #passThrough(request: IncomingMessage, response: ServerResponse, edge: EdgeRequest): Promise<void> {
    const body = request.method === 'HEAD' ? undefined : await readBody(request, 1_000_000)
    const type = request.headers['content-type']
    const status = { fwd: new Token(request.method === 'HEAD' ? 'uri-miss' : 'method') }
    try {
      const answer = await this.#parts.upstream.request({
        method: request.method ?? 'GET',
        target: this.#parts.originPath() + (request.url ?? '/'),
        headers: { ...this.#fetcher.originHeaders(edge), ...(type === undefined ? {} : { 'content-type': type }) },
        body,
      })
      this.#send(request, response, answer, 'Miss', null, status)
    } catch (error) {
      if (!(error instanceof OriginUnreachableError)) throw error
      this.#send(request, response, plain(error.status, error.message), 'Error', null, status)
    }
  }

  #sendCopy(
    request: IncomingMessage,
    response: ServerResponse,
    entry: CacheEntry,
    age: number,
    status: Readonly<Record<string, boolean | number | Token>>,
  ): void {
    const ttl = Math.floor(entry.ttlSeconds - age)
    this.#send(request, response, entry, 'Hit', Math.floor(age), { ...status, ttl })
  }

  #send(
    request: IncomingMessage,
    response: ServerResponse,
    answer: Fetched['response'],
    xCache: Handling['xCache'],
    age: number | null,
    status: Readonly<Record<string, boolean | number | Token | undefined>>,
  ): void {
    const cacheStatus = new Map<string, boolean | number | Token>()
    for (const [name, value] of Object.entries(status)) {
      if (value !== undefined && value !== false) cacheStatus.set(name, value)
    }
    answerViewer(request, response, answer, { pop: this.#parts.name, xCache, ageSeconds: age, cacheStatus })
  }
}

function plain(status: number, sentence: string): Fetched['response'] {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: Buffer.from(`${String(status)}: ${sentence}\n`),
  }
}
