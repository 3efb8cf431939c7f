import type { TriedPermission } from '#shared/add-site.ts'

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
  /** Tries each permission that `head` needs. Throws when something else is wrong. */
  tryPermissions(signal?: AbortSignal): Promise<readonly TriedPermission[]>
  close(): void
}
