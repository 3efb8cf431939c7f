import { AppError } from '#shared/errors.ts'
import type { Plan } from '#shared/plans.ts'
import { coverageOf } from './coverage.ts'
import { sharingSites } from './cover/sharing-sites.ts'
import { isAutomatic } from './purge-step.ts'
import type { RunWorld } from './run-plan.ts'

/** Pages and prices are another matter by then. */
const UNDO_MS = 600_000

/**
 * Puts a plan back that was cancelled before anything of it was sent: a draft, or one that waits, with its items, its owner
 * and its choices. What it had reserved is reserved again, in the transaction that has it wait.
 *
 * @throws AppError `CONFLICT` when something of it was sent, when another plan covers the same meanwhile, or when the budget
 *   does not allow it any more.
 */
export async function restoreCancelled(world: RunWorld, planId: string): Promise<Plan> {
  const { cancelledFrom: before, ...plan } = world.store.read(planId)
  if (plan.state !== 'cancelled') throw refusal('This plan is not cancelled any more.', 'Look at it again.')
  if (before === undefined || world.queue.wasSent(planId) || world.covers.of(planId).length > 0)
    throw refusal('Something of this plan was under way when it was cancelled, so it cannot be put back.', NEW_PLAN)
  const sinceMs = plan.endedAtMs ?? 0
  if (world.clock() - sinceMs > UNDO_MS)
    throw refusal('This plan was cancelled too long ago: its pages and prices are out of date.', NEW_PLAN)
  const other = coveredSince(world, plan, sinceMs)
  if (other !== null) throw refusal(other, 'Nothing was changed. Make a new plan for what is left.')
  const back: Plan = { ...plan, title: before.title, state: before.state, endedAtMs: null, result: null }
  if (back.state !== 'purging') {
    world.store.save({ ...back, build: { ...back.build, state: before.build } })
    return world.store.read(planId)
  }
  const waits: Plan = {
    ...back,
    queue: { ...back.queue, stage: 'waiting' },
    purge: { ...back.purge, state: 'running', message: 'Waits again.', waitsUntilMs: null },
  }
  const [account, limits] = [await world.accountOf(plan.siteId), await world.requestLimits(plan.siteId, isAutomatic(plan))]
  world.queue.intend(waits, world.store.pages(planId), account, limits)
  return waits
}

const NEW_PLAN = 'Make a new plan.'
const refusal = (message: string, fix: string) => new AppError('CONFLICT', message, { field: 'planId', fix })

const REACHED = `('purge', 'after-build', 'after-refresh', 'when-visited')`

/** Which plan that was started since reaches the same, as a sentence; null when none does. */
function coveredSince({ db, store }: RunWorld, plan: Plan, sinceMs: number): string | null {
  const siteIds = JSON.stringify(sharingSites(db.raw, plan.siteId).map(({ id }) => id))
  const started = db.raw
    .prepare<[string, string, number], string>(
      `SELECT id FROM plans WHERE site_id IN (SELECT value FROM json_each(?)) AND id <> ?
         AND state NOT IN ('draft', 'cancelled', 'failed') AND plan_json ->> '$.startedAtMs' >= ? ORDER BY created_at`,
    )
    .pluck()
    .all(siteIds, plan.id, sinceMs)
  const pagesOf = db.raw
    .prepare<[string, string], number>(
      `SELECT count(DISTINCT mine.page_id) FROM plan_pages AS mine JOIN plan_pages AS other ON other.page_id = mine.page_id
       WHERE mine.plan_id = ? AND other.plan_id = ? AND mine.decision IN ${REACHED} AND other.decision IN ${REACHED}`,
    )
    .pluck()
  for (const other of started.map((id) => store.read(id))) {
    const pages = pagesOf.get(plan.id, other.id) ?? 0
    const covers = coverageOf(other.purge.items.map(({ item }) => item))
    if (pages === 0 && !plan.purge.items.some(({ item }) => covers(item))) continue
    const what = pages === 0 ? 'the same' : `${pages} of its pages`
    return `A plan that ${other.startedBy ?? other.by} has started meanwhile covers ${what}: ${other.title}`
  }
  return null
}
