import type { Database, Query } from '#main/platform/database.ts'
import type { BuildList, Builder, Manifest, RemoteBuild } from '#main/providers/builder.ts'

export type ImportRelease = (siteId: string, manifest: Manifest, as: 'live' | 'staged') => Promise<{ pages: number }>

export async function liveReleaseId(db: Query, siteId: string): Promise<string | null> {
  const row = await db
    .selectFrom('releases')
    .select('release_id')
    .where('site_id', '=', siteId)
    .where('live', '=', 1)
    .executeTakeFirst()
  return row?.release_id ?? null
}

/**
 * Brings our knowledge of releases up to date: the live one, and the newest one that was built after it and waits to be
 * published. At a pinned site nothing waits: it is held back on purpose. Returns whether anything was new.
 */
export async function syncReleases(
  db: Database,
  importRelease: ImportRelease,
  builder: Builder,
  siteId: string,
  list: BuildList,
  live: RemoteBuild | undefined,
  pinned: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  let changed = false
  if (live?.release && (await liveReleaseId(db.query, siteId)) !== live.release.id) {
    const { manifestUrl } = live.release
    const manifest = manifestUrl === null ? noFiles(live, live.release.id) : await builder.manifest(manifestUrl, signal)
    if (manifestUrl !== null) await importRelease(siteId, manifest, 'live')
    saveRelease(db, siteId, live, manifest, true)
    changed = true
  }
  const staged = pinned ? undefined : newestStaged(list.builds, live)
  // Bringing in a live release forgets what was staged, so a known one is brought in again.
  if (
    staged?.release &&
    staged.release.manifestUrl !== null &&
    (changed || !(await isKnown(db.query, siteId, staged.release.id)))
  ) {
    const manifest = await builder.manifest(staged.release.manifestUrl, signal)
    await importRelease(siteId, manifest, 'staged')
    saveRelease(db, siteId, staged, manifest, false)
    changed = true
  }
  return changed
}

function newestStaged(builds: readonly RemoteBuild[], live: RemoteBuild | undefined): RemoteBuild | undefined {
  const newest = builds.find((build) => build.state === 'succeeded' && build.release !== null)
  if (!newest?.release || newest.release.published) return undefined
  return live === undefined || newest.queuedAtMs >= live.queuedAtMs ? newest : undefined
}

async function isKnown(db: Query, siteId: string, releaseId: string): Promise<boolean> {
  const row = await db
    .selectFrom('releases')
    .select('release_id')
    .where('site_id', '=', siteId)
    .where('release_id', '=', releaseId)
    .executeTakeFirst()
  return row !== undefined
}

/** Stored after its pages are brought up to date: after a crash in between the next look does it again. */
export function saveRelease(db: Database, siteId: string, build: RemoteBuild, manifest: Manifest, live: boolean): void {
  db.transact(() => {
    if (live) db.raw.prepare('UPDATE releases SET live = 0 WHERE site_id = ?').run(siteId)
    db.raw
      .prepare(`INSERT INTO releases (site_id, release_id, title, started_at, published, live, redirects_json)
      VALUES (@siteId, @id, @title, @startedAt, @published, @live, @redirects)
      ON CONFLICT (site_id, release_id) DO UPDATE SET published = @published, live = @live, redirects_json = @redirects`)
      .run({
        siteId,
        id: manifest.releaseId,
        title: build.title,
        startedAt: manifest.startedAtMs,
        published: live ? 1 : 0,
        live: live ? 1 : 0,
        redirects: JSON.stringify(manifest.redirects),
      })
  })
}

/** A release of which the service tells no files: that it is live is known, and nothing of its pages. */
function noFiles(build: RemoteBuild, releaseId: string): Manifest {
  return { releaseId, startedAtMs: build.startedAtMs ?? build.queuedAtMs, files: [], redirects: [] }
}
