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

export interface RemoteBuild {
  readonly remoteId: string
  /** Where its status can be asked again; null when the service tells no more than that it accepted the trigger. */
  readonly statusUrl: string | null
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'accepted'
  readonly title: string
  readonly causes: readonly string[]
  readonly queuedAtMs: number
  readonly startsAtMs: number | null
  readonly startedAtMs: number | null
  readonly endedAtMs: number | null
  readonly progress: { readonly done: number; readonly total: number; readonly phase: string } | null
  readonly error: string | null
  readonly release: {
    readonly id: string
    readonly published: boolean
    readonly publishedAtMs: number | null
    readonly manifestUrl: string
    /** The origin path under which the edge finds it; null or missing when the service does not say. */
    readonly originPath?: string | null
  } | null
  readonly logUrl: string | null
  readonly cancelUrl: string | null
}

export interface BuildList {
  readonly liveReleaseId: string | null
  readonly builds: readonly RemoteBuild[]
  /** The list's own address, learned from the builds. */
  readonly listUrl: string | null
}

export interface ManifestFile {
  readonly host: string
  readonly path: string
  /** `sha256-…`, lower-case hex. */
  readonly hash: string
  readonly type: string
  readonly sizeBytes: number
  readonly tags: readonly string[]
}

export interface RedirectRule {
  readonly from: string
  readonly to: string
  readonly status: number
}

export interface Manifest {
  readonly releaseId: string
  /** When the build began to read content (Unix milliseconds): a later change may not be in it. */
  readonly startedAtMs: number
  readonly files: readonly ManifestFile[]
  /** In the order of matching; files win over rules. */
  readonly redirects: readonly RedirectRule[]
}

export interface TriggerOptions {
  /** False: build, and leave what visitors get as it is. */
  readonly publish?: boolean
}

/** A service that builds the site. Methods throw `AppError` like `Edge`. */
export interface Builder {
  /** Whether it tells more than "accepted"; known after the first answer. */
  trigger(title: string, signal?: AbortSignal, options?: TriggerOptions): Promise<RemoteBuild>
  status(statusUrl: string, signal?: AbortSignal): Promise<RemoteBuild>
  /** Null when the service has no list, or none is known yet. */
  list(limit: number, signal?: AbortSignal): Promise<BuildList | null>
  cancel(cancelUrl: string, signal?: AbortSignal): Promise<void>
  log(logUrl: string, signal: AbortSignal): AsyncIterable<string>
  manifest(manifestUrl: string, signal?: AbortSignal): Promise<Manifest>
}

/** What a renderer keeps of one page. Instants are Unix milliseconds by the renderer's clock. */
export interface RendererEntry {
  /** With its port when that is not the scheme's default. */
  readonly host: string
  /** Percent-encoded. */
  readonly path: string
  /** `sha256-…`, lower-case hex, of what the origin serves now. */
  readonly hash: string
  readonly sizeBytes: number
  /** `class:id`, or the class alone. */
  readonly tags: readonly string[]
  /** When the render that the content is from began: a later change is not in it. */
  readonly startedAtMs: number
  readonly durationMs: number
  readonly refreshedAtMs: number
  readonly expiresAtMs: number
  /** The latest mark that no refresh has answered yet. */
  readonly markedAtMs: number | null
  readonly failure: { readonly atMs: number; readonly reason: string } | null
  readonly ttlSeconds: number
  /** Marked, or past its time. */
  readonly expired: boolean
  readonly refreshing: boolean
}

export interface EntryPage {
  /** The renderer's clock when it answered: by it a caller with another clock corrects the instants. */
  readonly nowMs: number
  readonly entries: readonly RendererEntry[]
  /** What to pass for the next page; null on the last one. */
  readonly next: string | null
}

export interface RefreshResult {
  readonly host: string
  readonly path: string
  readonly state: 'waiting' | 'refreshed' | 'failed'
  readonly error: string | null
}

/** A refresh of several pages, as its monitor tells it. */
export interface RefreshRun {
  /** Where it can be asked for again. It may hold the renderer's secret, so it is not to be stored. */
  readonly monitor: string
  readonly finished: boolean
  readonly done: number
  readonly total: number
  readonly results: readonly RefreshResult[]
}

/**
 * A cache of pages that are rendered on demand. Methods throw `AppError` like `Edge`. Reading renders nothing; `refresh`
 * renders every page that it names.
 */
export interface Renderer {
  /** At most `pathsPerRequest` paths may be marked or refreshed at a time. */
  readonly pathsPerRequest: number
  /** @param cursor the `next` of the page before, or null for the first. */
  list(cursor: string | null, limit: number, signal?: AbortSignal): Promise<EntryPage>
  /** A page of one entry, or of none when the renderer has none for this page. */
  one(host: string, path: string, signal?: AbortSignal): Promise<EntryPage>
  /** Marks entries as expired; renders nothing. Returns how many are marked, and the paths without an entry. */
  expire(
    what: { readonly host: string; readonly paths: readonly string[]; readonly tags: readonly string[] },
    signal?: AbortSignal,
  ): Promise<{ readonly marked: number; readonly missing: readonly string[] }>
  /** Begins to render pages again. Every render begins after this call. */
  refresh(host: string, paths: readonly string[], signal?: AbortSignal): Promise<RefreshRun>
  /** Throws `NOT_FOUND` when the renderer has forgotten it: the entries then tell what happened. */
  refreshed(monitor: string, signal?: AbortSignal): Promise<RefreshRun>
}

/** What an object store tells of one object without giving its body. */
export interface StoredObject {
  readonly etag: string | null
  /** Lower-case hex, when the ETag is the MD5 of the very bytes; null for objects in parts, or with a key of KMS. */
  readonly md5: string | null
  readonly lastModifiedMs: number | null
  readonly sizeBytes: number | null
  /** From the metadata from which the edge takes its tags. */
  readonly tags: readonly string[]
}

/** The objects that an edge fetches, asked with credentials rather than through the origin's own address. */
export interface ObjectStore {
  /** What a person calls it: the bucket's name. */
  readonly name: string
  /**
   * One object by the path of its page, or null when there is none. Throws `AppError`: `CREDENTIALS_REFUSED`, `NOT_FOUND`
   * for the bucket, `THROTTLED`, `UNREACHABLE` or `PROVIDER_REFUSED`.
   */
  head(path: string, signal?: AbortSignal): Promise<StoredObject | null>
  close(): void
}
