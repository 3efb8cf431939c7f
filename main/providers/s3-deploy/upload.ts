import { AppError } from '#shared/errors.ts'
import { digestOfFile, openBytes, sha256 } from '#main/platform/file-bytes.ts'
import { inParallel } from '#main/platform/in-parallel.ts'
import type { RedirectRule } from '../builder.ts'
import type { LocalRelease, PublishProgress, ReleaseFile } from '../publisher.ts'
import type { Uploaded } from '../release-store.ts'
import type { Bucket, Listed } from './bucket.ts'
import { headersOf, isHashed, type ObjectHeaders } from './headers.ts'
import { parseManifest, type KeptFile, type ManifestDocument } from './manifest.ts'
import type { Places } from './places.ts'

interface UploadParts {
  readonly bucket: Bucket
  readonly places: Places
  readonly htmlSeconds: number
  nowMs(): number
}

/** What is to lie in the release's folder, from wherever it comes. */
interface Wanted {
  readonly file: string
  readonly hash: string
  readonly sizeBytes: number
  readonly headers: ObjectHeaders
  readonly source: ReleaseFile | null
  readonly keep: KeptFile | null
}

/** As many connections as the client keeps. */
const AT_ONCE = 10
/** Pages in browsers and at the edge may name the assets of releases before; so long they stay. */
const KEPT_MS = 7 * 86_400_000
const MANIFEST_HEADERS: ObjectHeaders = { contentType: 'application/json', cacheControl: 'no-store', cacheTag: null }

/** Uploads one release: assets, then pages, then the manifest that makes it whole. See `ReleaseStore.upload`. */
export async function uploadRelease(
  { bucket, places, htmlSeconds, nowMs }: UploadParts,
  release: LocalRelease,
  previous: string | null,
  signal: AbortSignal,
  onProgress: (progress: PublishProgress) => void,
): Promise<Uploaded> {
  const counts = { sent: 0, copied: 0, there: 0, sentBytes: 0 }
  const tell = (phase: PublishProgress['phase'], done: number, total: number | null) =>
    onProgress({ phase, done, total, sentBytes: counts.sentBytes })

  requireName(release.id)
  tell('comparing', 0, release.files.length)
  const stored = await bucket.readText(places.manifest(release.id), signal)
  if (stored !== null) {
    requireSame(parseManifest(stored, bucket.name), release)
    return { ...counts, there: release.files.length, notes: [] }
  }
  const before = await manifestOf(previous)
  const known = new Map([...(before?.files ?? []), ...(before?.keeps ?? [])].map((file) => [file.file, file]))
  const there = new Map((await bucket.list(places.folder(release.id), signal)).map((object) => [object.key, object]))
  const wanted = release.files.map((file): Wanted => {
    return { ...file, headers: headersOf(file, htmlSeconds), source: file, keep: null }
  })
  const keeps = keptFrom(before, release).map((keep): Wanted => {
    return { ...keep, headers: headersOf({ file: keep.file, type: '', tags: [] }, htmlSeconds), source: null, keep }
  })
  const etags = new Map<string, string>()

  const place = async (file: Wanted): Promise<void> => {
    const key = places.key(release.id, file.file)
    const old = known.get(file.file)
    const same = old !== undefined && old.hash === file.hash && previous !== null ? old : null
    const found = there.get(key)
    if (found && (found.etag === same?.etag || (await isFile(found, file)))) {
      counts.there += 1
      return void etags.set(file.file, found.etag)
    }
    const copied = same && (await bucket.copy(places.key(previous ?? '', file.file), same.etag, key, file.headers, signal))
    if (copied !== null) {
      counts.copied += 1
      return void etags.set(file.file, copied)
    }
    // An asset that was only kept and is gone has nothing to come from.
    if (file.source === null) return
    const { sizeBytes, hash } = file
    const open = () => openBytes(release.folder, file.file, sizeBytes)
    const etag = await bucket.put({ key, sizeBytes, sha256: bare(hash), headers: file.headers, open }, false, signal)
    counts.sent += 1
    counts.sentBytes += sizeBytes
    etags.set(file.file, etag ?? '')
  }
  const isFile = async ({ etag, sizeBytes }: Listed, file: Wanted): Promise<boolean> =>
    file.source !== null &&
    sizeBytes === file.sizeBytes &&
    etag === `"${await digestOfFile(release.folder, file.file, 'md5').catch(() => '')}"`

  async function manifestOf(id: string | null): Promise<ManifestDocument | null> {
    const text = id === null ? null : await bucket.readText(places.manifest(id), signal)
    return text === null ? null : parseManifest(text, bucket.name)
  }

  const pages = wanted.filter(({ source }) => isPage(source))
  const assets = [...wanted.filter(({ source }) => !isPage(source)), ...keeps]
  for (const [phase, files] of [
    ['uploading assets', assets],
    ['uploading pages', pages],
  ] as const) {
    let done = 0
    tell(phase, 0, files.length)
    await inParallel(files, AT_ONCE, async (file) => {
      signal.throwIfAborted()
      await place(file)
      done += 1
      tell(phase, done, files.length)
    })
  }
  await finish()
  return { ...counts, notes: notesOf(release, htmlSeconds) }

  async function finish(): Promise<void> {
    const nowOf = (file: string) => etags.get(file) ?? ''
    const { id, title, startedAtMs } = release
    const document: ManifestDocument = {
      version: 1,
      id,
      title,
      startedAtMs,
      files: release.files.map((file) => ({ ...file, tags: [...file.tags], etag: nowOf(file.file) })),
      redirects: release.redirects.map(plainRule),
      keeps: keeps.flatMap(({ keep }) => (keep && etags.has(keep.file) ? [{ ...keep, etag: nowOf(keep.file) }] : [])),
    }
    const bytes = Buffer.from(JSON.stringify(document))
    const about = { title: encodeURIComponent(title.slice(0, 200).toWellFormed()), 'started-at': String(startedAtMs) }
    const manifest = { key: places.manifest(id), sizeBytes: bytes.length, sha256: sha256(bytes), headers: MANIFEST_HEADERS }
    if ((await bucket.put({ ...manifest, metadata: about, open: async () => bytes }, true, signal)) !== null) return
    // An answer that got lost, or somebody else: the release is the same, or it is refused.
    const other = await bucket.readText(places.manifest(id), signal)
    if (other !== null) requireSame(parseManifest(other, bucket.name), release)
  }

  /** Assets of the release before that pages may still ask for, under names that are free now. */
  function keptFrom(manifest: ManifestDocument | null, next: LocalRelease): KeptFile[] {
    if (manifest === null) return []
    const taken = new Set(next.files.map(({ file }) => file))
    const fresh = manifest.files.filter(({ file }) => isHashed(file)).map((file) => ({ ...file, sinceMs: nowMs() }))
    const older = manifest.keeps.filter(({ sinceMs }) => nowMs() - sinceMs < KEPT_MS)
    return [...fresh, ...older]
      .filter(({ file }) => !taken.has(file))
      .map(({ file, hash, sizeBytes, etag, sinceMs }) => ({ file, hash, sizeBytes, etag, sinceMs }))
  }
}

