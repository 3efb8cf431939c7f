import { orpc } from '#renderer/lib/client.ts'

/** The menu is edited outside the panel, so that nobody tells of it. */
const AGAIN_MS = 2_000

export const tourQueries = {
  demo: (often = false) => orpc.tour.demo.queryOptions({ refetchInterval: often ? AGAIN_MS : false }),
  marks: (siteId: string) => orpc.tags.marks.queryOptions({ input: { siteId } }),
  plans: (siteId: string) => orpc.plans.list.queryOptions({ input: { siteId } }),
}
