import type { Database } from '#main/platform/database.ts'
import { coverageOf } from './coverage.ts'
import { createIntents, toPurge, type LedgerPort, type Purge, type PurgeRow } from './purge-rows.ts'

/** Items of a plan that go with a purge of another one. */
export interface Cover {
  readonly id: number
  readonly planId: string
  readonly items: readonly string[]
  /** The purge that they go with; `lost`: it was not sent after all. */
  readonly by: {
    readonly id: string
    readonly person: string
    readonly state: 'open' | 'completed' | 'lost'
    /** Nothing of it was sent, and it goes by itself: nobody knows when. */
    readonly waits: boolean
  }
}

/** Which items need no purge of their own. Only purges of which nothing has been sent take part. */
export interface PurgeCovers {
  /**
   * Takes items out of a purge that go with another one. Their reservation is given back; what is left becomes a purge
   * with a reference of its own, which is returned.
   */
  cover(purge: Purge, items: readonly string[], by: Purge): Purge | null
  of(planId: string): Cover[]
  /** The purge that they would have gone with was not sent: they get one of their own. */
  restore(cover: Cover): Purge
}

interface CoverRow {
  id: number
  plan_id: string
  items_json: string
  purge_id: string
  by: string | null
  state: string | null
  ended: number | null
  waits: number | null
}

export function createPurgeCovers(db: Database, ledger: LedgerPort, clock: () => number): PurgeCovers {
  const { raw } = db
  const intend = createIntents(db, ledger, clock)
  const insert = raw.prepare('INSERT INTO purge_covers (plan_id, purge_id, items_json) VALUES (?, ?, ?)')
  const remove = raw.prepare('DELETE FROM purge_covers WHERE id = ?')
  const drop = raw.prepare(`UPDATE purges SET state = 'covered', problem = ? WHERE id = ? AND state = 'intent'`)
  const select = `SELECT purge_covers.*, purges.by, purges.state, plans.state IN ('done', 'failed', 'cancelled') AS ended,
      purges.state = 'intent' AND purges.begun_at IS NULL AND json_extract(plans.plan_json, '$.origin') = 'automatic'
        AND json_extract(plans.plan_json, '$.queue.pushedBy') IS NULL AS waits
    FROM purge_covers LEFT JOIN purges ON purges.id = purge_covers.purge_id LEFT JOIN plans ON plans.id = purges.plan_id`
  const ofPlan = raw.prepare<[string], CoverRow>(`${select} WHERE purge_covers.plan_id = ? ORDER BY purge_covers.id`)
  const byPurge = raw.prepare<[string], CoverRow>(`${select} WHERE purge_covers.purge_id = ?`)
  const last = raw.prepare<[string], PurgeRow>('SELECT * FROM purges WHERE plan_id = ? ORDER BY rowid DESC LIMIT 1')

  /** What went with the purge goes with whatever its items go with now. */
  function passOn(purge: Purge, gone: (item: string) => boolean, by: Purge, next: Purge | null): void {
    for (const row of byPurge.all(purge.id)) {
      const items = JSON.parse(row.items_json) as string[]
      const moved = items.filter(gone)
      const kept = items.filter((item) => !gone(item))
      remove.run(row.id)
      if (moved.length > 0) insert.run(row.plan_id, by.id, JSON.stringify(moved))
      if (kept.length > 0) insert.run(row.plan_id, (next ?? by).id, JSON.stringify(kept))
    }
  }

  return {
    cover: (purge, items, by) =>
      db.transact(() => {
        const covered = new Set(items)
        const left = purge.items.filter((item) => !covered.has(item))
        const note = left.length === 0 ? `Went with a purge of ${by.by}.` : `Partly went with a purge of ${by.by}.`
        if (drop.run(note, purge.id).changes === 0) throw new Error('only a purge that waits can be covered')
        ledger.release(purge.account, purge.id, purge.items.length)
        const next = left.length === 0 ? null : intend(purge, left)
        insert.run(purge.planId, by.id, JSON.stringify(items))
        passOn(purge, coverageOf(items), by, next)
        return next
      }),
    of: (planId) =>
      ofPlan.all(planId).map((row) => ({
        id: row.id,
        planId: row.plan_id,
        items: JSON.parse(row.items_json) as string[],
        by: { id: row.purge_id, person: row.by ?? '', state: stateOf(row), waits: row.waits === 1 },
      })),
    restore: (cover) =>
      db.transact(() => {
        remove.run(cover.id)
        const earlier = last.get(cover.planId)
        if (!earlier) throw new Error('a plan whose items were covered has a purge')
        return intend(toPurge(earlier), cover.items)
      }),
  }
}

function stateOf({ state, ended }: CoverRow): Cover['by']['state'] {
  if (state === 'completed') return 'completed'
  if (state === 'sent') return 'open'
  return state === 'intent' && ended === 0 ? 'open' : 'lost'
}
