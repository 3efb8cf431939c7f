import { defaultErrorCachingSeconds, errorCaching } from '../distribution/cache-policies.ts'
import { textHeader, type CacheEntry } from './cache-entry.ts'
import type { EdgeRequest } from './cache-key.ts'
import { tagsOf } from './cache-tags.ts'
import { lifetimeOf } from './lifetime.ts'
import type { PopParts } from './pop.ts'
import type { Purgeable } from './purge-items.ts'
import { conditionalHeaders, freshenedHeaders } from './revalidation.ts'
import { OriginUnreachableError, type UpstreamResponse } from './upstream.ts'

export interface Fetched {
  readonly kind: 'fetched' | 'confirmed' | 'unreachable'
  readonly response: UpstreamResponse
  /** The status with which the origin answered; absent when it did not. */
  readonly forwardStatus?: number
  readonly stored: boolean
  /** Another request's fetch was waited for. */
  readonly shared: boolean
}

/** Larger objects pass through and leave no copy. */
const largestStoredBytes = 256 * 1024

/** More than can happen while one fetch is on its way. */
const purgesRemembered = 200

interface Flight {
  readonly result: Promise<Fetched>
}

interface PurgeNote {
  readonly sequence: number
  readonly matches: (copy: Purgeable) => boolean
}

/** Asks the origin for one PoP and stores what may be stored; requests for the same key wait for one fetch. */
export class Fetcher {
  readonly #parts: PopParts
  readonly #flights = new Map<string, Flight>()
  #purges: PurgeNote[] = []
  #sequence = 0

  constructor(parts: PopParts) {
    this.#parts = parts
  }

  /** A response whose fetch began before a purge that matches it is not stored: it may be from before the change. */
  notePurge(matches: (copy: Purgeable) => boolean): void {
    this.#sequence += 1
    this.#purges = [...this.#purges.slice(-purgesRemembered), { sequence: this.#sequence, matches }]
  }

  async fetch(edge: EdgeRequest): Promise<Fetched> {
    const flight = this.#flights.get(edge.key)
    if (flight !== undefined) {
      const result = await flight.result
      // What may not be stored may not be shared either.
      return result.stored ? { ...result, shared: true } : this.#fetchAlone(edge)
    }
    const result = this.#fetchAlone(edge)
    this.#flights.set(edge.key, { result })
    try {
      return await result
    } finally {
      this.#flights.delete(edge.key)
    }
  }

  originHeaders(edge: EdgeRequest): Record<string, string> {
    return {
      ...edge.keyHeaders,
      host: edge.zone.host,
      'user-agent': 'Amazon CloudFront',
      via: '1.1 demo.cloudfront.net (CloudFront)',
      'x-edge-location': this.#parts.name,
    }
  }

  async #fetchAlone(edge: EdgeRequest): Promise<Fetched> {
    const begunAt = this.#sequence
    const entry = this.#parts.entries.get(edge.key)
    const headers = this.originHeaders(edge)
    const target = this.#parts.originPath() + edge.path
    try {
      const conditions = entry === null || entry.status !== 200 ? {} : conditionalHeaders(entry, headers)
      const response = await this.#parts.upstream.request({ method: 'GET', target, headers: { ...headers, ...conditions } })
      if (response.status !== 304 || entry === null) {
        return {
          kind: 'fetched',
          response,
          forwardStatus: response.status,
          stored: this.#store(edge, response, begunAt),
          shared: false,
        }
      }
      const freshened = freshenedHeaders(entry, response)
      if (freshened !== null) {
        const confirmed = { status: entry.status, headers: freshened, body: entry.body }
        return {
          kind: 'confirmed',
          response: confirmed,
          forwardStatus: 304,
          stored: this.#store(edge, confirmed, begunAt),
          shared: false,
        }
      }
      const whole = await this.#parts.upstream.request({ method: 'GET', target, headers })
      return {
        kind: 'fetched',
        response: whole,
        forwardStatus: whole.status,
        stored: this.#store(edge, whole, begunAt),
        shared: false,
      }
    } catch (error) {
      if (!(error instanceof OriginUnreachableError)) throw error
      return this.#unreachable(edge, error, begunAt)
    }
  }

  #unreachable(edge: EdgeRequest, error: OriginUnreachableError, begunAt: number): Fetched {
    const response: UpstreamResponse = {
      status: error.status,
      headers: { 'content-type': 'text/plain; charset=utf-8', date: new Date(this.#parts.clock.nowMs()).toUTCString() },
      body: Buffer.from(`${String(error.status)}: ${error.message}\n`),
    }
    return { kind: 'unreachable', response, stored: this.#store(edge, response, begunAt), shared: false }
  }

  /** @returns whether the PoP holds the response now. */
  #store(edge: EdgeRequest, response: UpstreamResponse, begunAt: number): boolean {
    const nowMs = this.#parts.clock.nowMs()
    const earlier = this.#parts.entries.get(edge.key)
    if (response.status >= 500 && earlier !== null && mayServeStaleOnError(earlier, nowMs)) return false
    const lifetime = lifetimeOf(
      response.status,
      response.headers,
      edge.behaviour.policy,
      errorCaching.get(response.status) ?? defaultErrorCachingSeconds,
    )
    const entry: CacheEntry | null =
      lifetime === null || response.body.length > largestStoredBytes
        ? null
        : {
            key: edge.key,
            host: edge.zone.host,
            path: edge.path,
            status: response.status,
            headers: response.headers,
            body: response.body,
            storedAtMs: nowMs,
            initialAgeSeconds: Number(textHeader(response.headers, 'age') ?? 0) || 0,
            ...lifetime,
            tags: tagsOf(response.headers),
          }
    if (entry !== null && !this.#purges.some(({ sequence, matches }) => sequence > begunAt && matches(entry))) {
      this.#parts.entries.put(entry)
      return true
    }
    this.#parts.entries.remove(edge.key)
    return false
  }
}

function mayServeStaleOnError(entry: CacheEntry, nowMs: number): boolean {
  const staleForSeconds = (nowMs - entry.storedAtMs) / 1000 - entry.ttlSeconds
  return entry.status < 400 && staleForSeconds < Math.max(entry.staleIfErrorSeconds, entry.staleWhileRevalidateSeconds)
}
