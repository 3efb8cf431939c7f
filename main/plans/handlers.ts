import { AppError } from '#shared/errors.ts'
import type { LinesRead, Refill } from '#shared/plans.ts'
import { os } from '#main/platform/rpc.ts'
import type { Plans } from './service.ts'
import type { PlanStore } from './store.ts'

export interface PlansHandlersWorld {
  readonly plans: Plans
  readonly store: PlanStore
  refill(siteId: string): Promise<Refill>
  lines(siteId: string, text: string): Promise<LinesRead>
}

export function plansHandlers(has: PlansHandlersWorld) {
  const { plans, store } = has
  return os.plans.router({
    list: os.plans.list.handler(({ input }) => plans.list(input.siteId)),
    get: os.plans.get.handler(({ input }) => plans.read(input.planId)),
    pages: os.plans.pages.handler(({ input }) => {
      store.read(input.planId)
      return store.pageRows(input.planId, input.decision, input.after, input.limit, input.notNew)
    }),
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
    cancel: os.plans.cancel.handler(({ input }) => plans.cancel(input.planId)),
  })
}
