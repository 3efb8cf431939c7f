import { AppError } from '#shared/errors.ts'
import type { LinesRead, RefillOfAll } from '#shared/new-purge.ts'
import type { LaneReport } from '#shared/purge-lane.ts'
import { os } from '#main/platform/rpc.ts'
import type { Plans } from './service.ts'
import type { PlanStore } from './store.ts'

export interface PlansHandlersWorld {
  readonly plans: Plans
  readonly store: PlanStore
  lane(siteId: string): Promise<LaneReport>
  refill(siteId: string): Promise<RefillOfAll>
  lines(siteId: string, text: string): Promise<LinesRead>
}

export function plansHandlers(has: PlansHandlersWorld) {
  const { plans, store } = has
  return os.plans.router({
    list: os.plans.list.handler(({ input }) => plans.list(input.siteId)),
    lane: os.plans.lane.handler(({ input }) => has.lane(input.siteId)),
    get: os.plans.get.handler(({ input }) => plans.read(input.planId)),
    pages: os.plans.pages.handler(({ input }) => {
      store.read(input.planId)
      return store.pageRows(input.planId, input.decision, input.after, input.limit, input.notNew)
    }),
    itemPages: os.plans.itemPages.handler(({ input }) => plans.itemPages(input)),
    create: os.plans.create.handler(({ input, context }) =>
      plans.create(input.siteId, input.selection, context.person, { warm: input.warm }),
    ),
    revise: os.plans.revise.handler(({ input }) => plans.revise(input.planId, input)),
    preview: os.plans.preview.handler(({ input }) => plans.preview(input.siteId, input.selection)),
    refill: os.plans.refill.handler(({ input }) => has.refill(input.siteId)),
    lines: os.plans.lines.handler(({ input }) => has.lines(input.siteId, input.text)),
    start: os.plans.start.handler(({ input, context }) => {
      if (input.stopReason !== null && context.role !== 'owner')
        throw new AppError('NOT_ALLOWED', 'Only the owner may let a plan pass a hard stop.', { field: 'stopReason' })
      return plans.start(input.planId, context.person, { limit: input.passLimit, stopReason: input.stopReason })
    }),
    runNow: os.plans.runNow.handler(({ input, context }) => plans.runNow(input.planId, context.person)),
    cancel: os.plans.cancel.handler(({ input }) => plans.cancel(input.planId)),
    restore: os.plans.restore.handler(({ input, context }) => plans.restore(input.planId, context.person)),
  })
}
