import { AppError } from '#shared/errors.ts'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import { MAX_BODY_BYTES, type BodyDiff, type BodySide, type Layers } from '#shared/layers.ts'
import { diffLines, hasLongLines, linesOf } from '#shared/line-diff.ts'
import type { Raw } from '#main/platform/database.ts'
import type { Http } from '#main/platform/http.ts'
import type { PageAnswer } from '#main/platform/http-page.ts'
import type { Distribution } from '#main/providers/edge.ts'
import { headerTags, htmlTags } from './html-tags.ts'
import { toAnswer } from './http-inspector.ts'
import { isHtml } from './inspect-page.ts'
import { cacheOf, keptHeaders, lifetimeOf } from './read-answer.ts'

export interface AskInput {
  readonly siteId: string
  readonly pageId: number
}

/** What the work thread hands to these tasks. */
export interface AskContext {
  readonly db: Raw
  readonly http: Pick<Http, 'fetchPage'>
  policyFor(distribution: Distribution, path: string): EdgePolicy | null
}

type Origin = Extract<Layers['origin'], { state: 'seen' | 'failed' }>
const NO_ORIGIN = "The site has no origin address. Without it only the edge can be asked; the site's settings take one."

/** Asks the origin once for a page, as the edge would: with the page's host. A failure is an answer too, in a sentence. */
export async function askOrigin(context: AskContext, input: AskInput, signal: AbortSignal): Promise<Origin> {
  const subject = readSubject(context.db, input)
  if (subject.originUrl === null) return { state: 'failed', why: NO_ORIGIN }
  const answer = await attempt(signal, () => fetchOrigin(context.http, subject, signal, {}))
  if ('why' in answer) return { state: 'failed', why: answer.why }
  const { distribution } = subject
  const seen = toAnswer(answer.page)
  const cache = cacheOf(seen)
  const life = lifetimeOf(seen, cache.vendor, distribution ? context.policyFor(distribution, subject.path) : null)
  const tagHeader = distribution?.capabilities.tagHeader ?? null
  return {
    state: 'seen',
    askedHost: new URL(subject.originUrl).host,
    layer: {
      atMs: seen.atMs,
      status: seen.status,
      headers: keptHeaders(seen, tagHeader),
      ageSeconds: cache.ageSeconds ?? 0,
      lifetimeSeconds: life.lifetimeSeconds,
      lifetimeRule: life.rule,
      lifetimeBasis: life.basis,
      etag: seen.header('etag') ?? null,
      bodyHash: seen.bodyHash,
      sizeBytes: seen.sizeBytes,
      tags: mergeTags(
        isHtml(seen) ? htmlTags(Buffer.from(answer.page.body ?? [])) : [],
        tagHeader === null ? [] : headerTags(seen.header(tagHeader)),
      ),
    },
  }
}

/** Asks the edge and the origin once each and compares what they give. Bodies above `MAX_BODY_BYTES` are not compared. */
export async function compareBodies(context: AskContext, input: AskInput, signal: AbortSignal): Promise<BodyDiff> {
  const subject = readSubject(context.db, input)
  const limits = { maxBodyBytes: MAX_BODY_BYTES, maxDecodedBytes: MAX_BODY_BYTES }
  const [edge, origin] = await Promise.all([
    attempt(signal, () => context.http.fetchPage(subject.url, { signal, keepBody: true, ...limits })),
    subject.originUrl === null ? { why: NO_ORIGIN } : attempt(signal, () => fetchOrigin(context.http, subject, signal, limits)),
  ])
  const sides = { edge: sideOf(edge), origin: sideOf(origin) }
  const atMs = 'page' in edge ? edge.page.at.responseMs : 'page' in origin ? origin.page.at.responseMs : Date.now()
  if (!('page' in edge) || !('page' in origin)) return { atMs, ...sides, blocks: null, note: null }
  const [left, right] = [textOf(edge.page), textOf(origin.page)]
  if (left === null || right === null) {
    const same = edge.page.bodyHash === origin.page.bodyHash
    return {
      atMs,
      ...sides,
      blocks: null,
      note: `This is no text, so it has no lines. The bytes are ${same ? 'the same' : 'not the same'}.`,
    }
  }
  const breaks = isHtml(toAnswer(edge.page)) && hasLongLines(left, right)
  return {
    atMs,
    ...sides,
    blocks: diffLines(linesOf(left, breaks), linesOf(right, breaks)).map(({ kind, lines }) => ({ kind, lines: [...lines] })),
    note: breaks ? 'Long lines are broken before tags, so that they can be compared.' : null,
  }
}

interface Subject {
  readonly url: string
  readonly path: string
  readonly originUrl: string | null
  readonly distribution: Distribution | null
}

/** Throws `NOT_FOUND`. */
function readSubject(db: Raw, { pageId }: AskInput): Subject {
  const row = db
    .prepare<[number], { path: string; url: string; edge_json: string | null; settings_json: string }>(
      `SELECT pages.path, zones.url, sites.edge_json, sites.settings_json FROM pages
       JOIN zones ON zones.id = pages.zone_id JOIN sites ON sites.id = pages.site_id WHERE pages.id = ?`,
    )
    .get(pageId)
  if (!row) throw new AppError('NOT_FOUND', 'This page is not in the list any more.', { field: 'pageId' })
  const { originUrl } = JSON.parse(row.settings_json) as { originUrl?: string | null }
  return {
    url: row.url + row.path,
    path: row.path,
    originUrl: originUrl ?? null,
    distribution: row.edge_json === null ? null : (JSON.parse(row.edge_json) as Distribution),
  }
}

/** Put together as text: a path that begins with two slashes would name another host. */
function fetchOrigin(http: AskContext['http'], subject: Subject, signal: AbortSignal, limits: object): Promise<PageAnswer> {
  const url = new URL(subject.originUrl ?? '').origin + subject.path
  return http.fetchPage(url, { signal, keepBody: true, hostHeader: new URL(subject.url).host, ...limits })
}

type Attempt = { readonly page: PageAnswer } | { readonly why: string }

async function attempt(signal: AbortSignal, ask: () => Promise<PageAnswer>): Promise<Attempt> {
  try {
    return { page: await ask() }
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error
    return { why: [error.message, error.details.fix].filter(Boolean).join(' ') }
  }
}

function sideOf(side: Attempt): BodySide {
  if ('why' in side) return { ok: false, why: side.why }
  const answer = toAnswer(side.page)
  return {
    ok: true,
    status: answer.status,
    sizeBytes: answer.sizeBytes,
    bodyHash: answer.bodyHash,
    vantage: cacheOf(answer).vantage,
  }
}

/** Null for what is no text: another encoding than UTF-8 counts as one, since a comparison of its lines would mislead. */
function textOf(page: PageAnswer): string | null {
  if (page.unknownEncoding !== null) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(page.body)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

function mergeTags(html: readonly string[], header: readonly string[]): { tag: string; html: boolean; header: boolean }[] {
  const merged = new Map(html.map((tag) => [tag.toLowerCase(), { tag, html: true, header: false }]))
  for (const tag of header) {
    const known = merged.get(tag.toLowerCase())
    if (known) known.header = true
    else merged.set(tag.toLowerCase(), { tag, html: false, header: true })
  }
  return [...merged.values()].sort((a, b) => (a.tag < b.tag ? -1 : 1))
}
