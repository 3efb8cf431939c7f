import type { BuildCause } from '#shared/build-queue.ts'
import type { Build } from '#shared/builds.ts'
import type { Database, Query } from '#main/platform/database.ts'
import type { RemoteBuild } from '#main/providers/builder.ts'
import { causesInWords } from './coalesce.ts'

export interface StoredBuild {
  readonly id: string
  readonly siteId: string
  readonly remote: RemoteBuild
  readonly lost: boolean
  /** Why it was made, when it was wanted from here; empty when others made it. */
  readonly causes: readonly BuildCause[]
}

/** Stores what the build service last said; one row a remote build. Returns our id of it. */
export function saveBuild(db: Database, siteId: string, remote: RemoteBuild): string {
  const row = {
    id: crypto.randomUUID(),
    siteId,
    remoteId: remote.remoteId,
    state: remote.state,
    queuedAt: remote.queuedAtMs,
    json: JSON.stringify({ ...remote, endedAtMs: firstEnd(db, siteId, remote) }),
  }
  const saved = db.raw
    .prepare<[typeof row], { id: string }>(`
    INSERT INTO builds (id, site_id, remote_id, state, queued_at, remote_json)
    VALUES (@id, @siteId, @remoteId, @state, @queuedAt, @json)
    ON CONFLICT (site_id, remote_id) DO UPDATE SET state = @state, queued_at = @queuedAt, remote_json = @json
    RETURNING id`)
    .get(row)
  return saved?.id ?? row.id
}

/** A build ends once: services that touch it again when it is published again tell a later time then. */
function firstEnd({ raw }: Database, siteId: string, { remoteId, state, endedAtMs }: RemoteBuild): number | null {
  const known = raw
    .prepare<[string, string, string], { endedAtMs: number | null }>(
      `SELECT remote_json ->> '$.endedAtMs' AS endedAtMs FROM builds WHERE site_id = ? AND remote_id = ? AND state = ?`,
    )
    .get(siteId, remoteId, state)
  return endedAtMs === null ? null : Math.min(endedAtMs, known?.endedAtMs ?? endedAtMs)
}

export function markLost(db: Database, buildId: string): void {
  db.raw.prepare(`UPDATE builds SET state = 'lost' WHERE id = ?`).run(buildId)
}

export async function readBuild(db: Query, buildId: string): Promise<StoredBuild | null> {
  const row = await withCauses(db).where('id', '=', buildId).executeTakeFirst()
  return row ? toStored(row) : null
}

export async function readBuilds(db: Query, siteId: string, limit: number): Promise<StoredBuild[]> {
  const rows = await withCauses(db)
    .where('site_id', '=', siteId)
    .orderBy('queued_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  const builds = rows.map(toStored)
  const followed = new Set(builds.flatMap(({ remote }) => (remote.statusUrl === null ? [] : (remote.release?.id ?? []))))
  // A release that was found where it lies is the one that a build here has made.
  return builds.filter(({ remote }) => remote.statusUrl !== null || remote.release === null || !followed.has(remote.release.id))
}

const withCauses = (db: Query) =>
  db.selectFrom('builds').leftJoin('build_causes', 'build_causes.build_id', 'builds.id').selectAll('builds').select('causes_json')

interface Row {
  readonly id: string
  readonly site_id: string
  readonly state: string
  readonly remote_json: string
  readonly causes_json: string | null
}

function toStored(row: Row): StoredBuild {
  // We wrote both JSONs ourselves, the first from a parsed answer.
  const remote = JSON.parse(row.remote_json) as RemoteBuild
  const causes = row.causes_json === null ? [] : (JSON.parse(row.causes_json) as BuildCause[])
  return { id: row.id, siteId: row.site_id, remote, causes, lost: row.state === 'lost' }
}

/** What a build was wanted for here, or what its service says of that. */
export function causesOf(remote: RemoteBuild, causes: readonly BuildCause[]): string[] {
  return causes.length > 0 ? causesInWords(causes) : [...remote.causes]
}

/** A build as a panel sees it: without the service's addresses. */
export function toBuild(stored: StoredBuild, liveReleaseId: string | null): Build {
  const { remote, lost, causes } = stored
  const ended = remote.state !== 'queued' && remote.state !== 'running'
  return {
    id: stored.id,
    state: lost ? 'lost' : remote.state,
    title: remote.title,
    causes: causesOf(remote, causes),
    queuedAtMs: remote.queuedAtMs,
    startsAtMs: remote.startsAtMs,
    startedAtMs: remote.startedAtMs,
    endedAtMs: remote.endedAtMs,
    progress: remote.progress,
    error: lost ? 'The build service does not answer for this build any more.' : remote.error,
    release: remote.release
      ? { id: remote.release.id, published: remote.release.published, live: remote.release.id === liveReleaseId }
      : null,
    hasLog: remote.logUrl !== null && !lost,
    logLink: remote.logLink ?? null,
    canCancel: remote.cancelUrl !== null && !ended && !lost,
  }
}
