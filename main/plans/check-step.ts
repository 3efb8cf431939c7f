import { AppError } from '#shared/errors.ts'
import type { Plan } from '#shared/plans.ts'
import { coldPages } from './cold-pages.ts'
import { itemVerdicts } from './item-verdicts.ts'
import { reachedPages } from './reached-pages.ts'
import type { End, RunSignals, RunWorld, Step } from './run-plan.ts'
import { spreadSample } from './sample.ts'
import { PurgeCancelled } from './send.ts'
import { lookAgain } from './soft-purge.ts'
import { isRight, nothingToPurge, readVerdicts, resultSentence, type Verdict } from './verify.ts'
import { pagesText } from './wording.ts'

/** So many purged pages are all looked at; of more, a sample of this size. */
const CHECKED_AT_MOST = 200
/** Of the pages that went cold as well, so many are looked at: each may make the origin render. */
const COLD_CHECKED = 20
/** The sample is spread over the first so many of them. */
const COLD_READ = 5_000
/** A diagnosis makes up to two dozen requests, and pages that failed together mostly have one cause. */
const DIAGNOSED = 2

/** The edge was given the page as it was before, for as long as its refresh runs: no verdict yet. */
const WAITS_FOR_REFRESH = { result: null, resultReason: 'Refresh running; checked again when it ends.' } as const

interface Known {
  readonly pageId: number
  readonly path: string
}

/** ③ Purged pages are looked at again: all of them, or a sample of many. Nothing is purged a second time by itself. */
export async function checkStep(
  world: RunWorld,
  plan: Plan,
  change: Parameters<Step>[2],
  end: End,
  signals: RunSignals,
): Promise<Plan> {
  const pages = world.store.pages(plan.id)
  const purged = pages.flatMap(({ decision, pageId, path }) =>
    decision === 'purge' && pageId !== null ? [{ pageId, path }] : [],
  )
  const purges = world.queue.of(plan.id)
  if (purged.length === 0) {
    const result = purges.length === 0 ? nothingToPurge(plan) : resultSentence(plan, pages, null)
    return end('done', result, { check: { state: 'skipped', message: 'No known page to check.' } })
  }
  const items = purges.flatMap((purge) => purge.items)
  const reached = reachedPages(world.db.raw, plan.siteId, items, purged, world.checkItem)
  const sample = spreadSample(purged, CHECKED_AT_MOST, groupBy(reached))
  const sinceMs = world.clock()
  // Whatever was made at the origin since the intent is new: visitors may have come before our check.
  const madeSinceMs = Math.min(sinceMs, ...purges.map((purge) => purge.intentAtMs))
  const cold = plan.purge.alsoCold === 0 ? [] : coldSample(world, plan, madeSinceMs)
  const ids = sample.map(({ pageId }) => pageId)
  const coldIds = cold.map(({ pageId }) => pageId)
  change({ check: { state: 'running', total: ids.length, purged: purged.length, message: intro(ids, purged, coldIds) } })
  const signal = AbortSignal.any([signals.stopped, signals.cancelled])
  const tell = (done: number) => void change({ check: { done: Math.min(done, ids.length) } })
  await world.check(plan.siteId, [...ids, ...coldIds], tell, signal)
  await settle(world, plan, ids, change, signal)
  const verdicts = () => readVerdicts(world.db.query, [...ids, ...coldIds], sinceMs, madeSinceMs)
  if (await world.purgesSoftly(plan.siteId)) {
    const stillOld = async () => {
      const { results } = await verdicts()
      return ids.filter((pageId) => ['still-old', 'origin-old'].includes(results.get(pageId)?.result ?? ''))
    }
    await lookAgain(stillOld, (old) => world.check(plan.siteId, old, () => {}, signal), signal)
  }
  if (signal.aborted) throw new PurgeCancelled()
  const { results: all, vantage } = await verdicts()
  const results = new Map(ids.flatMap((pageId): [number, Verdict][] => of(pageId, all)))
  world.store.setResults(plan.id, results)
  const newVersion = [...results.values()].filter(isRight).length
  const says = await readItemVerdicts(world, plan.siteId, reached, results, signal)
  const checked = change({
    purge: {
      items: plan.purge.items.map((item) => ({ ...item, ...(says.has(item.item) ? { verdict: says.get(item.item) } : {}) })),
    },
    check: {
      done: ids.length,
      newVersion,
      vantage,
      cold: { checked: coldIds.length, right: coldIds.filter((id) => isRight(all.get(id) ?? { result: null })).length },
      message: newVersion < ids.length ? 'Asking why some pages do not show the new version.' : '',
    },
  })
  const reasons = await diagnosed(
    world,
    ids.filter((id) => !isRight(results.get(id) ?? { result: null })),
    signal,
  )
  const sentence = resultSentence(checked, world.store.pages(plan.id), vantage)
  const sampled = purged.length > ids.length ? 'A sample, spread over all items and folders.' : ''
  return end('done', sentence, {
    title: sentence,
    check: { state: newVersion === ids.length ? 'done' : 'failed', reasons, message: sampled },
  })
}

