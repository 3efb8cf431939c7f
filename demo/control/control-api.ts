import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { cachePolicies } from '../distribution/cache-policies.ts'
import type { KeyPair } from '../platform/identity.ts'
import { readBody, BodyTooLargeError } from '../platform/read-body.ts'
import { AwsError } from './aws-error.ts'
import { cachePolicyNode } from './distribution-xml.ts'
import type { Distributions } from './distributions.ts'
import { invalidationRoutes } from './invalidation-routes.ts'
import type { Invalidations } from './invalidations.ts'
import type { InvalidationStore } from './invalidation-store.ts'
import { verifySignature } from './sigv4.ts'
import { xmlDocument } from './xml.ts'

export interface ControlParts {
  readonly distributions: Distributions
  readonly invalidations: Invalidations
  readonly invalidationStore: InvalidationStore
  readonly credentials: KeyPair
  readonly restrictedCredentials: KeyPair
}

/** A request whose signature is verified. */
export interface ApiCall {
  readonly method: string
  /** Behind the version, for example `['distribution', 'E…']`. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  readonly ifMatch: string | undefined
  readonly body: string
  readonly baseUrl: string
}

export interface ApiAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly xml: string
}

const versionPrefix = '/2020-05-31/'

/** The control API in CloudFront's REST/XML: the calls of version 2020-05-31 that a purging client uses. */
export class ControlApi {
  readonly #parts: ControlParts
  #callsToThrottle = 0

  constructor(parts: ControlParts) {
    this.#parts = parts
  }

  /** The next calls are answered with `Throttling`. */
  throttle(calls: number): void {
    this.#callsToThrottle = calls
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#answer(request)
    response.writeHead(answer.status, {
      'content-type': 'text/xml',
      'content-length': String(Buffer.byteLength(answer.xml)),
      // The machine's time: clients correct their signing clock by it.
      date: new Date().toUTCString(),
      'x-amzn-requestid': randomUUID(),
      ...answer.headers,
    })
    response.end(answer.xml)
  }

  async #answer(request: IncomingMessage): Promise<ApiAnswer> {
    try {
      return await this.#dispatch(request)
    } catch (error) {
      if (error instanceof AwsError) return { status: error.status, xml: error.toXml() }
      if (error instanceof BodyTooLargeError)
        return { status: 413, xml: new AwsError(413, 'RequestEntityTooLarge', error.message).toXml() }
      const reason = error instanceof Error ? error.message : String(error)
      return { status: 500, xml: new AwsError(500, 'InternalFailure', reason).toXml() }
    }
  }

  async #dispatch(request: IncomingMessage): Promise<ApiAnswer> {
    const { method = 'GET', url = '/', headers } = request
    const body = await readBody(request, 16_000_000)
    const { credentials, restrictedCredentials } = this.#parts
    const caller = verifySignature({ method, url, headers, body }, [credentials, restrictedCredentials])
    if (this.#callsToThrottle > 0) {
      this.#callsToThrottle -= 1
      throw new AwsError(400, 'Throttling', 'Rate exceeded')
    }
    const address = new URL(url, 'http://localhost')
    if (!address.pathname.startsWith(versionPrefix)) throw unknownCall()
    const call: ApiCall = {
      method,
      query: address.searchParams,
      ifMatch: headers['if-match'],
      body: body.toString('utf8'),
      segments: address.pathname.slice(versionPrefix.length).replace(/\/$/, '').split('/').map(decodeURIComponent),
      baseUrl: `http://${headers.host ?? 'localhost'}${versionPrefix}`,
    }
    const [collection, id, part] = call.segments
    if (collection === 'cache-policy' && id !== undefined && method === 'GET') return this.#cachePolicy(id, caller)
    if (collection !== 'distribution') throw unknownCall()
    if (part === 'invalidation') return invalidationRoutes(call, this.#parts) ?? raise(unknownCall())
    return this.#parts.distributions.answer(call) ?? raise(unknownCall())
  }

  #cachePolicy(id: string, caller: KeyPair): ApiAnswer {
    if (caller.accessKeyId === this.#parts.restrictedCredentials.accessKeyId) {
      throw new AwsError(
        403,
        'AccessDenied',
        `User: arn:aws:iam::000000000000:user/restricted is not authorized to perform: cloudfront:GetCachePolicy on resource: arn:aws:cloudfront::000000000000:cache-policy/${id}`,
      )
    }
    const policy = cachePolicies.find((candidate) => candidate.id === id)
    if (policy === undefined) throw new AwsError(404, 'NoSuchCachePolicy', 'The cache policy does not exist.')
    return {
      status: 200,
      headers: { etag: 'E1POLICY000001' },
      xml: xmlDocument('CachePolicy', cachePolicyNode(policy, '2026-01-01T00:00:00.000Z')),
    }
  }
}

function unknownCall(): AwsError {
  return new AwsError(404, 'InvalidAction', 'The demo does not answer this call.')
}

function raise(error: Error): never {
  throw error
}
