import type * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { sha256 } from '#main/platform/file-bytes.ts'
import { inParallel } from '#main/platform/in-parallel.ts'
import type { ReleaseStore, StoredRelease } from '../release-store.ts'
import type { BucketOptions } from '../s3/client.ts'
import { tryBucketAccess } from '../s3/try-access.ts'
import { createBucket } from './bucket.ts'
import type { ObjectHeaders } from './headers.ts'
import { parseManifest, parsePinDocument, type PinDocument } from './manifest.ts'
import { placesBelow } from './places.ts'
import { uploadRelease } from './upload.ts'

export interface ReleasesOptions extends BucketOptions {
  /** In front of `releases/`; empty for none. */
  readonly prefix: string
  /** How long the edge keeps pages, and files whose names say nothing of their bytes. */
  readonly htmlSeconds: number
  nowMs(): number
}

const HEADS_AT_ONCE = 8
const PIN_HEADERS: ObjectHeaders = { contentType: 'application/json', cacheControl: 'no-store', cacheTag: null }
const MARK_HEADERS: ObjectHeaders = { contentType: 'text/plain', cacheControl: 'no-store', cacheTag: null }

/** Releases in an S3 bucket, each below `releases/ID/`. */
export function createS3Releases(options: ReleasesOptions): ReleaseStore {
  const bucket = createBucket(options)
  const places = placesBelow(options.prefix)
  /** A release never changes once it is whole; only that it was published may become known. */
  const known = new Map<string, StoredRelease>()

  async function look(id: string, signal: AbortSignal | undefined): Promise<StoredRelease | null> {
    const publishedAtMs = known.get(id)?.publishedAtMs ?? null
    const [manifest, published] = await Promise.all([
      bucket.head(places.manifest(id), signal),
      publishedAtMs === null ? bucket.head(places.published(id), signal) : null,
    ])
    if (manifest === null) {
      known.delete(id)
      return null
    }
    return {
      id,
      title: decoded(manifest.metadata['title'] ?? '') || id,
      startedAtMs: Number(manifest.metadata['started-at'] ?? manifest.modifiedMs),
      publishedAtMs: published?.modifiedMs ?? publishedAtMs,
      place: places.originPath(id),
    }
  }

  async function mark(key: string, signal: AbortSignal | undefined): Promise<void> {
    const nothing = { sizeBytes: 0, sha256: sha256(new Uint8Array()), headers: MARK_HEADERS }
    await bucket.put({ key, ...nothing, open: async () => new Uint8Array() }, true, signal)
  }

  return {
    name: bucket.name,
    placeOf: places.originPath,
    upload: (release, previous, signal, onProgress) =>
      uploadRelease({ ...options, bucket, places }, release, previous, signal, onProgress),

    async list(signal) {
      const ids = await bucket.folders(places.all, signal)
      const found: StoredRelease[] = []
      await inParallel(ids, HEADS_AT_ONCE, async (id) => {
        const release = await look(id, signal)
        if (release === null) return
        known.set(id, release)
        found.push(release)
      })
      for (const id of known.keys()) if (!ids.includes(id)) known.delete(id)
      return found.sort((a, b) => b.startedAtMs - a.startedAtMs || (a.id < b.id ? 1 : -1))
    },

    async manifest(releaseId, signal) {
      const text = await bucket.readText(places.manifest(releaseId), signal)
      if (text !== null) return parseManifest(text, bucket.name)
      throw new AppError('NOT_FOUND', `The release ${releaseId} does not lie in ${bucket.name} any more.`, {
        field: 'releaseId',
        fix: 'Choose another release, or publish it again.',
        retryable: false,
      })
    },

    markPublished: (releaseId, signal) => mark(places.published(releaseId), signal),

    async remove(releaseId, signal) {
      known.delete(releaseId)
      const leaving = places.leaving(releaseId)
      // Ended in between, its rest must not look like an upload that another desktop is at.
      await mark(leaving, signal)
      // The manifest first: what is half removed must not be taken for whole.
      await bucket.remove([places.manifest(releaseId)], signal)
      const rest = (await bucket.list(places.folder(releaseId), signal)).map(({ key }) => key)
      await bucket.remove(
        rest.filter((key) => key !== leaving),
        signal,
      )
      await bucket.remove([leaving], signal)
    },

    async leftovers(sinceMs, signal) {
      const ids = (await bucket.folders(places.all, signal)).filter((id) => !known.has(id))
      const old: string[] = []
      for (const id of ids) {
        if ((await bucket.head(places.manifest(id), signal)) !== null) continue
        const objects = await bucket.list(places.folder(id), signal)
        const leaving = objects.some(({ key }) => key === places.leaving(id))
        if (leaving || objects.every(({ modifiedMs }) => modifiedMs < sinceMs)) old.push(id)
      }
      return old
    },

    async readPin(signal) {
      const text = await bucket.readText(places.pin, signal)
      return text === null ? null : parsePinDocument(text, bucket.name)
    },

    async writePin({ pin, changedAtMs, why }, signal) {
      const document: z.infer<typeof PinDocument> = { version: 1, pin, changedAtMs, why }
      const bytes = Buffer.from(JSON.stringify(document, null, 2))
      const outgoing = { key: places.pin, sizeBytes: bytes.length, sha256: sha256(bytes), headers: PIN_HEADERS }
      await bucket.put({ ...outgoing, open: async () => bytes }, false, signal)
    },

    tryPermissions: (signal) => tryBucketAccess(bucket, { below: places.all, key: places.probe, writes: true }, signal),
    close: bucket.close,
  }
}

/** Others may have written it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
