import type { CacheAnswer } from '#shared/http-cache/cache-answer.ts'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import { headerTags, htmlTags } from './html-tags.ts'
import { cacheOf, edgeSource, keptHeaders, lifetimeOf, sameCopy, type Answer, type EdgeSource } from './read-answer.ts'

/** A page to look at, with what is known of its origin. */
export interface PageToCheck {
  readonly id: number
  readonly url: string
  readonly path: string
  /** From the live release or the renderer: the origin need not be asked, which could render the page. */
  readonly originKnown: boolean
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
  /** The edge held no copy before, and holds one since. */
  readonly filledByCheck: boolean
  readonly firstAnswer: string
  readonly vantage: string | null
  readonly ttfbMs: number
  readonly headers: readonly (readonly [string, string])[]
  /** Null when the body was no HTML. */
  readonly htmlTags: readonly string[] | null
  /** Null when the edge names no tag header. */
  readonly headerTags: readonly string[] | null
}

export interface Inspector {
  /** One GET of a page through the edge. Throws `AppError`. */
  get(url: string, signal: AbortSignal): Promise<Answer & { readonly body: Buffer }>
  /** The origin's present body, asked with the page's Host. Null when it cannot be known. */
  originHash(page: PageToCheck, edge: Answer, signal: AbortSignal): Promise<string | null>
  policyFor(path: string): EdgePolicy | null
  readonly tagHeader: string | null
}

/**
 * Looks at one page through the edge. Where the first answer came from the origin, a second one tells whether the edge
 * stored it: the state is read from the second, and the first is kept. Throws `AppError` when the page cannot be had.
 */
export async function inspectPage(page: PageToCheck, by: Inspector, signal: AbortSignal): Promise<Observation> {
  const policy = by.policyFor(page.path)
  const first = await by.get(page.url, signal)
  const firstCache = cacheOf(first)
  const claim = lifetimeOf(first, firstCache.vendor, policy)
  const source = edgeSource(firstCache)
  const asksAlways = claim.asksAlways && (firstCache.ageSeconds ?? 0) === 0 && source !== 'copy'
  const second = asksAlways || source === 'copy' || source === 'confirmed' ? first : await by.get(page.url, signal)
  const secondCache = second === first ? firstCache : cacheOf(second)
  const held = !asksAlways && (second === first || isCopy(first, second, edgeSource(secondCache)))
  const [seen, cache] = held ? [second, secondCache] : [first, firstCache]
  const life = seen === first ? claim : lifetimeOf(seen, cache.vendor, policy)
  const ageSeconds = cache.ageSeconds ?? 0
  const madeAtMs = seen.atMs - ageSeconds * 1000
  const freshUntilMs = madeAtMs + life.lifetimeSeconds * 1000
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
    filledByCheck: source === 'origin' && held,
    firstAnswer: describeFirst(first, firstCache),
    vantage: cache.vantage,
    ttfbMs: first.ttfbMs,
    headers: keptHeaders(seen, by.tagHeader),
    htmlTags: isHtml(seen) ? htmlTags(seen === second ? second.body : first.body) : null,
    headerTags: by.tagHeader === null ? null : headerTags(seen.header(by.tagHeader)),
  }
}

function isCopy(first: Answer, second: Answer, source: EdgeSource): boolean {
  return source === 'copy' || source === 'confirmed' || (source === 'unknown' && sameCopy(first, second))
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
