import { orpc } from '#renderer/lib/client.ts'

/** The menu is edited outside the panel, and the built-in site comes by itself: nobody tells of either. */
const AGAIN_MS = 2_000

export const tourQueries = {
  demo: (follow = false) =>
    orpc.tour.demo.queryOptions({
      refetchInterval: ({ state: { data } }) => (follow || (data?.comes === true && data.siteId === null) ? AGAIN_MS : false),
    }),
  marks: (siteId: string) => orpc.tags.marks.queryOptions({ input: { siteId } }),
  plans: (siteId: string) => orpc.plans.list.queryOptions({ input: { siteId } }),
}
