import type { Raw } from '#main/platform/database.ts'
import type { RemoteBuild } from '#main/providers/builder.ts'
import type { KnownRelease } from './evidence.ts'
import { lookInto, type ReleaseWorld } from './release-lookup.ts'

const RELEASES = 20
/** Of so many releases the files are looked into: unpacking a large one takes a while. */
const LOOKED_INTO = 5

interface Row {
  release_id: string
  title: string | null
  started_at: number
  published: number
  live: number
}

/** Releases whose build began within a stretch of time, the newest first. @param thenMs which one was live is told for it. */
export function readReleases(
  world: ReleaseWorld,
  siteId: string,
  target: { readonly host: string; readonly path: string },
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  thenMs: number | null,
): KnownRelease[] {
  const { db } = world
  const rows = db
    .prepare<[Record<string, unknown>], Row>(
      `SELECT release_id, title, started_at, published, live FROM releases
       WHERE site_id = @siteId AND started_at > @fromMs AND started_at <= @toMs
       UNION ALL SELECT release_id, NULL, started_at, 0, 0 FROM release_files
       WHERE site_id = @siteId AND started_at > @fromMs AND started_at <= @toMs
       AND release_id NOT IN (SELECT release_id FROM releases WHERE site_id = @siteId)
       ORDER BY started_at DESC LIMIT ${RELEASES}`,
    )
    .all({ siteId, fromMs, toMs })
  const built = readBuilt(db, siteId)
  const live = thenMs === null ? null : liveAt(db, siteId, built, thenMs)
  return rows.map((row, index): KnownRelease => {
    const build = built.get(row.release_id)
    const isLive = live === null ? row.live === 1 : row.release_id === live
    const files = index < LOOKED_INTO || isLive ? lookInto(world, siteId, row.release_id) : null
    const publishedAtMs = build?.publishedAtMs ?? null
    return {
      id: row.release_id,
      title: row.title ?? build?.title ?? null,
      startedAtMs: row.started_at,
      published:
        thenMs !== null && publishedAtMs !== null
          ? publishedAtMs <= thenMs
          : row.published === 1 || isLive || publishedAtMs !== null,
      live: isLive,
      hash: files === null ? undefined : files.hashOf(target.host, target.path),
    }
  })
}

interface Built {
  readonly title: string
  readonly publishedAtMs: number | null
}

/** What the builds tell of their releases. */
function readBuilt(db: Raw, siteId: string): Map<string, Built> {
  const rows = db
    .prepare<[string], { remote_json: string }>(
      `SELECT remote_json FROM builds WHERE site_id = ? AND state = 'succeeded' ORDER BY queued_at DESC LIMIT 100`,
    )
    .all(siteId)
  return new Map(
    rows.flatMap(({ remote_json: json }): [string, Built][] => {
      // We wrote this JSON ourselves from a parsed answer.
      const { title, release, endedAtMs } = JSON.parse(json) as RemoteBuild
      if (release === null) return []
      return [[release.id, { title, publishedAtMs: release.publishedAtMs ?? (release.published ? endedAtMs : null) }]]
    }),
  )
}

/** The release that visitors got at an instant: the one published or switched to last. Empty when that is not known. */
function liveAt(db: Raw, siteId: string, built: ReadonlyMap<string, Built>, thenMs: number): string {
  const switched = db
    .prepare<[string, number], { release: string; at: number }>(
      `SELECT to_release AS release, COALESCE(deployed_at, switched_at) AS at FROM switches
       WHERE site_id = ? AND COALESCE(deployed_at, switched_at) <= ? ORDER BY at DESC LIMIT 1`,
    )
    .get(siteId, thenMs)
  const published = [...built].flatMap(([release, { publishedAtMs }]) =>
    publishedAtMs !== null && publishedAtMs <= thenMs ? [{ release, at: publishedAtMs }] : [],
  )
  return [...published, ...(switched ? [switched] : [])].sort((a, b) => b.at - a.at)[0]?.release ?? ''
}
