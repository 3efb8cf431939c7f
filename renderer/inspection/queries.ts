import type { Selection } from '#shared/pages.ts'
import { orpc } from '#renderer/lib/client.ts'

export const inspectionQueries = {
  /** Asked anew each time: what a check costs depends on what is known at that moment. */
  estimate: (siteId: string, selection: Selection) =>
    orpc.inspection.estimate.queryOptions({ input: { siteId, selection }, gcTime: 0, staleTime: 0 }),
}
