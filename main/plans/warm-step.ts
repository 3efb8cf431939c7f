import type { Plan } from '#shared/plans.ts'
import { coldPages } from './cold-pages.ts'
import type { End, RunSignals, RunWorld, Step } from './run-plan.ts'
import { PurgeCancelled } from './send.ts'
import { readTargets } from './targets.ts'
import { pagesText } from './wording.ts'

interface Cold {
  readonly pageId: number
  readonly path: string
}

/** Pages that went cold with a purge are visited too; of more than these the rest is left to visitors. */
const VISITED_AT_MOST = 100_000
const ONLY_HERE = 'Only the edge location that answers here was filled: visitors elsewhere fill their own.'

/**
 * ④ Pages that the edge does not hold are requested through it, those that most people open first. After a restart it goes
 * on with those that were not requested since it began.
 */
export async function warmStep(
  world: RunWorld,
  plan: Plan,
  change: Parameters<Step>[2],
  end: End,
  signals: RunSignals,
): Promise<Plan> {
  const startedAtMs = plan.warm.startedAtMs ?? world.clock()
  const since = { siteId: plan.siteId, planId: plan.id, purgedSinceMs: purgedSince(world, plan, startedAtMs), startedAtMs }
  const left = await notHeld(world, since)
  const begun = plan.warm.startedAtMs !== null
  const total = begun ? Math.max(plan.warm.total, left.length) : left.length
  const before = total - left.length
  change({
    warm: {
      state: 'running',
      startedAtMs,
      total,
      done: before,
      message: `Requesting ${pagesText(left.length)} through the edge.`,
    },
  })
  const signal = AbortSignal.any([signals.stopped, signals.cancelled])
  const ids = likelyFirst(left).map(({ pageId }) => pageId)
  if (ids.length > 0)
    await world.check(plan.siteId, ids, (done) => void change({ warm: { done: Math.min(total, before + done) } }), signal)
  if (signal.aborted) throw new PurgeCancelled()
  const { stored, vantage } = countStored(world, since)
  const result = `${plan.title} ${visitedSentence(Math.min(stored, total), total, vantage)}`
  return end('done', result, {
    title: result,
    warm: { state: 'done', done: total, stored: Math.min(stored, total), message: total === 0 ? '' : ONLY_HERE },
  })
}

/** What the visits brought, and where. */
export function visitedSentence(stored: number, total: number, vantage: string | null): string {
  if (total === 0) return 'No page had to be requested: the edge holds them all.'
  const here = vantage === null ? '' : ` at ${vantage}`
  const pages = total === 1 ? '1 visited page is' : `${total.toLocaleString('en-US')} visited pages are`
  return `${stored.toLocaleString('en-US')} of ${pages} stored${here} now.`
}

/** Visits are not known: pages near the top of a site are opened most. */
export function likelyFirst<P extends { readonly path: string }>(pages: readonly P[]): P[] {
  const depth = (path: string) => path.split('/').filter((part) => part !== '').length
  return pages
    .map((page) => ({ page, depth: depth(page.path) }))
    .sort((a, b) => a.depth - b.depth || a.page.path.length - b.page.path.length || (a.page.path < b.page.path ? -1 : 1))
    .map(({ page }) => page)
}

interface Since {
  readonly siteId: string
  readonly planId: string
  readonly purgedSinceMs: number
  readonly startedAtMs: number
}

function purgedSince(world: RunWorld, plan: Plan, startedAtMs: number): number {
  return Math.min(startedAtMs, ...world.queue.of(plan.id).map((purge) => purge.intentAtMs))
}

/** The plan's pages and those that went cold with its purge, without a copy now and not asked for since this step began. */
async function notHeld(world: RunWorld, since: Since): Promise<Cold[]> {
  const asked = world.db.raw
    .prepare<Since, number>(
      `SELECT id FROM pages WHERE site_id = @siteId
      AND (observed_at >= @startedAtMs OR failed_at >= @startedAtMs)`,
    )
    .pluck()
  const done = new Set(asked.all(since))
  const planned = world.store
    .pages(since.planId)
    .flatMap(({ decision, pageId }) =>
      pageId !== null && decision !== 'held-back' && decision !== 'refused' && !done.has(pageId) ? [pageId] : [],
    )
  const targets = await readTargets(world.db.query, world.classify, planned, world.clock())
  const cold = targets.filter(({ held, word }) => !held && word !== 'uncached')
  const others = coldPages(world.db.raw, { ...since, most: VISITED_AT_MOST }).filter(({ pageId }) => !done.has(pageId))
  const all = new Map([...cold, ...others].map(({ pageId, path }) => [pageId, { pageId, path }]))
  return [...all.values()]
}

function countStored({ db }: RunWorld, since: Since): { stored: number; vantage: string | null } {
  const row = db.raw
    .prepare<Since, { stored: number; vantage: string | null }>(
      `SELECT count(*) AS stored, max(vantage) AS vantage FROM pages
      WHERE site_id = @siteId AND observed_at >= @startedAtMs AND stored = 'stored' AND status < 400
      AND (purged_at >= @purgedSinceMs OR id IN (SELECT page_id FROM plan_pages WHERE plan_id = @planId))`,
    )
    .get(since)
  return row ?? { stored: 0, vantage: null }
}
