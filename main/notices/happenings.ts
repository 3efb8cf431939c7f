import * as z from 'zod'
import { Plan } from '#shared/plans.ts'
import type { Raw } from '#main/platform/database.ts'
import type { CoreEvent, NamedSite } from './notice-of.ts'

/** Reads what has happened since it was asked last. The first answer of each is what stood so already, and is dropped. */
export interface Happenings {
  builds(): CoreEvent[]
  plans(): CoreEvent[]
  sources(): CoreEvent[]
}

/** Builds that were wanted longer ago are over, or stuck and told of by the panel. */
const BUILDS_SINCE_MS = 2 * 24 * 3_600_000
const BUILD_ENDS: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled', 'lost', 'accepted'])
const Ended = z.object({ endedAtMs: z.number().nullable() })

interface SiteColumns {
  site_id: string
  site_name: string
}
const named = ({ site_id, site_name }: SiteColumns): NamedSite => ({ id: site_id, name: site_name })

export function createHappenings(db: Raw, clock: () => number): Happenings {
  const beganAtMs = clock()
  const builds = db.prepare<[number], SiteColumns & { id: string; state: string; remote_json: string }>(`
    SELECT builds.id, builds.state, remote_json, site_id, sites.name AS site_name FROM builds JOIN sites ON sites.id = site_id
    WHERE queued_at >= ?`)
  const running = db.prepare<[], { id: string }>(
    `SELECT id FROM plans WHERE state IN ('building', 'purging', 'checking', 'warming')`,
  )
  const plan = db.prepare<[string], SiteColumns & { plan_json: string }>(`
    SELECT plan_json, site_id, sites.name AS site_name FROM plans JOIN sites ON sites.id = site_id WHERE plans.id = ?`)
  const sources = db.prepare<[], SiteColumns & { id: string; name: string; state: string | null }>(`
    SELECT hook_sources.id, hook_sources.name, site_id, sites.name AS site_name, (SELECT state FROM hook_events
      WHERE source_id = hook_sources.id AND state <> 'waiting' ORDER BY id DESC LIMIT 1) AS state
    FROM hook_sources JOIN sites ON sites.id = site_id`)
  let buildStates: ReadonlyMap<string, string> | null = null
  let runningPlans: ReadonlySet<string> = new Set()
  let sourceStates: ReadonlyMap<string, string | null> | null = null

  return {
    builds() {
      const rows = builds.all(clock() - BUILDS_SINCE_MS)
      const before = buildStates
      buildStates = new Map(rows.map(({ id, state }) => [id, state]))
      if (!before) return []
      const ended = rows.filter(({ id, state, remote_json }) => {
        if (!BUILD_ENDS.has(state)) return false
        const was = before.get(id)
        // A list that is read for the first time brings builds that ended before anybody looked.
        return was === undefined ? endedAtMs(remote_json) >= beganAtMs : !BUILD_ENDS.has(was)
      })
      return ended.map((row) => ({ kind: 'build', site: named(row), buildId: row.id, state: row.state }))
    },
    plans() {
      const before = runningPlans
      runningPlans = new Set(running.all().map(({ id }) => id))
      const ended = [...before].filter((id) => !runningPlans.has(id)).flatMap((id) => plan.get(id) ?? [])
      return ended.map((row) => ({ kind: 'plan', site: named(row), plan: Plan.parse(JSON.parse(row.plan_json)) }))
    },
    sources() {
      const rows = sources.all()
      const before = sourceStates
      sourceStates = new Map(rows.map(({ id, state }) => [id, state]))
      if (!before) return []
      return rows.flatMap((row): CoreEvent[] => {
        const { state } = row
        const was = before.get(row.id) ?? null
        if ((state !== 'failed' && state !== 'refused') || was === 'failed' || was === 'refused') return []
        return [{ kind: 'source', site: named(row), sourceName: row.name, state }]
      })
    },
  }
}

function endedAtMs(remoteJson: string): number {
  return Ended.safeParse(JSON.parse(remoteJson)).data?.endedAtMs ?? 0
}
