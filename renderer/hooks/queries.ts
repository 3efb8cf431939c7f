import { keepPreviousData } from '@tanstack/react-query'
import type { RuleInput } from '#shared/hook-rules.ts'
import { orpc } from '#renderer/lib/client.ts'

const SHOWN = 50

export const hooksQueries = {
  receiver: () => orpc.hooks.receiver.queryOptions(),
  sources: (siteId: string) => orpc.hooks.sources.queryOptions({ input: { siteId } }),
  rules: (siteId: string) => orpc.hooks.rules.queryOptions({ input: { siteId } }),
  deliveries: (siteId: string) =>
    orpc.hooks.deliveries.infiniteOptions({
      input: (before: number | null) => ({ siteId, before, limit: SHOWN }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  latest: (siteId: string) => orpc.hooks.deliveries.queryOptions({ input: { siteId, limit: SHOWN } }),
  delivery: (deliveryId: number) => orpc.hooks.delivery.queryOptions({ input: { deliveryId } }),
  visitCheck: (siteId: string) => orpc.hooks.visitCheck.queryOptions({ input: { siteId } }),
  /** Asked anew with each change of the rule: nothing is done by asking. */
  trial: (deliveryId: number, rule: RuleInput) =>
    orpc.hooks.tryRule.queryOptions({ input: { deliveryId, rule }, placeholderData: keepPreviousData }),
}
