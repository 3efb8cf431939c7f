import { countOf } from '#shared/count-of.ts'
import type { ActivityFacts } from '#shared/activity.ts'
import { AppError } from '#shared/errors.ts'
import type { EdgeAnswers } from '#shared/edge-answers.ts'
import type { CheckCost } from '#shared/inspection.ts'
import type { RunSelection } from '#shared/inspection-runs.ts'
import type { BodyDiff, Layers } from '#shared/layers.ts'
import type { Selection } from '#shared/pages.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import type { AnswersInput } from './edge-answers-task.ts'
import type { AskInput } from './ask-layers.ts'
import type { Checks } from './checks.ts'
import { runHandlers, type RunHandlersWorld } from './run-handlers.ts'
import { readEdgeLayer } from './edge-layer.ts'

export interface InspectionWorld extends RunHandlersWorld {
  readonly db: Database
  readonly clock: Clock
  readonly checks: Checks
  readonly stopped: AbortSignal
  /** Pages of a filter, and how many of them may make the origin render. */
  countToCheck(
    siteId: string,
    selection: RunSelection,
    nowMs: number,
  ): Promise<{ readonly pages: number; readonly renders: number }>
  askOrigin(input: AskInput): Promise<Layers['origin']>
  compareBodies(input: AskInput): Promise<BodyDiff>
  /** Reads the sums of many checks, which does not run on the core thread. */
  readEdgeAnswers(input: AnswersInput): Promise<EdgeAnswers>
  /** Reads over many pages, which do not run on the core thread. */
  readonly reads: { countRenders(siteId: string, pageIds: readonly number[], nowMs: number): Promise<number> }
  resolve(siteId: string, selection: Selection, nowMs: number): Promise<{ readonly pageIds: readonly number[] }>
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

export function inspectionHandlers(world: InspectionWorld) {
  const ids = async (input: { siteId: string; selection: Selection }, role: string) => {
    const { pageIds } = await world.resolve(input.siteId, input.selection, world.clock())
    if (role === 'support' && pageIds.length > 1) {
      throw new AppError('NOT_ALLOWED', 'With the role support one page may be checked at a time.', {
        field: 'selection',
        fix: 'Choose one page, or ask an operator.',
      })
    }
    if (pageIds.length === 0)
      throw new AppError('NOT_FOUND', 'No known page is meant by this.', {
        field: 'selection',
        fix: 'Choose at least one page of the list.',
      })
    return pageIds
  }
  /** Of a whole site's pages no list is made: they are counted where they are. */
  const costOf = async (input: { siteId: string; selection: Selection }, role: string) => {
    if (input.selection.kind === 'filter' && role !== 'support') {
      const { pages, renders } = await world.countToCheck(input.siteId, input.selection, world.clock())
      if (pages > 0) return { count: pages, rendersAtMost: renders }
    }
    const pageIds = await ids(input, role)
    return { count: pageIds.length, rendersAtMost: await world.reads.countRenders(input.siteId, pageIds, world.clock()) }
  }
  return os.inspection.router({
    ...runHandlers(world),
    estimate: os.inspection.estimate.handler(async ({ input, context }): Promise<CheckCost> => {
      const { count, rendersAtMost } = await costOf(input, context.role)
      const requestsAtMost = count * 3
      const pages = countOf(count, 'page')
      const renders =
        rendersAtMost === 0
          ? 'The origin should have to render none.'
          : `The origin may have to answer or render ${countOf(rendersAtMost, 'page')} for it, since the edge is not known to hold them.`
      return {
        pages: count,
        requestsAtMost,
        rendersAtMost,
        sentence: `${pages}, at most ${countOf(requestsAtMost, 'request')}. No purges are used. ${renders}`,
      }
    }),
    check: os.inspection.check.handler(async ({ input, context }) => {
      const pageIds = await ids(input, context.role)
      const { job, ended } = world.checks.start(input.siteId, pageIds)
      void ended.then(({ title, note, state }) => {
        // A core that stops cancels its jobs and has no place left to write to.
        if (world.stopped.aborted) return
        world.note(input.siteId, context.person, `${title}: ${note}`, {
          kind: 'check',
          result: state,
          ...(pageIds.length === 1 ? { about: { kind: 'page', id: String(pageIds[0]) } } : {}),
        })
      })
      return { jobId: job.id }
    }),
    answers: os.inspection.answers.handler(({ input }) => world.readEdgeAnswers({ ...input, nowMs: world.clock() })),
    layers: os.inspection.layers.handler(async ({ input: { pageId, askOrigin } }): Promise<Layers> => {
      const { siteId, edge, cost } = await readEdgeLayer(world.db.query, pageId)
      return { edge, cost, origin: askOrigin ? await world.askOrigin({ siteId, pageId }) : { state: 'not-asked' } }
    }),
    bodies: os.inspection.bodies.handler(async ({ input: { pageId } }) => {
      const { siteId } = await readEdgeLayer(world.db.query, pageId)
      return world.compareBodies({ siteId, pageId })
    }),
  })
}
