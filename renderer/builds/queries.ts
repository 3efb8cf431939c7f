import { orpc } from '#renderer/lib/client.ts'

export const buildsQueries = {
  list: (siteId: string) => orpc.builds.list.queryOptions({ input: { siteId } }),
}
