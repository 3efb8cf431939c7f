import { isCacheTag } from '../content/ssr-content.ts'
import { isRecord } from '../platform/state.ts'
import { parseTag, type CacheTag } from '../site/html.ts'

/** What is wrong with a request, as a sentence. */
export class RequestProblem extends Error {}

export interface ListQuery {
  readonly limit: number
  /** The path behind which the page of entries begins. */
  readonly after: string
  readonly host: string | null
  readonly prefix: string
  readonly tag: CacheTag | null
  readonly expired: boolean | null
}

export interface ChangeRequest {
  readonly host: string | null
  readonly paths: readonly string[]
  readonly tags: readonly CacheTag[]
}

const mostEntries = 1_000
const mostPaths = 1_000
const mostTags = 100

/** @throws RequestProblem */
export function parseListQuery(query: URLSearchParams): ListQuery {
  const limit = Number(query.get('limit') ?? 100)
  if (!Number.isInteger(limit) || limit < 1 || limit > mostEntries) {
    throw new RequestProblem(`limit must be a whole number from 1 to ${String(mostEntries)}.`)
  }
  const expired = query.get('expired')
  if (expired !== null && expired !== 'true' && expired !== 'false') throw new RequestProblem('expired must be true or false.')
  const tag = query.get('tag')
  return {
    limit,
    after: readCursor(query.get('cursor')),
    host: query.get('host'),
    prefix: query.get('prefix') ?? '',
    tag: tag === null ? null : parseTag(tag),
    expired: expired === null ? null : expired === 'true',
  }
}

/** The query of the next page: the same one with a later beginning. */
export function nextQuery(query: URLSearchParams, lastPath: string): string {
  const next = new URLSearchParams(query)
  next.set('cursor', Buffer.from(lastPath).toString('base64url'))
  return `?${next.toString()}`
}

/** Reads the body of expire or refresh. @throws RequestProblem */
export function parseChange(body: string): ChangeRequest {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new RequestProblem('The body is not JSON.')
  }
  if (!isRecord(value)) throw new RequestProblem('The body is not a JSON object.')
  const { host = null, paths = [], tags = [] } = value
  if (host !== null && typeof host !== 'string') throw new RequestProblem('host must be a text.')
  if (!Array.isArray(paths) || !paths.every(isPath) || paths.length > mostPaths) {
    throw new RequestProblem(`paths must be a list of at most ${String(mostPaths)} paths that begin with /.`)
  }
  if (!Array.isArray(tags) || !tags.every(isCacheTag) || tags.length > mostTags) {
    throw new RequestProblem(`tags must be a list of at most ${String(mostTags)} objects with class and perhaps id.`)
  }
  return { host, paths, tags }
}

function readCursor(cursor: string | null): string {
  if (cursor === null) return ''
  const path = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!path.startsWith('/')) throw new RequestProblem('The cursor is not one of this list.')
  return path
}

function isPath(value: unknown): value is string {
  return typeof value === 'string' && /^\/[\x21-\x7e]*$/.test(value)
}
