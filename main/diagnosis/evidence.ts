import type { BuildList, RedirectRule } from '#main/providers/builder.ts'
import type { CacheAnswer } from '#shared/http-cache/cache-answer.ts'
import type { CopyFacts } from '#shared/http-cache/freshness.ts'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import type { ServedAs } from '#shared/pages.ts'

/** One GET that was answered. Instants are Unix milliseconds by our clock. */
export interface Answered {
  readonly url: string
  readonly sentAtMs: number
  /** When the first byte came. */
  readonly atMs: number
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly cache: CacheAnswer
  /** `sha256-…` of the whole body. */
  readonly bodyHash: string
  /** The same, with what changes at every render (nonces, CSRF tokens, the site's selectors) taken out of HTML. */
  readonly steadyHash: string
  /** Unpacked. */
  readonly sizeBytes: number
  readonly ttfbMs: number
  /** Of HTML: what stands between the tags, counted in characters, so that an empty shell can be told from a page. */
  readonly textLength: number | null
  readonly htmlTags: readonly string[]
  /** Absolute. */
  readonly location: string | null
}

/** One GET that was not. */
export interface Unanswered {
  readonly url: string
  readonly sentAtMs: number
  /** A sentence: what happened and what it means. */
  readonly failure: string
  /** We did not ask: the address is inside a private network and belongs to no site. */
  readonly notAsked?: boolean
}
export type Exchanged = Answered | Unanswered

export type VariantKind = 'query' | 'slash' | 'index' | 'case' | 'encoding' | 'accept-encoding' | 'vary'

/** The same page asked for in another way, which the edge may keep as another copy. */
export interface Variant {
  readonly kind: VariantKind
  /** In words: `without the query string`, `as brotli`, `with Accept-Language: de`. */
  readonly how: string
  /** The path an edge would key it by, with its query string. */
  readonly path: string
  readonly exchange: Exchanged
}

/** What the page names or needs. */
export interface Companion {
  readonly kind: 'asset' | 'data'
  readonly url: string
  readonly exchange: Exchanged
  /** What the origin or the live release has for it; null when not known. */
  readonly originHash: string | null
  /** The live release knows this path; null without a release. */
  readonly inRelease: boolean | null
}

/** What the origin has, and how that is known. */
export type OriginEvidence =
  | {
      readonly basis: 'manifest' | 'renderer' | 's3' | 'origin'
      readonly atMs: number
      readonly status: number
      /** Comparable with `steadyHash` when `steady`, else with `bodyHash`. Null: only validators can be compared. */
      readonly hash: string | null
      readonly steady: boolean
      /** Proven by a conditional request or validators alone; null when the hashes decide. */
      readonly sameAsEdge: boolean | null
      readonly etag: string | null
      readonly lastModifiedMs: number | null
      /** When rendering of what the origin has began. */
      readonly startedAtMs: number | null
      /** The renderer's entry is marked as expired and no refresh has answered that yet. */
      readonly markedAtMs?: number | null
      readonly tags: readonly string[]
      /** Present when the origin itself was asked with a GET. */
      readonly exchange: Answered | null
      /** The origin itself was asked besides, since the copy is past its lifetime, and failed: a sentence. */
      readonly failure?: string
    }
  | {
      readonly basis: 'none'
      readonly why: string
      /** It was asked and gave no answer: what happened. Missing when nobody asked. */
      readonly failure?: string
    }

export interface KnownPage {
  readonly id: number
  readonly path: string
  readonly zoneHost: string
  readonly servedAs: ServedAs
  readonly rendersOnDemand: boolean
  readonly tags: readonly { readonly tag: string; readonly html: boolean; readonly header: boolean }[]
  /** As it stood before this diagnosis looked. */
  readonly facts: CopyFacts
  /** The renderer's entry, as it was listed last, is marked as expired and not refreshed since. */
  readonly markedAtMs?: number | null
}

/** A release of the site. */
export interface KnownRelease {
  readonly id: string
  readonly title: string | null
  readonly startedAtMs: number
  readonly published: boolean
  readonly live: boolean
  /** What it has for this path: a hash, `null` for no such file, `undefined` when not known. */
  readonly hash: string | null | undefined
}

