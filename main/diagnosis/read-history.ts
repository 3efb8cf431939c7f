import type { Raw } from '#main/platform/database.ts'
import type { RemoteBuild } from '#main/providers/builder.ts'
import type { History, KnownMark, KnownPage, PastLook } from './evidence.ts'
import { readPurges, type PurgeWorld } from './history-purges.ts'
import { readReleases } from './history-releases.ts'
import type { ReleaseWorld } from './release-lookup.ts'
import type { SubjectSite } from './subject.ts'

export type HistoryWorld = ReleaseWorld & PurgeWorld

/** A stretch of time: after `fromMs`, up to and with `toMs`. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

const DAY_MS = 86_400_000
const MARKS = 50
const LOOKS = 20
const NOTHING: History = { releases: [], marks: [], changesIn30Days: 0, purges: [], looks: [], switching: null, build: null }

/**
 * What is known from before about one path of a site. With `thenMs` as it stood at that instant: nothing that came later is
 * in it. Every query is bounded and goes by an index. For the work thread, since releases are unpacked.
 */
export function readHistory(
  world: HistoryWorld,
  site: SubjectSite | null,
  target: { readonly host: string; readonly path: string },
  page: KnownPage | null,
  thenMs: number | null,
  nowMs: number,
): History {
  if (site === null) return NOTHING
  const { db } = world
  const siteId = site.about.id
  const atMs = thenMs ?? nowMs
  const upTo = { fromMs: 0, toMs: atMs }
  return {
    releases: readReleases(world, siteId, target, upTo, thenMs),
    marks: readMarks(db, siteId, page, upTo),
    changesIn30Days: readMarks(db, siteId, page, { fromMs: atMs - 30 * DAY_MS, toMs: atMs }).length,
    purges: readPurges(world, site, target.path, page, upTo),
    looks: page === null ? [] : readLooks(db, page.id, atMs),
    switching: readSwitching(db, siteId, atMs),
    build: readBuild(db, siteId, atMs, site.about.typicalBuildMs, thenMs !== null),
  }
}

/** What came after an instant. */
export function readLater(
  world: HistoryWorld,
  site: SubjectSite,
  target: { readonly host: string; readonly path: string },
  page: KnownPage | null,
  after: Stretch,
): Pick<History, 'releases' | 'marks' | 'purges'> {
  return {
    releases: readReleases(world, site.about.id, target, after, null),
    marks: readMarks(world.db, site.about.id, page, after),
    purges: readPurges(world, site, target.path, page, after),
  }
}

/** Marks of the page itself, and those of its tags or their classes. One that was taken back by then is none. */
function readMarks(db: Raw, siteId: string, page: KnownPage | null, { fromMs, toMs }: Stretch): KnownMark[] {
  if (page === null) return []
  const tags = [...new Set(page.tags.flatMap(({ tag }) => [tag.toLowerCase(), tag.toLowerCase().split(':', 1)[0] ?? tag]))]
  return db
    .prepare<[Record<string, unknown>], { what: string; target: string; since: number; by: string }>(
      `SELECT what, target, since, by FROM marks WHERE id IN (
         SELECT mark_id FROM mark_pages WHERE page_id = @pageId
         UNION SELECT marks.id FROM json_each(@tags) CROSS JOIN marks
           ON marks.site_id = @siteId AND lower(marks.target) = json_each.value)
       AND created_at > @fromMs AND created_at <= @toMs AND (undone_at IS NULL OR undone_at > @toMs)
       ORDER BY since DESC, id DESC LIMIT ${MARKS}`,
    )
    .all({ siteId, pageId: page.id, tags: JSON.stringify(tags), fromMs, toMs })
    .map(({ since, ...mark }) => ({ ...mark, sinceMs: since }))
}

interface LookRow {
  at: number
  status: number | null
  stored: string | null
  age_class: string | null
  edge_hash: string | null
  vantage: string | null
  failure: string | null
}

function readLooks(db: Raw, pageId: number, atMs: number): PastLook[] {
  return db
    .prepare<[number, number], LookRow>(
      `SELECT at, status, stored, age_class, edge_hash, vantage, failure FROM page_history
       WHERE page_id = ? AND at <= ? ORDER BY id DESC LIMIT ${LOOKS}`,
    )
    .all(pageId, atMs)
    .map(({ at, age_class: ageClass, edge_hash: edgeHash, ...look }) => ({ ...look, atMs: at, ageClass, edgeHash }))
}

function readSwitching(db: Raw, siteId: string, atMs: number): History['switching'] {
  const row = db
    .prepare<[Record<string, unknown>], { to_release: string; from_release: string | null; started_at: number }>(
      `SELECT to_release, from_release, started_at FROM switches WHERE site_id = @siteId AND started_at <= @atMs
       AND (deployed_at IS NULL OR deployed_at > @atMs) AND (ended_at IS NULL OR ended_at > @atMs)
       ORDER BY started_at DESC LIMIT 1`,
    )
    .get({ siteId, atMs })
  return row ? { toRelease: row.to_release, fromRelease: row.from_release, startedAtMs: row.started_at } : null
}

/** The build that is, or was then, under way: the running one, else the next of the queue. */
function readBuild(db: Raw, siteId: string, atMs: number, usualMs: number | null, past: boolean): History['build'] {
  const rows = db
    .prepare<[string, number], { state: string; remote_json: string }>(
      'SELECT state, remote_json FROM builds WHERE site_id = ? AND queued_at <= ? ORDER BY queued_at DESC LIMIT 20',
    )
    .all(siteId, atMs)
  const open = rows.flatMap(({ state, remote_json: json }) => {
    // We wrote this JSON ourselves from a parsed answer.
    const remote = JSON.parse(json) as RemoteBuild
    const waits = remote.startedAtMs === null || remote.startedAtMs > atMs
    const isOpen = past ? remote.endedAtMs !== null && remote.endedAtMs > atMs : state === 'running' || state === 'queued'
    return isOpen ? [{ remote, state: past ? (waits ? 'queued' : 'running') : remote.state } as const] : []
  })
  const found = open.find(({ state }) => state === 'running') ?? open.at(-1)
  if (!found) return null
  const { title, startedAtMs, startsAtMs } = found.remote
  const beganMs = found.state === 'running' ? startedAtMs : null
  return {
    state: found.state,
    title,
    startedAtMs: beganMs,
    startsAtMs,
    expectedEndMs: usualMs === null || (beganMs ?? startsAtMs) === null ? null : (beganMs ?? startsAtMs ?? 0) + usualMs,
  }
}
