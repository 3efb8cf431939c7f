import type { RunSelection } from '#shared/inspection-runs.ts'
import { checkAll, type CheckProgress } from './check-all.ts'
import type { PageToCheck } from './inspect-page.ts'
import { createPageReader } from './pages-to-check.ts'
import { createInspector, type CheckContext } from './site-inspector.ts'
import type { CheckResult } from './store-observations.ts'

export interface RunInput {
  readonly runId: number
}

/** A batch is on disk, with what it added; or the site has asked for a pause. */
export interface RunReport {
  readonly pageIds: readonly number[]
  readonly waitsUntilMs: number | null
}

export interface StoreInput {
  readonly siteId: string
  readonly runId: number
  readonly results: readonly CheckResult[]
  readonly adds: CheckProgress
}

/** Where an order of pages stands: after this instant of the last check (null: among those never checked) and this id. */
export interface Place {
  readonly observedAtMs: number | null
  readonly id: number
}

/** What the composition root hands to runs, beside what checks take. */
export interface RunContext extends CheckContext {
  /**
   * The next pages of a selection after a place: those never checked first, then the longest not checked. Leaves out pages
   * checked since `beforeMs`, which is also the instant at which the filter is read.
   */
  nextPages(siteId: string, selection: RunSelection, beforeMs: number, after: Place, limit: number): Promise<readonly Place[]>
  /** Stores results and the run's progress in one transaction. */
  store(input: StoreInput): Promise<unknown>
  readonly shown: ShownPages
}

/** Ids that are read at a time: all of a site's are never in memory. */
const READ_AHEAD = 500

/** Pages that somebody looks at now, by site. */
export interface ShownPages {
  set(siteId: string, pageIds: readonly number[]): void
  take(siteId: string): number | undefined
}

export function createShownPages(): ShownPages {
  const bySite = new Map<string, number[]>()
  return {
    set: (siteId, pageIds) => void bySite.set(siteId, [...pageIds].reverse()),
    take: (siteId) => bySite.get(siteId)?.pop(),
  }
}

interface RunRow {
  readonly site_id: string
  readonly started_at: number
  readonly selection_json: string
  readonly renders_at_most: number
  readonly renders: number
}

/**
 * Checks what is left of a run. Everything that was checked since the run began is left out, so that a run which was
 * interrupted goes on where it stopped; each batch of results and the run's counts are one transaction.
 */
export async function checkRun(
  context: RunContext,
  input: RunInput,
  report: (progress: RunReport) => void,
  signal: AbortSignal,
): Promise<{ readonly capped: boolean }> {
  const { db, clock } = context
  const run = db
    .prepare<[number], RunRow>(
      'SELECT site_id, started_at, selection_json, renders_at_most, renders FROM inspection_runs WHERE id = ?',
    )
    .get(input.runId)
  if (!run) return { capped: false }
  const siteId = run.site_id
  const pace = context.paces.of(siteId)
  const pages = pagesOf(context, run)
  const paused = () => report({ pageIds: [], waitsUntilMs: pace.waitsUntilMs() })
  const ended = await checkAll(
    {
      clock,
      inspector: createInspector(context, siteId, paused),
      lanes: pace.limits.parallel,
      rendersAtMost: run.renders_at_most - run.renders,
      next: pages.next,
      async write(results, adds) {
        await context.store({ siteId, runId: input.runId, results, adds })
        const pageIds = results.map(idOf)
        pages.stored(pageIds)
        report({ pageIds, waitsUntilMs: pace.waitsUntilMs() })
      },
    },
    signal,
  )
  context.endMarks(db, siteId, clock())
  return ended
}

function idOf(result: CheckResult): number {
  return result.kind === 'seen' ? result.observation.pageId : result.pageId
}

interface RunPages {
  next(): PageToCheck | null | Promise<PageToCheck | null>
  /** The database knows now that these were checked. */
  stored(pageIds: readonly number[]): void
}

/** The pages of a run one by one: those that somebody looks at, and the others in order. */
function pagesOf(context: RunContext, run: RunRow): RunPages {
  const read = createPageReader(context.db, run.site_id)
  const selection = JSON.parse(run.selection_json) as RunSelection
  /** Being checked, or not yet stored: the database does not know of them. */
  const inHand = new Set<number>()
  const left = context.db.prepare<[number, number]>(
    'SELECT 1 FROM pages WHERE id = ? AND max(COALESCE(observed_at, 0), COALESCE(failed_at, 0)) < ?',
  )
  const whole = Object.keys(selection.filter).length === 0 && selection.exceptPageIds.length === 0
  let ahead: PageToCheck[] = []
  let place: Place = { observedAtMs: null, id: 0 }
  let ended = false
  let reading: Promise<void> | null = null

  const readAhead = async () => {
    const places = await context.nextPages(run.site_id, selection, run.started_at, place, READ_AHEAD)
    place = places.at(-1) ?? place
    ended = places.length === 0
    ahead = read(places.map(({ id }) => id)).reverse()
  }
  const isLeft = (id: number) => !inHand.has(id) && left.get(id, run.started_at) !== undefined
  const shownFirst = (): PageToCheck | null => {
    // Of a filter's pages only the database knows which they are: those come in their order.
    if (!whole) return null
    for (let id = context.shown.take(run.site_id); id !== undefined; id = context.shown.take(run.site_id)) {
      if (!isLeft(id)) continue
      const [page] = read([id])
      if (page) return page
    }
    return null
  }
  const inOrder = (): PageToCheck | null => {
    for (let page = ahead.pop(); page; page = ahead.pop()) {
      // Somebody looked at it, or another check that began before this run has moved its place in the order.
      if (isLeft(page.id)) return page
    }
    return null
  }
  const next = (): PageToCheck | null | Promise<PageToCheck | null> => {
    const page = shownFirst() ?? inOrder()
    if (page) inHand.add(page.id)
    if (page !== null || ended) return page
    reading ??= readAhead().finally(() => {
      reading = null
    })
    return reading.then(next)
  }
  return { next, stored: (pageIds) => pageIds.forEach((id) => inHand.delete(id)) }
}
