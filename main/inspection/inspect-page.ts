import type { AnsweredBy } from '#shared/edge-answers.ts'
import type { CacheAnswer } from '#shared/http-cache/cache-answer.ts'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import { confirmedCopy, type Before, type Condition, type Seen } from './confirmed-copy.ts'
import { headerTags, htmlTags } from './html-tags.ts'
import { cacheOf, edgeSource, keptHeaders, lifetimeOf, sameCopy, type Answer, type EdgeSource } from './read-answer.ts'

/** A page to look at, with what is known of its origin. */
export interface PageToCheck {
  readonly id: number
  readonly url: string
  readonly path: string
  /** From the live release or the renderer: the origin need not be asked, which could render the page. */
  readonly originKnown: boolean
  /** What the check before saw; null when there was none. */
  readonly before: Before | null
}

/** What one check found. Instants are Unix milliseconds. */
export interface Observation {
  readonly pageId: number
  readonly atMs: number
  readonly status: number
  readonly stored: 'stored' | 'not-stored' | 'asks-always'
  readonly freshUntilMs: number | null
  readonly staleUntilMs: number | null
  readonly copyMadeAtMs: number
  readonly edgeHash: string
  readonly sizeBytes: number
  /** What the origin answered now; null when it was not asked or did not answer. */
  readonly originHash: string | null
  readonly ageSeconds: number
  readonly lifetimeRule: string
  readonly lifetimeBasis: 'edge-policy' | 'headers'
  /** Requests of this check that the origin answered, or may have: what it cost. */
  readonly renders: number
  /** The edge confirmed the copy of the check before: only its age and its headers are new. */
  readonly confirmed: boolean
  /** The edge held no copy before, and holds one since. */
  readonly filledByCheck: boolean
  readonly firstAnswer: string
  /** Of the first answer, as are `firstAnswer` and `ttfbMs`. */
  readonly answeredBy: AnsweredBy
  readonly vantage: string | null
  readonly ttfbMs: number
  readonly headers: readonly (readonly [string, string])[]
  /** Null when the body was no HTML. */
  readonly htmlTags: readonly string[] | null
  /** Null when the edge names no tag header. */
  readonly headerTags: readonly string[] | null
}

export interface Inspector {
  /** One GET of a page through the edge, with a condition or without. Throws `AppError`. */
  get(url: string, signal: AbortSignal, condition?: Condition): Promise<Seen>
  /** The origin's present body, asked with the page's Host. Null when it cannot be known. */
  originHash(page: PageToCheck, edge: Seen, signal: AbortSignal): Promise<string | null>
  policyFor(path: string): EdgePolicy | null
  readonly tagHeader: string | null
}

/**
 * Looks at one page through the edge. Where the first answer came from the origin, a second one tells whether the edge
 * stored it: the state is read from the second, and the first is kept. A copy that was seen before is asked for with its
 * validator; the edge's "not modified" keeps its hash and tags. Throws `AppError` when the page cannot be had.
 */
export async function inspectPage(page: PageToCheck, by: Inspector, signal: AbortSignal): Promise<Observation> {
  const condition = page.before?.condition ?? null
  if (condition === null || page.before === null) return readPage(page, await by.get(page.url, signal), by, signal)
  const answer = await by.get(page.url, signal, condition)
  if (answer.status !== 304) return readPage(page, answer, by, signal)
  const fromStore = isStored(edgeSource(cacheOf(answer)))
  if (fromStore) return readPage(page, confirmedCopy(answer, page.before, by.tagHeader), by, signal)
  // Somebody confirmed the copy of the check before, but not the edge: it may hold none.
  const seen = await readPage(page, await by.get(page.url, signal), by, signal)
  return { ...seen, renders: seen.renders + 1 }
}

async function readPage(page: PageToCheck, first: Seen, by: Inspector, signal: AbortSignal): Promise<Observation> {
  const policy = by.policyFor(page.path)
  const firstCache = cacheOf(first)
  const claim = lifetimeOf(first, firstCache.vendor, policy)
  const source = edgeSource(firstCache)
  const asksAlways = claim.asksAlways && (firstCache.ageSeconds ?? 0) === 0 && source !== 'copy'
  const second = asksAlways || isStored(source) ? first : await by.get(page.url, signal)
  const secondCache = second === first ? firstCache : cacheOf(second)
  const held = !asksAlways && (second === first || isCopy(first, second, edgeSource(secondCache)))
  const [seen, cache] = held ? [second, secondCache] : [first, firstCache]
  const life = seen === first ? claim : lifetimeOf(seen, cache.vendor, policy)
  const ageSeconds = cache.ageSeconds ?? 0
  const madeAtMs = seen.atMs - ageSeconds * 1000
  const freshUntilMs = madeAtMs + life.lifetimeSeconds * 1000
  const tagHeader = by.tagHeader === null ? undefined : seen.header(by.tagHeader)
  return {
    pageId: page.id,
    atMs: seen.atMs,
    status: seen.status,
    stored: asksAlways ? 'asks-always' : held ? 'stored' : 'not-stored',
    freshUntilMs: held ? freshUntilMs : null,
    staleUntilMs: held ? freshUntilMs + life.staleWhileRevalidateSeconds * 1000 : null,
    copyMadeAtMs: madeAtMs,
    edgeHash: seen.bodyHash,
    sizeBytes: seen.sizeBytes,
    originHash: page.originKnown || seen.status >= 400 ? null : await by.originHash(page, seen, signal),
    ageSeconds,
    lifetimeRule: life.rule,
    lifetimeBasis: life.basis,
    renders: (isStored(source) ? 0 : 1) + (second === first || held ? 0 : 1),
    confirmed: seen.confirmed === true,
    filledByCheck: source === 'origin' && held,
    firstAnswer: describeFirst(first, firstCache),
    answeredBy: isStored(source) ? 'store' : source === 'origin' ? 'origin' : 'unknown',
    vantage: cache.vantage,
    ttfbMs: first.ttfbMs,
    headers: keptHeaders(seen, by.tagHeader),
    htmlTags: seen.confirmed !== true && isHtml(seen) ? htmlTags(seen.body) : null,
    headerTags: by.tagHeader === null || (seen.confirmed === true && tagHeader === undefined) ? null : headerTags(tagHeader),
  }
}

/** The answer came from what the edge keeps. */
function isStored(source: EdgeSource): boolean {
  return source === 'copy' || source === 'confirmed'
}

function isCopy(first: Answer, second: Answer, source: EdgeSource): boolean {
  return isStored(source) || (source === 'unknown' && sameCopy(first, second))
}

export function isHtml(answer: Answer): boolean {
  return /^(text\/html|application\/xhtml\+xml)\b/i.test(answer.header('content-type') ?? '')
}

function describeFirst(first: Answer, cache: CacheAnswer): string {
  const marker = first.header('x-cache') || first.header('cache-status') || (cache.hops.at(-1)?.evidence ?? 'no cache marker')
  switch (edgeSource(cache)) {
    case 'origin':
      return `The edge held no copy (${marker})`
    case 'unknown':
      return `The answer does not say where it came from (${marker})`
    case 'copy':
    case 'confirmed':
      return `The edge answered from its copy (${marker}, Age ${cache.ageSeconds ?? 0} s)`
  }
}
