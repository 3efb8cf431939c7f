import { keepPreviousData } from '@tanstack/react-query'
import type { Selection } from '#shared/pages.ts'
import { orpc } from '#renderer/lib/client.ts'

export const inspectionQueries = {
  /** Asked anew each time: what a check costs depends on what is known at that moment. */
  estimate: (siteId: string, selection: Selection) =>
    orpc.inspection.estimate.queryOptions({ input: { siteId, selection }, gcTime: 0, staleTime: 0 }),
  /** The check of a whole site that is under way, or the last one. */
  latestRun: (siteId: string) =>
    orpc.inspection.latestRun.queryOptions({ input: { siteId }, refetchInterval: 3_000, placeholderData: keepPreviousData }),
  settings: (siteId: string) => orpc.inspection.settings.queryOptions({ input: { siteId }, refetchInterval: 30_000 }),
}
