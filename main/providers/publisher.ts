import type { RedirectRule } from './builder.ts'

/** A finished build in a folder of this machine: immutable, and whole. */
export interface LocalRelease {
  readonly id: string
  /** Absolute. Its files are the manifest's, at `path` below it. */
  readonly folder: string
  readonly title: string
  /** Unix milliseconds: when the build began to read content. */
  readonly startedAtMs: number
  readonly files: readonly ReleaseFile[]
  /** In the order of matching. */
  readonly redirects: readonly RedirectRule[]
}

export interface ReleaseFile {
  /** Relative, with `/`: `blog/first/index.html`. */
  readonly file: string
  /** The address's path: `/blog/first/`. */
  readonly path: string
  /** `sha256-…`, lower-case hex. */
  readonly hash: string
  readonly type: string
  readonly sizeBytes: number
  /** As the page names them, `class:id`; empty for companions. */
  readonly tags: readonly string[]
}

export interface PublishProgress {
  readonly phase: 'comparing' | 'uploading assets' | 'uploading pages' | 'switching' | 'waiting for the edge' | 'cleaning up'
  readonly done: number
  readonly total: number | null
  readonly sentBytes: number
}

export interface PublishedRelease {
  readonly id: string
  readonly title: string
  /** Unix milliseconds; null when it is not told. */
  readonly publishedAtMs: number | null
  /** Where the edge finds it, such as the origin path `/releases/8f40`. */
  readonly place: string
}

/** How far bringing a release to its place has come; `held`: it lies there, and visitors have another one by choice. */
export interface PublishOutcome {
  readonly state: 'under way' | 'published' | 'held' | 'failed'
  readonly message: string
  /** Unix milliseconds; null until it has ended. */
  readonly endedAtMs: number | null
}

/** Brings a finished build to where the edge fetches pages from. Methods throw `AppError` like `Edge`. */
export interface Publisher {
  /** Where a release is that was built and not yet brought there, once it is asked for; left out: nowhere. */
  placeOf?(releaseId: string): string
  /** It brings a release there also while the site is pinned, and keeps it from visitors by itself. */
  readonly holdsBack?: boolean
  /** Visitors get the whole old release or the whole new one. Repeating it with the same release goes on where it stopped. */
  publish(release: LocalRelease, signal: AbortSignal, onProgress: (progress: PublishProgress) => void): Promise<PublishedRelease>
  /** The release that visitors get; null when none was ever published. */
  live(signal?: AbortSignal): Promise<PublishedRelease | null>
  /** What became of bringing a release there, also when the core has ended meanwhile; null: it was never begun. */
  outcomeOf?(releaseId: string): Promise<PublishOutcome | null>
  /** Those that can be gone back to, the newest first. */
  list(limit: number, signal?: AbortSignal): Promise<readonly PublishedRelease[]>
  /** Makes an older release live again without building. */
  rollBack(releaseId: string, signal?: AbortSignal): Promise<PublishedRelease>
  close(): void
}
