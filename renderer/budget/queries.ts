import { keepPreviousData } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

const ROWS_AT_ONCE = 50
/** A day or a month may end while the screen is open. */
const AGAIN_MS = 60_000

export const budgetQueries = {
  get: (siteId: string) => orpc.budget.get.queryOptions({ input: { siteId }, refetchInterval: AGAIN_MS }),
  month: (siteId: string, month: string | null) =>
    orpc.budget.month.queryOptions({ input: { siteId, month }, placeholderData: keepPreviousData, refetchInterval: AGAIN_MS }),
  purges: (siteId: string, month: string | null) =>
    orpc.budget.purges.infiniteOptions({
      input: (cursor: string | null) => ({ siteId, month, cursor, limit: ROWS_AT_ONCE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.nextCursor,
      placeholderData: keepPreviousData,
    }),
  items: (purgeId: string) => orpc.budget.items.queryOptions({ input: { purgeId } }),
}
