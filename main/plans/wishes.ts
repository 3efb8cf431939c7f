import { AppError } from '#shared/errors.ts'
import type { Plan } from '#shared/plans.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Log } from '#main/platform/log.ts'
import type { AutomationPort } from './lanes.ts'
import { MERGE_MS } from './lane.ts'
import type { Plans } from './service.ts'

/** What a source wants purged without a person. */
export interface Wish {
  /** Paths or addresses of the site. */
  readonly lines: readonly string[]
  /** The source, as people know it: "Sanity, when a menu is published". */
  readonly by: string
}

/**
 * Purges that nobody decided on. A wish is on disk when `add` returns. Those that come close together become one plan,
 * so that a burst of them is a few requests.
 */
export interface Wishes {
  add(siteId: string, wishes: readonly Wish[]): void
  /** Goes on with what waits after a restart. */
  resume(): void
}

export interface WishesWorld {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  readonly stopped: AbortSignal
  readonly automation: AutomationPort
  readonly plans: Pick<Plans, 'create' | 'start'>
}

/** Plans of a site by itself under way at a time; further wishes wait and become one plan together. */
const PLANS_AT_A_TIME = 2
const WISHES_IN_A_PLAN = 5_000
/** Sources that a plan names. */
const SOURCES_NAMED = 3

export function createWishes(world: WishesWorld): Wishes {
  const { raw } = world.db
  const insert = raw.prepare('INSERT INTO purge_wishes (site_id, at, by, lines) VALUES (?, ?, ?, ?)')
  const waiting = raw.prepare<[string, number], { id: number; by: string; lines: string }>(
    'SELECT id, by, lines FROM purge_wishes WHERE site_id = ? AND plan_id IS NULL ORDER BY id LIMIT ?',
  )
  const sites = raw.prepare<[], { site_id: string }>('SELECT DISTINCT site_id FROM purge_wishes WHERE plan_id IS NULL')
  const take = raw.prepare('UPDATE purge_wishes SET plan_id = ? WHERE site_id = ? AND plan_id IS NULL AND id <= ?')
  const underWay = raw.prepare<[string], { plans: number }>(`SELECT COUNT(*) AS plans FROM plans
    WHERE site_id = ? AND state IN ('building', 'purging', 'checking') AND json_extract(plan_json, '$.origin') = 'automatic'`)
  const notStarted = raw.prepare<[], { id: string; by: string }>(`SELECT id, json_extract(plan_json, '$.by') AS by FROM plans
    WHERE state = 'draft' AND id IN (SELECT plan_id FROM purge_wishes WHERE plan_id IS NOT NULL)`)
  const lookedAtMs = new Map<string, number>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  world.stopped.addEventListener('abort', () => timers.forEach((timer) => clearTimeout(timer)), { once: true })
  world.automation.onChange(() => lookAll())

  async function gather(siteId: string): Promise<void> {
    const some = waiting.all(siteId, WISHES_IN_A_PLAN)
    const last = some.at(-1)
    if (last === undefined || world.automation.paused()) return
    if ((underWay.get(siteId)?.plans ?? 0) >= PLANS_AT_A_TIME) return void lookedAtMs.set(siteId, performance.now())
    lookedAtMs.set(siteId, performance.now())
    const text = [...new Set(some.flatMap(({ lines }) => lines.split('\n')))].join('\n')
    const plan = await world.plans.create(siteId, { kind: 'paths', text }, sourcesOf(some), { origin: 'automatic' })
    if (world.stopped.aborted) return
    take.run(plan.id, siteId, last.id)
    await start(plan)
  }

  /** One that cannot start stays a draft, for a person to look at. */
  async function start({ id, by }: Pick<Plan, 'id' | 'by'>): Promise<void> {
    try {
      await world.plans.start(id, by)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      world.log.info({ plan: id, reason: error.message }, 'a plan did not start by itself')
    }
  }

  /** The first goes at once; those that follow wait for others. */
  function look(siteId: string): void {
    if (timers.has(siteId) || world.stopped.aborted) return
    const sinceMs = performance.now() - (lookedAtMs.get(siteId) ?? Number.NEGATIVE_INFINITY)
    const timer = setTimeout(
      () => {
        gather(siteId)
          .catch((error: unknown) => world.stopped.aborted || world.log.error({ err: error, siteId }, 'purges by themselves'))
          .finally(() => timers.delete(siteId))
          .then(() => waiting.get(siteId, 1) !== undefined && !world.automation.paused() && look(siteId))
          .catch(() => {})
      },
      Math.min(MERGE_MS, Math.max(0, MERGE_MS - sinceMs)),
    )
    timers.set(siteId, timer)
  }
  const lookAll = () => {
    for (const { site_id: siteId } of sites.all()) look(siteId)
  }

  return {
    add(siteId, wishes) {
      world.db.transact(() => {
        for (const { lines, by } of wishes) insert.run(siteId, world.clock(), by, lines.join('\n'))
      })
      look(siteId)
    },
    resume() {
      lookAll()
      const startAll = async () => {
        for (const plan of notStarted.all()) await start(plan)
      }
      startAll().catch((error: unknown) => world.stopped.aborted || world.log.error({ err: error }, 'purges by themselves'))
    },
  }
}

function sourcesOf(wishes: readonly Pick<Wish, 'by'>[]): string {
  const all = [...new Set(wishes.map(({ by }) => by))]
  const more = all.length - SOURCES_NAMED
  return all.slice(0, SOURCES_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
