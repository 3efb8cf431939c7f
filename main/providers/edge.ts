import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'

/** What a vendor charges for purges by its price list. */
export interface Tariff {
  readonly vendor: string
  readonly unit: 'purge' | 'item'
  /** Null: it does not count them. */
  readonly freePerMonth: number | null
  /** Of each one beyond the free ones, in micro-dollars. */
  readonly priceMicroDollars: number
}

/** How much a vendor works on. Where it publishes several models all of them hold, so the strictest decides. */
export interface PurgeQuotas {
  /** Of one distribution, at a time. */
  readonly inProgress: { readonly items: number; readonly prefixes: number }
  /** Of the whole account. */
  readonly perSecond: { readonly items: number; readonly prefixes: number }
}

/**
 * What a vendor's edge can do, as data: screens and plans are drawn from it. Limits carry the vendor page they are from.
 */
export interface EdgeCapabilities {
  readonly purgesPaths: boolean
  readonly purgesPrefixes: boolean
  readonly purgesTags: boolean
  /** The response header from which the edge stores tags; null when it stores none. */
  readonly tagHeader: string | null
  readonly tagsPerPage: number
  /** Why it stores no tags: "its configuration has no …". */
  readonly noTagsBecause?: string
  readonly itemsPerRequest: number
  /** Of the items, how many may be prefixes; missing when there is no such limit. */
  readonly prefixesPerRequest?: number
  /** Missing: it works on whatever it is sent. */
  readonly quotas?: PurgeQuotas
  /** Purged copies are served once more while they are fetched again. Missing: they are gone at once. */
  readonly soft?: boolean
  readonly tariff: Tariff
  readonly limitsSource: string
}

/** The caching rules of one path pattern, the first match wins. */
export interface Behaviour {
  /** As the vendor writes it: `/images/*`, `*.jpg`, or `*` for the default. */
  readonly pattern: string
  /** Null when the policy may not be read. */
  readonly policy: EdgePolicy | null
  /** Whether the query string is a part of each copy's key; missing where it could not be read. */
  readonly queryInKey?: boolean
}

/** What was read of a distribution. */
export interface Distribution {
  readonly id: string
  readonly aliases: readonly string[]
  readonly capabilities: EdgeCapabilities
  readonly behaviours: readonly Behaviour[]
  /** What could not be read, as sentences that say which permission is missing. */
  readonly gaps: readonly string[]
}

export type PurgeState = 'in-progress' | 'completed'

/** A purge as the vendor confirms it. */
export interface PurgeReceipt {
  readonly remoteId: string
  readonly state: PurgeState
  /** Unix milliseconds, by the vendor's clock: the month it is charged in. */
  readonly createdAtMs: number
  /** How many objects each item made go, where the vendor says it; null for an item of which it does not know. */
  readonly gone?: readonly { readonly item: string; readonly objects: number | null }[]
}

/** Where the edge fetches pages from: below which path of the origin the release lies that visitors get. */
export interface OriginState {
  /** As the vendor keeps it: `/releases/r-7`, or empty for the origin's root. */
  readonly originPath: string
  /** The version of the configuration that this was read of. */
  readonly etag: string
}

/** Points an edge at another release of the site. Throws `AppError` like `Edge`, and `CONFLICT` for a stale `ifMatch`. */
export interface OriginSwitch {
  read(signal?: AbortSignal): Promise<OriginState>
  /** Takes effect over minutes. `ifMatch`: the etag of the reading that this change was decided on. */
  switchTo(originPath: string, ifMatch: string, signal?: AbortSignal): Promise<void>
  /** Whether the last change has reached every location of the edge. A purge before that refills from the old release. */
  deployed(signal?: AbortSignal): Promise<boolean>
}

/** A purge as the vendor lists it, whoever sent it. */
export interface ListedPurge {
  readonly remoteId: string
  /** By the vendor's clock; null when it tells none. */
  readonly createdAtMs: number | null
}

/** All purges of the account that an edge's credentials belong to. Throws `AppError` like `Edge`. */
export interface AccountPurges {
  /** The ids of the account's distributions, a page at a time. `next`: the cursor of the next page; null on the last. */
  distributions(
    cursor: string | null,
    signal?: AbortSignal,
  ): Promise<{ readonly ids: readonly string[]; readonly next: string | null }>
  /** The purges of one distribution, the newest first. Throws `BAD_INPUT` for a cursor that is not known any more. */
  list(
    distributionId: string,
    cursor: string | null,
    signal?: AbortSignal,
  ): Promise<{ readonly purges: readonly ListedPurge[]; readonly next: string | null }>
  /** One purge with its items; null when the vendor does not know it any more. */
  read(
    distributionId: string,
    remoteId: string,
    signal?: AbortSignal,
  ): Promise<(ListedPurge & { readonly reference: string; readonly items: readonly string[] }) | null>
}

/**
 * One distribution of one vendor. Every method throws `AppError`: `CREDENTIALS_REFUSED`, `NOT_FOUND`, `THROTTLED`
 * (`retryable`), `UNREACHABLE` (`retryable`), `PROVIDER_REFUSED` or `BAD_INPUT`, with a sentence that names the fix.
 * `UNREACHABLE` from `purge` means that the outcome is unknown: look it up or repeat it with the same reference.
 */
export interface Edge {
  describe(signal?: AbortSignal): Promise<Distribution>
  /**
   * Sends items (`/path`, `/prefix*`, `#tag`). `reference` makes it idempotent: the same reference with the same items
   * is one purge however often it is sent. An edge that does not charge may keep no references and purge again, which
   * changes nothing.
   */
  purge(items: readonly string[], reference: string, signal?: AbortSignal): Promise<PurgeReceipt>
  purgeStatus(remoteId: string, signal?: AbortSignal): Promise<PurgeReceipt>
  /** Missing at an edge that cannot change where it fetches from. */
  readonly switchOrigin?: OriginSwitch
  /** Missing at an edge whose vendor counts no purges. */
  readonly account?: AccountPurges
  close(): void
}

/**
 * Why an item cannot be purged at this vendor, or the item in the form that the vendor wants, with what was changed about
 * it or may not work, as sentences.
 */
export type ItemCheck =
  | { readonly ok: true; readonly item: string; readonly note?: string }
  | { readonly ok: false; readonly reason: string }
