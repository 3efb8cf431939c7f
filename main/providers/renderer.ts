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
