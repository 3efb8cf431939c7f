import { keepPreviousData } from '@tanstack/react-query'
import type { LedgerFilter } from '#shared/budget.ts'
import type { SpendBy } from '#shared/budget-account.ts'
import { orpc } from '#renderer/lib/client.ts'

const ROWS_AT_ONCE = 50
/** A day or a month may end while the screen is open. */
const AGAIN_MS = 60_000

export const budgetQueries = {
  get: (siteId: string) => orpc.budget.get.queryOptions({ input: { siteId }, refetchInterval: AGAIN_MS }),
  month: (siteId: string, month: string | null) =>
    orpc.budget.month.queryOptions({ input: { siteId, month }, placeholderData: keepPreviousData, refetchInterval: AGAIN_MS }),
  reading: (siteId: string) => orpc.budget.reading.queryOptions({ input: { siteId } }),
  spend: (siteId: string, month: string, by: SpendBy) =>
    orpc.budget.spend.queryOptions({ input: { siteId, month, by }, placeholderData: keepPreviousData }),
  purges: (siteId: string, month: string | null, filter: LedgerFilter | null) =>
    orpc.budget.purges.infiniteOptions({
      input: (cursor: string | null) => ({ siteId, month, filter, cursor, limit: ROWS_AT_ONCE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.nextCursor,
      placeholderData: keepPreviousData,
    }),
  items: (purgeId: string) => orpc.budget.items.queryOptions({ input: { purgeId } }),
  jobs: () => orpc.activity.jobs.queryOptions(),
}
