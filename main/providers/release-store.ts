import type { TriedPermission } from '#shared/add-site.ts'
import type { RedirectRule } from './builder.ts'
import type { LocalRelease, PublishProgress, ReleaseFile } from './publisher.ts'

/** A release that lies at the origin, whole: an edge may be pointed at it. */
export interface StoredRelease {
  readonly id: string
  readonly title: string
  /** Unix milliseconds: when its build began to read content. */
  readonly startedAtMs: number
  /** Unix milliseconds: when visitors first had it; null when they never had. */
  readonly publishedAtMs: number | null
  /** The origin path under which an edge finds it. */
  readonly place: string
}

export interface StoredManifest {
  readonly id: string
  readonly title: string
  readonly startedAtMs: number
  readonly files: readonly ReleaseFile[]
  /** In the order of matching. */
  readonly redirects: readonly RedirectRule[]
}

export interface Uploaded {
  /** Files whose bytes were sent, were copied from the release before, or lay there already. */
  readonly sent: number
  readonly copied: number
  readonly there: number
  readonly sentBytes: number
  /** What was left out or done otherwise than wished, as sentences. */
  readonly notes: readonly string[]
}

/** Where visitors are held by choice, for every desktop that publishes there. */
export interface SharedPin {
  /** Null: somebody took it off. */
  readonly pin: { readonly releaseId: string; readonly title: string; readonly sinceMs: number; readonly by: string } | null
  /** Unix milliseconds, by the clock of whoever changed it. */
  readonly changedAtMs: number
  /** For people who look into the bucket. */
  readonly why: string
}

/** Where releases lie beside each other, each in a folder that never changes once it is whole. Throws `AppError` like `Edge`. */
export interface ReleaseStore {
  /** What a person calls it: the bucket's name. */
  readonly name: string
  placeOf(releaseId: string): string
  /**
   * Brings a release there, what others need first, and its manifest last: only then it is whole. Repeated, it goes on
   * where it stopped. `previous`: the release that visitors have; what is the same is copied from it within the store.
   * Throws `CONFLICT` when a file is not what the release says, or another release has this id.
   */
  upload(
    release: LocalRelease,
    previous: string | null,
    signal: AbortSignal,
    onProgress: (progress: PublishProgress) => void,
  ): Promise<Uploaded>
  /** Every whole release, the newest first. */
  list(signal?: AbortSignal): Promise<readonly StoredRelease[]>
  /** Throws `NOT_FOUND` for one that is not whole. */
  manifest(releaseId: string, signal?: AbortSignal): Promise<StoredManifest>
  /** Remembers that visitors have it now. */
  markPublished(releaseId: string, signal?: AbortSignal): Promise<void>
  /** Takes a release away. From its first step on it is not whole any more. */
  remove(releaseId: string, signal?: AbortSignal): Promise<void>
  /** Releases that are half taken away, or are not whole and nobody has added to since an instant (Unix milliseconds). */
  leftovers(sinceMs: number, signal?: AbortSignal): Promise<readonly string[]>
  /** Null when nobody ever kept one there. */
  readPin(signal?: AbortSignal): Promise<SharedPin | null>
  writePin(pin: SharedPin, signal?: AbortSignal): Promise<void>
  /** Tries each permission that releases need, by calls that harm nothing. Throws when something else is wrong. */
  tryPermissions(signal?: AbortSignal): Promise<readonly TriedPermission[]>
  close(): void
}
