import type { Build } from '#shared/builds.ts'
import type { Database, Query } from '#main/platform/database.ts'
import type { RemoteBuild } from '#main/providers/builder.ts'

export interface StoredBuild {
  readonly id: string
  readonly siteId: string
  readonly remote: RemoteBuild
  readonly lost: boolean
}

/** Stores what the build service last said; one row a remote build. Returns our id of it. */
export function saveBuild(db: Database, siteId: string, remote: RemoteBuild): string {
  const row = {
    id: crypto.randomUUID(),
    siteId,
    remoteId: remote.remoteId,
    state: remote.state,
    queuedAt: remote.queuedAtMs,
    json: JSON.stringify(remote),
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

export function markLost(db: Database, buildId: string): void {
  db.raw.prepare(`UPDATE builds SET state = 'lost' WHERE id = ?`).run(buildId)
}

export async function readBuild(db: Query, buildId: string): Promise<StoredBuild | null> {
  const row = await db.selectFrom('builds').selectAll().where('id', '=', buildId).executeTakeFirst()
  return row ? toStored(row) : null
}

export async function readBuilds(db: Query, siteId: string, limit: number): Promise<StoredBuild[]> {
  const rows = await db
    .selectFrom('builds')
    .selectAll()
    .where('site_id', '=', siteId)
    .orderBy('queued_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(toStored)
}

function toStored(row: { id: string; site_id: string; state: string; remote_json: string }): StoredBuild {
  // We wrote this JSON ourselves from a parsed answer.
  return { id: row.id, siteId: row.site_id, remote: JSON.parse(row.remote_json) as RemoteBuild, lost: row.state === 'lost' }
}

/** A build as a panel sees it: without the service's addresses. */
export function toBuild(stored: StoredBuild, liveReleaseId: string | null): Build {
  const { remote, lost } = stored
  const ended = remote.state !== 'queued' && remote.state !== 'running'
  return {
    id: stored.id,
    state: lost ? 'lost' : remote.state,
    title: remote.title,
    causes: [...remote.causes],
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
    canCancel: remote.cancelUrl !== null && !ended && !lost,
  }
}