/** Rules as JSON has them. */
const plainRule = ({ query, conditions, ...rule }: RedirectRule): ManifestDocument['redirects'][number] => ({
  ...rule,
  ...(query ? { query: { ...query } } : {}),
  ...(conditions ? { conditions: [...conditions] } : {}),
})
const bare = (hash: string): string => hash.replace(/^sha256-/, '')
const isPage = (file: ReleaseFile | null): boolean => file !== null && file.type.startsWith('text/html')

/** It becomes a part of keys and of the edge's origin path. */
function requireName(id: string): void {
  if (/^[\w-][\w.-]{0,99}$/.test(id)) return
  throw new AppError('BAD_INPUT', `${id} cannot be the name of a release.`, {
    fix: 'Use letters, digits, hyphens and dots.',
    retryable: false,
  })
}

function requireSame(stored: ManifestDocument, release: LocalRelease): void {
  const hashes = new Map(stored.files.map(({ file, hash }) => [file, hash]))
  if (hashes.size === release.files.length && release.files.every(({ file, hash }) => hashes.get(file) === hash)) return
  throw new AppError('CONFLICT', `The bucket has another release that is called ${release.id}.`, {
    fix: 'Build again: every build gets a name of its own.',
    retryable: false,
  })
}

function notesOf(release: LocalRelease, htmlSeconds: number): string[] {
  const crowded = release.files.filter((file) => headersOf(file, htmlSeconds).tagsLeftOut > 0)
  const [first] = crowded
  if (!first) return []
  const others = crowded.length === 1 ? '' : ` and ${crowded.length - 1} more`
  return [
    `Not all tags of ${first.path}${others} fit into 50 tags and 2 KB of S3 metadata. A purge of a tag that was left out does not reach it.`,
  ]
}
