import type { ActivityFacts } from '#shared/activity.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Log } from '#main/platform/log.ts'
import type { Builder } from '#main/providers/builder.ts'
import { createBuildSettings, type Calendar } from './build-settings.ts'
import { createQueueStore } from './queue-store.ts'
import { createBuildQueue } from './queue.ts'
import type { QueueFeature } from './queue-handlers.ts'
import type { Builds } from './service.ts'
import { stuckAfterMs, usualOf } from './usual.ts'

/** What the builds to come need of the other features; the composition root supplies it. */
export interface QueueParts extends Calendar {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  readonly builds: Builds
  builderOf(siteId: string): Promise<Builder | null>
  paused?(siteId: string): boolean
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

/** The builds to come of every site: what waits, what begins by itself, and what is stuck. */
export function createQueueFeature(parts: QueueParts): QueueFeature {
  const { db, clock, builds, builderOf } = parts
  const store = createQueueStore(db)
  const settings = createBuildSettings(db, clock, parts)
  const changed = db.raw.prepare<[string], { pages: number }>(`SELECT COUNT(*) AS pages FROM pages WHERE site_id = ?
    AND renders_on_demand = 0 AND (origin_started_at IS NULL OR changed_since > origin_started_at) AND changed_since > COALESCE(
      (SELECT MAX(queued_at) FROM builds WHERE site_id = pages.site_id AND state NOT IN ('failed', 'cancelled', 'lost')), 0)`)
  const queue = createBuildQueue({
    ...parts,
    store,
    settings,
    stuckAfterMs: async (siteId) => stuckAfterMs(usualOf(await builds.list(siteId)).usualMs),
    changedPages: (siteId) => changed.get(siteId)?.pages ?? 0,
    trigger: async (siteId, title) => {
      const { build, ended } = await builds.trigger(siteId, title)
      ended.then(
        ({ state, release }) => {
          const result = state === 'failed' || state === 'cancelled' ? state : 'done'
          const text = `Build ${state}: ${title}${release ? `, release ${release.id}` : ''}`
          parts.note(siteId, 'Frostline', text, { kind: 'build', result, about: { kind: 'build', id: build.id } })
        },
        // One that is lost says so in the list of builds.
        () => {},
      )
      return build.id
    },
    adopt: builds.adopt,
    heldByService: (siteId) => builds.heldAt(siteId) !== null,
    note: (siteId, title, causes, buildId) =>
      parts.note(siteId, causes.map(({ source }) => source).join(', '), `Build started: ${title}`, {
        kind: 'build',
        result: 'begun',
        about: { kind: 'build', id: buildId },
      }),
  })
  return {
    db,
    clock,
    store,
    settings,
    queue,
    listBuilds: builds.list,
    costOf: async (siteId) => (await builderOf(siteId))?.cost ?? null,
  }
}
