import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { serializeList, Token } from 'structured-headers'
import { isNotModified } from '../origin/not-modified.ts'
import { textHeader, type HeaderMap } from './cache-entry.ts'

/** What the edge tells about its part in an answer. */
export interface Handling {
  readonly pop: string
  readonly xCache: 'Hit' | 'Miss' | 'RefreshHit' | 'Error'
  /** Whole seconds in the cache; null when the origin gave or confirmed the response just now (RFC 9111 §5.1). */
  readonly ageSeconds: number | null
  /** Parameters of `Cache-Status` (RFC 9211 §2). */
  readonly cacheStatus: ReadonlyMap<string, boolean | number | Token>
}

export interface ViewerResponse {
  readonly status: number
  readonly headers: HeaderMap
  readonly body: Buffer
}

/** Writes a response to the visitor; an equal validator turns a 200 into a 304. */
export function answerViewer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: ViewerResponse,
  handling: Handling,
): void {
  const { ifNoneMatch, ifModifiedSince } = {
    ifNoneMatch: request.headers['if-none-match'],
    ifModifiedSince: request.headers['if-modified-since'],
  }
  const validators = { etag: textHeader(answer.headers, 'etag'), lastModified: textHeader(answer.headers, 'last-modified') }
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const unchanged = isRead && answer.status === 200 && isNotModified({ ifNoneMatch, ifModifiedSince }, validators)
  const { 'content-length': length, 'content-type': type, age: _age, ...headers } = answer.headers
  const sent: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers)) sent[name] = typeof value === 'string' ? value : [...value]
  if (!unchanged) {
    if (type !== undefined) sent['content-type'] = String(type)
    sent['content-length'] =
      request.method === 'HEAD' && answer.body.length === 0 ? String(length ?? 0) : String(answer.body.length)
  }
  const xCache = answer.status >= 400 ? 'Error' : handling.xCache
  sent['x-cache'] = `${xCache} from cloudfront`
  sent['via'] = '1.1 demo.cloudfront.net (CloudFront)'
  sent['x-amz-cf-pop'] = handling.pop
  sent['x-amz-cf-id'] = `${randomBytes(40).toString('base64url')}==`
  sent['cache-status'] = serializeList([[new Token(handling.pop), new Map(handling.cacheStatus)]])
  if (handling.ageSeconds !== null) sent['age'] = String(handling.ageSeconds)
  response.writeHead(unchanged ? 304 : answer.status, sent)
  response.end(unchanged || request.method === 'HEAD' ? undefined : answer.body)
}