/** A change that somebody told of and that concerns this page. */
export interface KnownMark {
  readonly what: string
  readonly target: string
  readonly sinceMs: number
  readonly by: string
}

/** A purge of the site's account that may have been meant for this page. */
export interface KnownPurge {
  readonly id: string
  readonly planId: string
  readonly state: 'intent' | 'sent' | 'completed' | 'refused'
  readonly sentAtMs: number
  readonly completedAtMs: number | null
  readonly by: string
  /** Items that reach this very path. */
  readonly covering: readonly string[]
  /** Items that reach only another spelling of it (slash, `index.html`, query string, case). */
  readonly nearMisses: readonly string[]
}

/** The page at an earlier check. */
export interface PastLook {
  readonly atMs: number
  readonly status: number | null
  readonly stored: string | null
  readonly ageClass: string | null
  readonly edgeHash: string | null
  readonly vantage: string | null
  readonly failure: string | null
}

export interface History {
  /** The newest first. */
  readonly releases: readonly KnownRelease[]
  readonly marks: readonly KnownMark[]
  /** Changes of this page or its tags within the last 30 days, those already built in included. */
  readonly changesIn30Days: number
  readonly purges: readonly KnownPurge[]
  readonly looks: readonly PastLook[]
  /** A switch to another release that the edge has not reported everywhere. */
  readonly switching: {
    readonly toRelease: string
    /** The one before, where that is known. */
    readonly fromRelease?: string | null
    readonly startedAtMs: number
  } | null
  readonly build: {
    readonly state: BuildList['builds'][number]['state']
    readonly title: string
    readonly startedAtMs: number | null
    readonly expectedEndMs: number | null
    readonly startsAtMs: number | null
  } | null
}

/** What the customer's own browser got. */
export interface CustomerCopy {
  readonly url: string | null
  readonly status: number | null
  readonly headers: readonly (readonly [string, string])[]
  readonly cache: CacheAnswer
  /** From their HAR, or from `Date`; null when neither says it. */
  readonly atMs: number | null
  /** From a HAR: the browser took it from its own cache. */
  readonly fromBrowserCache: boolean | null
  readonly bodyHash: string | null
}

/** Everything that a diagnosis rests on. Plain data: a verdict can be had from it again and again. */
export interface Evidence {
  readonly url: string
  readonly askedAtMs: number
  /** The past instant that was asked about; then `edge` and `origin` may be null and `history` is as it stood then. */
  readonly seenAtMs: number | null
  readonly site: {
    readonly id: string
    readonly name: string
    readonly hasBuilder: boolean
    readonly purgesPaths: boolean
    readonly purgesTags: boolean
    /** Other hosts on the same distribution that an item would reach as well. */
    readonly otherZones: number
    readonly typicalBuildMs: number | null
    readonly typicalPurgeMs: number | null
  } | null
  readonly page: KnownPage | null
  /** The first answer through the edge, and the second one where the first may have filled the cache. */
  readonly edge: { readonly first: Exchanged; readonly again: Exchanged | null; readonly filledByUs: boolean } | null
  /** Redirects that were followed before `edge`, the first asked first; `edge` is about their target. */
  readonly redirects: readonly Answered[]
  /** The rule of the live release that answers the asked path when no file does. */
  readonly rule: RedirectRule | null
  readonly origin: OriginEvidence
  /** The origin's redirect for the asked URL, where the edge answered with one. */
  readonly originRedirect: Answered | null
  /** Null: "as the headers claim". `why` tells what is missing. */
  readonly policy: { readonly pattern: string; readonly ttl: EdgePolicy } | null
  readonly policyGap: string | null
  readonly variants: readonly Variant[]
  readonly crawler: Exchanged | null
  readonly companions: readonly Companion[]
  readonly history: History
  /** With `seenAtMs`: what came after that instant, the newest first. */
  readonly later?: Pick<History, 'releases' | 'marks' | 'purges'>
  readonly customer: CustomerCopy | null
  /** Addresses of registered zones and of known pages that the asked one may be meant for. */
  readonly similar?: readonly string[]
  /** What could not be looked at, as sentences. */
  readonly gaps: readonly string[]
}

export function wasAnswered(exchange: Exchanged | null): exchange is Answered {
  return exchange !== null && 'status' in exchange
}
