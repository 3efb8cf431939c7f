import type { BuildCause } from '#shared/build-queue.ts'
import { AppError } from '#shared/errors.ts'
import type { Query } from '#main/platform/database.ts'
import type { RemoteBuild } from '#main/providers/builder.ts'
import { causesOf } from './store.ts'

/** A release that some build made, as the build service last told of it. */
export interface KnownRelease {
  readonly id: string
  readonly title: string
  readonly buildId: string
  readonly remote: RemoteBuild
  readonly manifestUrl: string
  /** Null when the service does not say where it lies. */
  readonly originPath: string | null
  readonly published: boolean
  readonly builtAtMs: number
  /** What it was built for. */
  readonly causes: readonly string[]
}

const SHOWN = 40

/** The releases of a site, the newest first. */
export async function knownReleases(db: Query, siteId: string): Promise<KnownRelease[]> {
  const rows = await db
    .selectFrom('builds')
    .leftJoin('build_causes', 'build_causes.build_id', 'builds.id')
    .select(['id', 'remote_json', 'causes_json'])
    .where('builds.site_id', '=', siteId)
    .where('state', '=', 'succeeded')
    .orderBy('queued_at', 'desc')
    .orderBy('id')
    .limit(SHOWN)
    .execute()
  const found = rows.flatMap((row) => {
    // We wrote both JSONs ourselves, the first from a parsed answer.
    const remote = JSON.parse(row.remote_json) as RemoteBuild
    const causes = row.causes_json === null ? [] : (JSON.parse(row.causes_json) as BuildCause[])
    const { release } = remote
    // Without its files nothing can be compared with it, and nothing be brought in.
    if (release === null || release.manifestUrl === null) return []
    return {
      id: release.id,
      title: remote.title,
      buildId: row.id,
      remote,
      manifestUrl: release.manifestUrl,
      originPath: release.originPath ?? null,
      published: release.published,
      causes: causesOf(remote, causes),
      builtAtMs: remote.endedAtMs ?? remote.startedAtMs ?? remote.queuedAtMs,
    }
  })
  // One that its build service and the place where it lies both tell of.
  const byId = new Map<string, KnownRelease>()
  for (const release of found) if ((byId.get(release.id)?.originPath ?? null) === null) byId.set(release.id, release)
  return [...byId.values()]
}

/** Throws `NOT_FOUND`. */
export function needRelease(releases: readonly KnownRelease[], releaseId: string): KnownRelease {
  const found = releases.find(({ id }) => id === releaseId)
  if (found) return found
  throw new AppError('NOT_FOUND', `The release ${releaseId} is not known here.`, {
    field: 'releaseId',
    fix: 'Load the list of deploys again.',
  })
}

/** Whether a release is older than another one of the list, which has the newest first. */
export function isOlder(releases: readonly KnownRelease[], release: KnownRelease, than: KnownRelease): boolean {
  return releases.indexOf(release) > releases.indexOf(than)
}

/**
 * The release that a site goes on with when nothing holds it: the newest one that was published, or that was built since
 * it has been pinned, since only the pin kept that one back.
 */
export function forwardRelease(releases: readonly KnownRelease[], pinnedSinceMs: number | null): KnownRelease | undefined {
  return releases.find(({ published, remote }) => published || (pinnedSinceMs !== null && remote.queuedAtMs > pinnedSinceMs))
}
