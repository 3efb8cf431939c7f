import { parseHttpDate } from '#shared/http-cache/http-date.ts'
import type { StoredObject } from '#main/providers/object-store.ts'
import type { RendererEntry } from '#main/providers/renderer.ts'
import type { Asker, Reply } from './ask.ts'
import type { EdgeStage } from './ask-edge-task.ts'
import { answeredCopy } from './copies.ts'
import { wasAnswered, type Answered, type OriginEvidence } from './evidence.ts'
import type { ReleaseLookup } from './release-lookup.ts'
import type { SubjectSite } from './subject.ts'
import { BROWSER_HEADERS, headerOf } from './variants.ts'

/** What only the core thread can ask, since the secrets are there. Each null when there is nobody to ask. */
export interface AskedByCore {
  readonly renderer:
    | { readonly entry: RendererEntry | null; readonly nowMs: number; readonly atMs: number }
    | { readonly why: string }
    | null
  readonly object:
    | { readonly found: StoredObject | null; readonly store: string; readonly atMs: number }
    | { readonly why: string }
    | null
}

const NO_SITE = 'The address belongs to no registered site, so its origin is not known.'
const NO_ORIGIN = "The site has no origin address, so the edge's answer was not compared. The site's settings take one."

/**
 * What the origin has for the page, from whoever knows it surest and cheapest: the live release's manifest, the renderer's
 * entry, the object store, then the origin itself with a conditional request. Sentences about what could not be asked are
 * added to `gaps`.
 */
export async function readOrigin(
  stage: EdgeStage,
  asked: AskedByCore,
  release: ReleaseLookup | null,
  asker: Asker,
  gaps: string[],
): Promise<OriginEvidence> {
  if (stage.site === null) return { basis: 'none', why: NO_SITE }
  const seen = lastAnswer(stage)
  const known = fromManifest(stage, release) ?? fromRenderer(stage, asked, gaps) ?? fromObject(stage, asked, seen, gaps)
  if (known === null) return askOrigin(stage, seen, asker)
  // Given past its time: by design, or because the origin fails, which no list of files tells.
  if (seen === null || answeredCopy(seen, stage.site.policy).stale === null) return known
  const failure = await originFails(stage, stage.site, seen, asker)
  return failure === null ? known : { ...known, failure }
}

async function originFails(
  { target }: EdgeStage,
  { originUrl, hosts }: SubjectSite,
  seen: Answered,
  asker: Asker,
): Promise<string | null> {
  if (originUrl === null || !hosts.includes(target.host)) return null
  const { exchange, asked } = await getFromOrigin(originUrl, target, validators(seen), asker)
  if (!wasAnswered(exchange)) return asked ? `The origin did not answer: ${exchange.failure}` : null
  return exchange.status >= 500 ? `The origin answers with status ${exchange.status}.` : null
}

function lastAnswer({ edge }: EdgeStage): Answered | null {
  return wasAnswered(edge.again) ? edge.again : wasAnswered(edge.first) ? edge.first : null
}

type Known = Exclude<OriginEvidence, { basis: 'none' }>
const NOTHING = {
  hash: null,
  steady: false,
  sameAsEdge: null,
  etag: null,
  lastModifiedMs: null,
  startedAtMs: null,
  tags: [],
  exchange: null,
}

function fromManifest({ site, page, target, askedAtMs }: EdgeStage, release: ReleaseLookup | null): Known | null {
  if (!site?.live) return null
  const { facts } = page ?? {}
  // The list has the manifest's hash of its pages; the release's files have all others.
  const hash = release?.hashOf(target.host, target.path) ?? (page?.servedAs === 'static' ? (facts?.originHash ?? null) : null)
  if (hash === null) return null
  return { ...NOTHING, basis: 'manifest', atMs: askedAtMs, status: 200, hash, startedAtMs: site.live.startedAtMs }
}

function fromRenderer({ edge }: EdgeStage, { renderer }: AskedByCore, gaps: string[]): Known | null {
  if (renderer === null) return null
  if ('why' in renderer) {
    gaps.push(`The renderer could not be asked: ${renderer.why}`)
    return null
  }
  const { entry, nowMs, atMs } = renderer
  // An error that the renderer answered with is none of its entries.
  if (entry === null || (wasAnswered(edge.first) && edge.first.status >= 500)) return null
  return {
    ...NOTHING,
    basis: 'renderer',
    atMs,
    status: 200,
    hash: entry.hash,
    startedAtMs: entry.startedAtMs + (atMs - nowMs),
    // Later than what it waits for, however the two clocks were compared.
    markedAtMs: entry.markedAtMs === null ? null : Math.max(entry.markedAtMs, entry.startedAtMs + 1) + (atMs - nowMs),
    tags: entry.tags,
  }
}

function fromObject({ bodyMd5 }: EdgeStage, { object }: AskedByCore, seen: Answered | null, gaps: string[]): Known | null {
  if (object === null) return null
  if ('why' in object) {
    gaps.push(`The object store could not be asked: ${object.why}`)
    return null
  }
  const { found, store, atMs } = object
  if (found === null) {
    gaps.push(`The bucket ${store} has no object for this path.`)
    return null
  }
  return {
    ...NOTHING,
    basis: 's3',
    atMs,
    status: 200,
    sameAsEdge: seen === null ? null : sameObject(found, seen, bodyMd5),
    etag: found.etag,
    lastModifiedMs: found.lastModifiedMs,
    tags: found.tags,
  }
}

