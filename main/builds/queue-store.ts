import type { BuildCause } from '#shared/build-queue.ts'
import type { Database } from '#main/platform/database.ts'

/** The build of a site that waits. */
export interface Waiting {
  readonly siteId: string
  readonly causes: readonly BuildCause[]
  readonly firstAtMs: number
  readonly lastAtMs: number
  /** Null: not by itself. */
  readonly startsAtMs: number | null
  /** A person wants it: it is not held back for a pin. */
  readonly urgent: boolean
  /** A person wants it now, whatever runs. */
  readonly forced: boolean
  readonly problem: string | null
  readonly fix: string | null
}

/** A build that the service was, or is about to be, asked for. */
export interface Begun {
  readonly siteId: string
  readonly title: string
  readonly causes: readonly BuildCause[]
  readonly begunAtMs: number
  readonly afterRow: number
  readonly attempts: number
  readonly retryAtMs: number
  readonly problem: string | null
}

/** What waits and what was begun, on disk. Everything is synchronous, so that callers may put it into their transaction. */
export interface QueueStore {
  waiting(siteId: string): Waiting | null
  begun(siteId: string): Begun | null
  saveWaiting(waiting: Waiting): void
  dropWaiting(siteId: string): boolean
  saveBegun(begun: Begun): void
  dropBegun(siteId: string): boolean
  /** Waiting builds whose time has come, however they are held. */
  due(nowMs: number): Waiting[]
  begunDue(nowMs: number): Begun[]
  lastRow(): number
  /** The remote ids of a site's builds that were stored up to a row. */
  isOlder(siteId: string, remoteId: string, afterRow: number): boolean
  saveCauses(buildId: string, causes: readonly BuildCause[]): void
  /** Whether a build of the site is queued or runs, as far as is known, and began after an instant. */
  underWay(siteId: string, sinceMs: number): boolean
  lastBuildAtMs(siteId: string): number
}

type WaitingRow = Omit<Waiting, 'causes' | 'urgent' | 'forced'> & { causesJson: string; urgent: number; forced: number }
type BegunRow = Omit<Begun, 'causes'> & { causesJson: string }

const WAITING = `SELECT site_id AS siteId, causes_json AS causesJson, first_at AS firstAtMs, last_at AS lastAtMs,
  starts_at AS startsAtMs, urgent, forced, problem, fix FROM waiting_builds`
const BEGUN = `SELECT site_id AS siteId, title, causes_json AS causesJson, begun_at AS begunAtMs, after_row AS afterRow,
  attempts, retry_at AS retryAtMs, problem FROM begun_builds`

export function createQueueStore({ raw }: Pick<Database, 'raw'>): QueueStore {
  const waitingOf = raw.prepare<[string], WaitingRow>(`${WAITING} WHERE site_id = ?`)
  const waitingDue = raw.prepare<[number], WaitingRow>(`${WAITING} WHERE starts_at <= ? ORDER BY starts_at`)
  const begunOf = raw.prepare<[string], BegunRow>(`${BEGUN} WHERE site_id = ?`)
  const begunDue = raw.prepare<[number], BegunRow>(`${BEGUN} WHERE retry_at <= ?`)
  const saveWaiting = raw.prepare(`INSERT OR REPLACE INTO waiting_builds
    (site_id, causes_json, first_at, last_at, starts_at, urgent, forced, problem, fix)
    VALUES (@siteId, @causesJson, @firstAtMs, @lastAtMs, @startsAtMs, @urgent, @forced, @problem, @fix)`)
  const saveBegun = raw.prepare(`INSERT OR REPLACE INTO begun_builds
    (site_id, title, causes_json, begun_at, after_row, attempts, retry_at, problem)
    VALUES (@siteId, @title, @causesJson, @begunAtMs, @afterRow, @attempts, @retryAtMs, @problem)`)
  const dropWaiting = raw.prepare('DELETE FROM waiting_builds WHERE site_id = ?')
  const dropBegun = raw.prepare('DELETE FROM begun_builds WHERE site_id = ?')
  const lastRow = raw.prepare<[], { row: number | null }>('SELECT MAX(rowid) AS row FROM builds')
  const older = raw.prepare('SELECT 1 FROM builds WHERE site_id = ? AND remote_id = ? AND rowid <= ?')
  const saveCauses = raw.prepare('INSERT OR REPLACE INTO build_causes (build_id, causes_json) VALUES (?, ?)')
  const running = raw.prepare(`SELECT 1 FROM builds WHERE site_id = ? AND state IN ('queued', 'running') AND queued_at > ?`)
  const newest = raw.prepare<[string], { at: number | null }>('SELECT MAX(queued_at) AS at FROM builds WHERE site_id = ?')
  return {
    waiting: (siteId) => toWaiting(waitingOf.get(siteId)),
    begun: (siteId) => toBegun(begunOf.get(siteId)),
    saveWaiting({ causes, urgent, forced, ...row }) {
      saveWaiting.run({ ...row, causesJson: JSON.stringify(causes), urgent: urgent ? 1 : 0, forced: forced ? 1 : 0 })
    },
    dropWaiting: (siteId) => dropWaiting.run(siteId).changes > 0,
    saveBegun({ causes, ...row }) {
      saveBegun.run({ ...row, causesJson: JSON.stringify(causes) })
    },
    dropBegun: (siteId) => dropBegun.run(siteId).changes > 0,
    due: (nowMs) => waitingDue.all(nowMs).flatMap((row) => toWaiting(row) ?? []),
    begunDue: (nowMs) => begunDue.all(nowMs).flatMap((row) => toBegun(row) ?? []),
    lastRow: () => lastRow.get()?.row ?? 0,
    isOlder: (siteId, remoteId, afterRow) => older.get(siteId, remoteId, afterRow) !== undefined,
    saveCauses: (buildId, causes) => void saveCauses.run(buildId, JSON.stringify(causes)),
    underWay: (siteId, sinceMs) => running.get(siteId, sinceMs) !== undefined,
    lastBuildAtMs: (siteId) => newest.get(siteId)?.at ?? 0,
  }
}

// We wrote the JSON of both ourselves.
function toWaiting(row: WaitingRow | undefined): Waiting | null {
  if (!row) return null
  const { causesJson, urgent, forced, ...rest } = row
  return { ...rest, causes: JSON.parse(causesJson) as BuildCause[], urgent: urgent === 1, forced: forced === 1 }
}

function toBegun(row: BegunRow | undefined): Begun | null {
  if (!row) return null
  const { causesJson, ...rest } = row
  return { ...rest, causes: JSON.parse(causesJson) as BuildCause[] }
}
