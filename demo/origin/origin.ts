import type { IncomingMessage, ServerResponse } from 'node:http'
import { tagHeaderName } from '../distribution/cache-policies.ts'
import type { IndexedFile } from '../builder/release-index.ts'
import type { DemoClock } from '../platform/clock.ts'
import { readBody } from '../platform/read-body.ts'
import { zoneOf, type Zone } from '../platform/zones.ts'
import { redirectAnswer, textAnswer, type Answer } from './answer.ts'
import type { FunctionRequest, SiteFunction } from './functions.ts'
import { headersFor } from './header-rules.ts'
import { isNotModified } from './not-modified.ts'
import { matchRedirect } from './redirect-rules.ts'
import type { ReleaseFiles, ReleaseLibrary } from './release-files.ts'
import type { RequestCounts } from './request-counts.ts'

export interface OriginParts {
  readonly zones: readonly Zone[]
  readonly clock: DemoClock
  readonly releases: ReleaseLibrary
  /** By the name that follows `/.functions/` in a rule's target. */
  readonly functions: ReadonlyMap<string, SiteFunction>
  readonly counts: RequestCounts
  /** The release that a request without `/releases/<id>` in front is answered from. */
  readonly liveReleaseId: () => string | null
}

const formLimitBytes = 64_000

/**
 * The web server behind the edge. The edge puts its `OriginPath` (`/releases/<id>`) in front of a path; a direct request
 * without it is answered from the live release. Files win over redirect rules.
 */
export class Origin {
  readonly #parts: OriginParts

  constructor(parts: OriginParts) {
    this.#parts = parts
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, query } = splitUrl(request.url ?? '/')
    const prefix = /^\/releases\/(r-\d+)(\/.*)$/.exec(pathname)
    const path = prefix?.[2] ?? pathname
    const answer = await this.#answer(request, path, query, prefix?.[1] ?? this.#parts.liveReleaseId())
    const headers: Record<string, string> = { ...answer.headers, date: new Date(this.#parts.clock.nowMs()).toUTCString() }
    const { 'if-none-match': ifNoneMatch, 'if-modified-since': ifModifiedSince } = request.headers
    const stored = { etag: answer.headers['etag'], lastModified: answer.headers['last-modified'] }
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    const unchanged = isRead && answer.status === 200 && isNotModified({ ifNoneMatch, ifModifiedSince }, stored)
    const status = unchanged ? 304 : answer.status
    this.#count(request, path, status)
    if (unchanged) {
      const { 'content-type': _type, ...kept } = headers
      response.writeHead(304, kept).end()
      return
    }
    response.writeHead(status, { ...headers, 'content-length': String(answer.body.length) })
    response.end(request.method === 'HEAD' ? undefined : answer.body)
  }

  #count(request: IncomingMessage, path: string, status: number): void {
    const zone = zoneOf(this.#parts.zones, request.headers.host)
    const pop = request.headers['x-edge-location']
    this.#parts.counts.add({
      host: zone?.host ?? request.headers.host ?? '',
      path,
      method: request.method ?? 'GET',
      status,
      pop: typeof pop === 'string' ? pop : null,
    })
  }

  async #answer(request: IncomingMessage, rawPath: string, query: URLSearchParams, releaseId: string | null): Promise<Answer> {
    const zone = zoneOf(this.#parts.zones, request.headers.host)
    if (zone === null) return textAnswer(404, 'This host is not a zone of the site.')
    const release = releaseId === null ? null : this.#parts.releases.open(releaseId)
    if (release === null) return textAnswer(releaseId === null ? 503 : 404, 'There is no such release.')
    const path = normalise(rawPath)
    if (path === null) return textAnswer(400, 'The path is not valid percent-encoding.')
    const method = request.method ?? 'GET'
    if (!['GET', 'HEAD', 'POST'].includes(method)) return textAnswer(405, 'Only GET, HEAD and POST are served.')
    if (method !== 'POST') {
      const file = release.find(zone.name, path)
      if (file !== null) return fileAnswer(release, file, 200)
      const withoutSlash = path.replace(/\/+$/, '')
      if (withoutSlash !== path && release.find(zone.name, withoutSlash) !== null) {
        return redirectAnswer(301, withoutSlash, 'public, max-age=0, s-maxage=3600')
      }
    }
    const body = method === 'POST' ? await readBody(request, formLimitBytes) : Buffer.alloc(0)
    return this.#ruleAnswer({ method, zone, path, query, body, release })
  }

  async #ruleAnswer(request: FunctionRequest): Promise<Answer> {
    const match = matchRedirect(request.release.redirects, request.path)
    if (match === null) return notFound(request)
    const { rule, target } = match
    if (rule.status >= 300 && rule.status < 400) {
      return redirectAnswer(rule.status, target, 'public, max-age=0, s-maxage=3600')
    }
    const functionName = /^\/\.functions\/([a-z-]+)$/.exec(target)?.[1]
    if (functionName !== undefined) {
      return (await this.#parts.functions.get(functionName)?.(request)) ?? notFound(request)
    }
    if (request.method === 'POST') return textAnswer(405, 'This page takes no form.')
    const file = request.release.find(request.zone.name, target)
    return file === null ? notFound(request) : fileAnswer(request.release, file, rule.status)
  }
}

function notFound(request: FunctionRequest): Answer {
  const file = request.release.find(request.zone.name, '/404.html')
  return file === null ? textAnswer(404, 'Not found.') : fileAnswer(request.release, file, 404)
}

/** An error page promises nothing itself; the edge's error caching decides how long it is kept. */
function fileAnswer(release: ReleaseFiles, file: IndexedFile, status: number): Answer {
  const body = release.read(file)
  const rules: Readonly<Record<string, string>> =
    status === 200 ? headersFor(release.headerRules, file.path) : { 'cache-control': 'public, max-age=0' }
  const validators: Readonly<Record<string, string>> =
    status === 200 ? { etag: `"${file.hash.slice(7, 39)}"`, 'last-modified': new Date(file.modifiedOn ?? 0).toUTCString() } : {}
  const tags: Readonly<Record<string, string>> = file.tags.length === 0 ? {} : { [tagHeaderName]: file.tags.join(',') }
  return { status, headers: { 'content-type': file.type, ...validators, ...rules, ...tags }, body }
}

function splitUrl(url: string): { readonly pathname: string; readonly query: URLSearchParams } {
  const mark = url.indexOf('?')
  return mark < 0
    ? { pathname: url, query: new URLSearchParams() }
    : { pathname: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) }
}

/** The same spelling for every encoding of a path; null when it cannot be decoded. */
function normalise(path: string): string | null {
  try {
    return path
      .split('/')
      .map((segment) => encodeURIComponent(decodeURIComponent(segment)))
      .join('/')
  } catch {
    return null
  }
}
