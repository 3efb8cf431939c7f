import { errors, Pool } from 'undici'
import type { HeaderMap } from './cache-entry.ts'

export interface UpstreamRequest {
  readonly method: string
  /** With the distribution's OriginPath in front. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
}

export interface UpstreamResponse {
  readonly status: number
  readonly headers: HeaderMap
  readonly body: Buffer
}

/** The origin gave no answer; `status` is what the edge says instead (RFC 9110 §15.6.3, §15.6.5). */
export class OriginUnreachableError extends Error {
  readonly status: 502 | 504

  constructor(status: 502 | 504, cause: unknown) {
    super(status === 504 ? 'The origin did not answer in time.' : 'The origin cannot be reached.', { cause })
    this.status = status
  }
}

/** Connection-bound fields end at this hop (RFC 9110 §7.6.1). */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'])

/** The edge's connections to the origin. */
export class Upstream {
  readonly #pool: Pool
  /** For paths below an OriginPath that names no release of the demo's own. */
  readonly #bucket: Pool | null

  constructor(originUrl: string, bucketUrl?: string) {
    const settings = { connections: 32, headersTimeout: 15_000, bodyTimeout: 15_000 }
    this.#pool = new Pool(originUrl, settings)
    this.#bucket = bucketUrl === undefined ? null : new Pool(bucketUrl, settings)
  }

  /** @throws OriginUnreachableError when there is no whole answer. */
  async request(request: UpstreamRequest): Promise<UpstreamResponse> {
    try {
      const isElsewhere = this.#bucket !== null && /^(\/[^/]+)*\/releases\/(?!r-\d+\/)/.test(request.target)
      const pool = isElsewhere ? (this.#bucket ?? this.#pool) : this.#pool
      const response = await pool.request({
        method: request.method,
        path: request.target,
        headers: request.headers,
        body: request.body ?? null,
      })
      const body = Buffer.from(await response.body.arrayBuffer())
      const headers: Record<string, string | readonly string[]> = {}
      for (const [name, value] of Object.entries(response.headers)) {
        if (value !== undefined && !hopByHop.has(name)) headers[name] = value
      }
      return { status: response.statusCode, headers, body }
    } catch (error) {
      const late = error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError
      throw new OriginUnreachableError(late ? 504 : 502, error)
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.destroy(), this.#bucket?.destroy()])
  }
}