/** Weak comparison (RFC 9110 §8.8.3.2). Null: the validators prove neither. */
function sameObject(object: StoredObject, seen: Answered, bodyMd5: string | null): boolean | null {
  const atEdge = opaque(headerOf(seen, 'etag'))
  const atStore = opaque(object.etag)
  if (atEdge !== null && atEdge === atStore) return true
  if (object.md5 === null) return null
  if (bodyMd5 !== null && bodyMd5 === object.md5) return true
  // The edge's own ETag is the store's of an earlier object when it has the form of one.
  if (atEdge !== null) return /^[0-9a-f]{32}$/.test(atEdge) ? false : null
  // Without an ETag somebody on the way may have changed the bytes: then an earlier Last-Modified has to agree.
  const modifiedMs = lastModified(seen)
  return modifiedMs !== null && object.lastModifiedMs !== null && modifiedMs < object.lastModifiedMs ? false : null
}

/** An ETag without its quotes and its `W/`; null when there is none. */
export function opaque(etag: string | null | undefined): string | null {
  const bare = etag
    ?.trim()
    .replace(/^W\//i, '')
    .replace(/^"(.*)"$/s, '$1')
  return bare ? bare : null
}

async function askOrigin(stage: EdgeStage, seen: Answered | null, asker: Asker): Promise<OriginEvidence> {
  const { site, target } = stage
  if (site === null || site.originUrl === null) return { basis: 'none', why: NO_ORIGIN }
  if (!site.hosts.includes(target.host)) {
    return {
      basis: 'none',
      why: `The redirect leads to ${target.host}, which is none of this site's hosts: its origin is not known.`,
    }
  }
  const { exchange, asked } = await getFromOrigin(site.originUrl, target, validators(seen), asker)
  if (!wasAnswered(exchange)) {
    const { failure } = exchange
    return { basis: 'none', why: `The origin could not be asked. ${failure}`, ...(asked ? { failure } : {}) }
  }
  const { status } = exchange
  if ((status === 401 || status === 403) && seen?.status !== status)
    return { basis: 'none', why: lockedOut(site.originUrl, status) }
  const same = status === 304 && seen !== null
  // A 304 has no body: the origin says that its own is the edge's.
  const answer = same
    ? { ...exchange, bodyHash: seen.bodyHash, steadyHash: seen.steadyHash, sizeBytes: seen.sizeBytes }
    : exchange
  return {
    basis: 'origin',
    atMs: exchange.atMs,
    status: same ? seen.status : status,
    // An error page is no other version of the page.
    hash: same || status < 400 || status === seen?.status ? answer.steadyHash : null,
    steady: true,
    sameAsEdge: same ? true : null,
    etag: headerOf(exchange, 'etag') ?? null,
    lastModifiedMs: lastModified(exchange),
    startedAtMs:
      stage.page?.rendersOnDemand === true && !same ? exchange.sentAtMs : (stage.page?.facts.originStartedAtMs ?? null),
    tags: exchange.htmlTags,
    exchange: answer,
  }
}

/** What the origin says of the asked address, where the edge answered with a redirect. Null when it cannot be asked. */
export async function readOriginRedirect(stage: EdgeStage, asker: Asker): Promise<Answered | null> {
  const { site, redirects, url } = stage
  if (site === null || site.originUrl === null || redirects.length === 0) return null
  const asked = new URL(url)
  const { exchange } = await getFromOrigin(site.originUrl, { host: asked.host, path: asked.pathname + asked.search }, {}, asker)
  return wasAnswered(exchange) ? exchange : null
}

/** Asks the origin itself for one file of the site, past the edge. */
export async function getFromOrigin(
  originUrl: string,
  page: { readonly host: string; readonly path: string },
  headers: Record<string, string>,
  asker: Asker,
): Promise<Reply> {
  // Put together as text: a path that begins with two slashes would name another host.
  const url = new URL(originUrl).origin + page.path
  return asker.ask(url, { hostHeader: page.host, headers: { ...BROWSER_HEADERS, ...headers } })
}

/** So that an equal copy costs no body. Only the copy of a whole page has something to compare. */
function validators(seen: Answered | null): Record<string, string> {
  if (seen === null || seen.status !== 200) return {}
  const etag = headerOf(seen, 'etag')
  const modified = headerOf(seen, 'last-modified')
  return {
    ...(etag === undefined ? {} : { 'if-none-match': etag }),
    ...(modified === undefined ? {} : { 'if-modified-since': modified }),
  }
}

function lastModified(answer: Answered): number | null {
  return parseHttpDate(headerOf(answer, 'last-modified'), answer.atMs) ?? null
}

function lockedOut(originUrl: string, status: number): string {
  return `The origin ${new URL(originUrl).host} answers with status ${status}: it lets only the edge in, as S3 behind origin access control does. CloudFront has no way past its copy unless the query string is part of the cache key, so nothing was compared. Name the bucket in the site's settings, and its objects are asked with credentials instead.`
}
