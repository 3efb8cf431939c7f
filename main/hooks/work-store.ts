import type { HookWork } from '#shared/hooks.ts'
import type { Raw } from '#main/platform/database.ts'
import type { WorkKind } from './effects.ts'

export interface StoredWork {
  readonly id: number
  readonly siteId: string
  readonly kind: WorkKind
  readonly changes: number
  readonly sources: readonly string[]
  readonly pageIds: readonly number[]
  readonly ref: string | null
  /** The plan builds first. */
  readonly rebuild: boolean
}

export interface WorkWish {
  readonly siteId: string
  readonly kind: WorkKind
  readonly changes: number
  readonly sources: Iterable<string>
  readonly pageIds: Iterable<number>
  readonly rebuild: boolean
}

/** Work that rules asked for, on disk in the same transaction as the deliveries that it is for. */
export interface WorkStore {
  /** Joins it to what waits already. Returns the id. To be called in a transaction. */
  ask(wish: WorkWish, nowMs: number): number
  /** The next of a site and kind, now running; what was running when the core stopped comes first. */
  take(siteId: string, kind: WorkKind): StoredWork | null
  /** Sites and kinds with something to do. */
  open(): { siteId: string; kind: WorkKind }[]
  /** Keeps what it became before that is started, so that a restart does not begin it twice. */
  refer(id: number, ref: string): void
  end(id: number, state: 'done' | 'failed', note: string, nowMs: number): void
  read(ids: readonly number[]): Map<number, Omit<HookWork, 'cost'>>
}

interface Row {
  id: number
  site_id: string
  kind: WorkKind
  state: HookWork['state']
  changes: number
  sources: string
  page_ids_json: string
  ref: string | null
  note: string
  rebuild: number
}

export function createWorkStore(raw: Raw): WorkStore {
  const waiting = raw.prepare<[string, string], Row>(
    `SELECT * FROM hook_work WHERE site_id = ? AND kind = ? AND state = 'waiting'`,
  )
  const next = raw.prepare<[string, string], Row>(
    `SELECT * FROM hook_work WHERE site_id = ? AND kind = ? AND state IN ('waiting', 'running') ORDER BY id LIMIT 1`,
  )
  const insert = raw.prepare(`INSERT INTO hook_work (site_id, kind, state, changes, sources, page_ids_json, created_at, rebuild)
    VALUES (?, ?, 'waiting', ?, ?, ?, ?, ?)`)
  const join = raw.prepare(
    'UPDATE hook_work SET changes = changes + ?, sources = ?, page_ids_json = ?, rebuild = max(rebuild, ?) WHERE id = ?',
  )
  const set = raw.prepare(`UPDATE hook_work SET state = ? WHERE id = ?`)
  const byId = raw.prepare<[number], Row>('SELECT * FROM hook_work WHERE id = ?')
  return {
    ask({ siteId, kind, changes, sources, pageIds, rebuild }, nowMs) {
      const builds = rebuild ? 1 : 0
      const known = waiting.get(siteId, kind)
      if (!known) {
        const added = insert.run(siteId, kind, changes, [...sources].join('\n'), JSON.stringify([...pageIds]), nowMs, builds)
        return Number(added.lastInsertRowid)
      }
      const before = toWork(known)
      const names = [...new Set([...before.sources, ...sources])].join('\n')
      join.run(changes, names, JSON.stringify([...new Set([...before.pageIds, ...pageIds])]), builds, known.id)
      return known.id
    },
    take(siteId, kind) {
      const row = next.get(siteId, kind)
      if (!row) return null
      set.run('running', row.id)
      return toWork(row)
    },
    open: () =>
      raw
        .prepare<[], { siteId: string; kind: WorkKind }>(
          `SELECT DISTINCT site_id AS siteId, kind FROM hook_work WHERE state IN ('waiting', 'running')`,
        )
        .all(),
    refer: (id, ref) => void raw.prepare('UPDATE hook_work SET ref = ? WHERE id = ?').run(ref, id),
    end: (id, state, note, nowMs) =>
      void raw
        .prepare(`UPDATE hook_work SET state = ?, note = ?, ended_at = ?, page_ids_json = '[]' WHERE id = ?`)
        .run(state, note, nowMs, id),
    read: (ids) =>
      new Map(
        ids.flatMap((id) => {
          const row = byId.get(id)
          return row ? [[id, { kind: row.kind, state: row.state, ref: row.ref, note: row.note }] as const] : []
        }),
      ),
  }
}

function toWork(row: Row): StoredWork {
  return {
    id: row.id,
    siteId: row.site_id,
    kind: row.kind,
    changes: row.changes,
    sources: row.sources.split('\n'),
    // We wrote this JSON ourselves.
    pageIds: JSON.parse(row.page_ids_json) as number[],
    ref: row.ref,
    rebuild: row.rebuild === 1,
  }
}