/** Pages of one item and one top folder are alike. */
function groupBy(reached: ReadonlyMap<string, readonly number[]>): (page: Known) => string {
  const itemOf = new Map<number, string>()
  for (const [item, pageIds] of reached) for (const pageId of pageIds) itemOf.set(pageId, item)
  return ({ pageId, path }) => {
    const item = itemOf.get(pageId) ?? ''
    return item === path ? 'paths' : `${item} ${path.split('/', 2).join('/')}`
  }
}

function coldSample(world: RunWorld, { id, siteId }: Plan, purgedSinceMs: number): Known[] {
  const cold = coldPages(world.db.raw, { siteId, planId: id, purgedSinceMs, most: COLD_READ })
  return spreadSample(cold, COLD_CHECKED, ({ path }) => path.split('/', 2).join('/'))
}

function intro(sample: readonly number[], purged: readonly Known[], cold: readonly number[]): string {
  const which =
    sample.length === purged.length
      ? pagesText(sample.length)
      : `${sample.length} of ${purged.length.toLocaleString('en-US')} purged pages, spread over all items and folders`
  return `Checking ${which}${cold.length === 0 ? '' : `, and ${cold.length} of those that went cold as well`}.`
}

const of = (pageId: number, all: ReadonlyMap<number, Verdict>): [number, Verdict][] => {
  const verdict = all.get(pageId)
  return verdict === undefined ? [] : [[pageId, verdict]]
}

/** A page that was given out old while its refresh ran is checked again by itself. */
async function settle(
  world: RunWorld,
  plan: Plan,
  ids: readonly number[],
  change: Parameters<Step>[2],
  signal: AbortSignal,
): Promise<void> {
  let said: readonly number[] = []
  const tellWaiting = (waiting: readonly number[]) => {
    world.store.setResults(plan.id, new Map(said.map((pageId) => [pageId, { result: null, resultReason: null }])))
    world.store.setResults(plan.id, new Map(waiting.map((pageId) => [pageId, WAITS_FOR_REFRESH])))
    said = waiting
    change({ check: { message: `${pagesText(waiting.length)} still refreshed at the renderer: checked again when that ends.` } })
  }
  if (!signal.aborted) await world.renderer.settled(ids, tellWaiting, signal)
}

/** The edge is read anew when a tag purged nothing: its configuration may have changed since the plan was made. */
async function readItemVerdicts(
  world: RunWorld,
  siteId: string,
  reached: ReadonlyMap<string, readonly number[]>,
  results: ReadonlyMap<number, Verdict>,
  signal: AbortSignal,
): Promise<ReturnType<typeof itemVerdicts>> {
  const first = itemVerdicts(reached, results, null)
  if (![...first].some(([item, { ok }]) => item.startsWith('#') && !ok)) return first
  try {
    const { capabilities } = await (await world.edgeOf(siteId)).describe(signal)
    if (capabilities.purgesTags) return first
    return itemVerdicts(reached, results, capabilities.noTagsBecause ?? 'it has no header to read them from')
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return first
  }
}

async function diagnosed(world: RunWorld, pageIds: readonly number[], signal: AbortSignal): Promise<Plan['check']['reasons']> {
  const reasons: Plan['check']['reasons'] = []
  const urlOf = world.db.raw
    .prepare<[number], string>(
      'SELECT zones.url || pages.path FROM pages JOIN zones ON zones.id = pages.zone_id WHERE pages.id = ?',
    )
    .pluck()
  for (const pageId of pageIds.slice(0, DIAGNOSED)) {
    const url = urlOf.get(pageId)
    const sentence = url === undefined ? null : await world.diagnose(url, signal)
    if (url !== undefined && sentence !== null) reasons.push({ pageId, url, sentence })
  }
  return reasons
}
