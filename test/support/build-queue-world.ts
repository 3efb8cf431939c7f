import { createQueueFeature } from '#main/builds/queue-feature.ts'
import type { QueueFeature } from '#main/builds/queue-handlers.ts'
import { readQueue } from '#main/builds/queue-view.ts'
import { createBuilds } from '#main/builds/service.ts'
import { nextAfter, refuseSchedule } from '#main/inspection/check-settings.ts'
import { createChanges } from '#main/platform/changes.ts'
import { createHttp } from '#main/platform/http.ts'
import { silentLog } from '#main/platform/log.ts'
import type { Builder } from '#main/providers/builder.ts'
import { createHookBuilder } from '#main/providers/hook/hook.ts'
import { startFakeBuildService, type FakeBuildService } from '../main/providers/fake-build-service.ts'
import { SITE, storedSite, type StoredSite } from './stored-site.ts'

/** Builds are not followed by themselves: how they go on is the test's. */
const NEVER_MS = 2_000_000_000

export interface QueueWorld {
  readonly site: StoredSite
  readonly service: FakeBuildService
  /** The present one: a restart makes another. */
  readonly feature: QueueFeature
  nowMs: number
  /** Whether all automation is paused. */
  paused: boolean
  /** Comes between the queue and the build service; it counts from the next restart on. */
  through: (builder: Builder) => Builder
  /** As after the process was killed: nothing is kept but what is on disk. */
  restart(): void
  want(cause?: string, source?: string): { readonly begins: boolean }
  /** Lets time pass, then looks what is due. */
  after(seconds: number): Promise<void>
  look(): ReturnType<typeof readQueue>
  /** The titles that the service was triggered with. */
  titles(): string[]
  endAll(): void
  close(): Promise<void>
}

/** The queue of builds over a real database and a build service behind real HTTP; only the time is the test's. */
export async function startQueueWorld(): Promise<QueueWorld> {
  const http = createHttp()
  const site = await storedSite()
  const service = await startFakeBuildService()
  let stop = new AbortController()
  const open = (): QueueFeature => {
    const builder = createHookBuilder({ hookUrl: service.hookUrl, listUrl: service.listUrl, http })
    const parts = { db: site.db, clock: () => world.nowMs, changes: createChanges(), log: silentLog, stopped: stop.signal }
    const builderOf = async () => ({ ...world.through(builder), pollMs: NEVER_MS })
    const builds = createBuilds({ ...parts, builderOf, importRelease: async () => ({ pages: 0 }) })
    const calendar = { nextAfter, refuseSchedule }
    return createQueueFeature({ ...parts, ...calendar, builds, builderOf, paused: () => world.paused, note: () => {} })
  }
  let feature: QueueFeature
  const world: QueueWorld = {
    site,
    service,
    nowMs: Date.now(),
    paused: false,
    through: (builder) => builder,
    get feature() {
      return feature
    },
    restart() {
      stop.abort()
      stop = new AbortController()
      feature = open()
    },
    want: (cause = 'The menu was published', source = 'Sanity') => feature.queue.request(SITE, { source, cause }),
    async after(seconds) {
      world.nowMs += seconds * 1_000
      await feature.queue.look()
    },
    look: () => readQueue(feature, SITE),
    titles: () => service.triggers.map((body) => (JSON.parse(body) as { title: string }).title),
    endAll: () => void site.db.raw.prepare(`UPDATE builds SET state = 'succeeded', queued_at = 0`).run(),
    async close() {
      stop.abort()
      site.db.close()
      await service.stop()
      await http.close()
    },
  }
  feature = open()
  return world
}
