import { keepPreviousData } from '@tanstack/react-query'
import type { LogFilter } from '#shared/activity.ts'
import { orpc } from '#renderer/lib/client.ts'

const ROWS_AT_ONCE = 50

export const activityQueries = {
  me: () => orpc.activity.me.queryOptions(),
  jobs: () => orpc.activity.jobs.queryOptions(),
  log: (filter: LogFilter) =>
    orpc.activity.log.infiniteOptions({
      input: (before: number | null) => ({ ...filter, before, limit: ROWS_AT_ONCE }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  latest: (siteId: string, limit: number) => orpc.activity.log.queryOptions({ input: { siteId, limit } }),
  /** Somebody new is seldom; asked again whenever the filter is shown. */
  people: () => orpc.activity.people.queryOptions({ staleTime: 0 }),
}
