import { keepPreviousData } from '@tanstack/react-query'
import type { PlanPage } from '#shared/plans.ts'
import { orpc } from '#renderer/lib/client.ts'

const ROWS_AT_ONCE = 200
const REFILL_AGAIN_MS = 10_000

export const plansQueries = {
  /** The limit above which a plan asks before it starts, and what the month has already. */
  budget: (siteId: string) => orpc.budget.get.queryOptions({ input: { siteId } }),
  visitWatch: (planId: string) => orpc.visits.watch.queryOptions({ input: { planId } }),
  list: (siteId: string) => orpc.plans.list.queryOptions({ input: { siteId } }),
  /** What waits and what is in progress on the site's account. */
  lane: (siteId: string) => orpc.plans.lane.queryOptions({ input: { siteId } }),
  get: (planId: string) => orpc.plans.get.queryOptions({ input: { planId } }),
  itemPages: (planId: string, item: string) =>
    orpc.plans.itemPages.infiniteOptions({
      input: (after: string | null) => ({ planId, item, after }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
    }),
  lines: (siteId: string, text: string) =>
    orpc.plans.lines.queryOptions({ input: { siteId, text }, placeholderData: keepPreviousData, enabled: text.trim() !== '' }),
  /** Copies expire with the clock alone, so it is asked again while it is on screen. */
  refill: (siteId: string) => orpc.plans.refill.queryOptions({ input: { siteId }, refetchInterval: REFILL_AGAIN_MS }),
  notNew: (planId: string) => orpc.plans.pages.queryOptions({ input: { planId, notNew: true, limit: ROWS_AT_ONCE } }),
  pages: (planId: string, decision: PlanPage['decision'][]) =>
    orpc.plans.pages.infiniteOptions({
      input: (after: number) => ({ planId, decision, after, limit: ROWS_AT_ONCE }),
      initialPageParam: 0,
      getNextPageParam: (last) => last.next,
    }),
}
