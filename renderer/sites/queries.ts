import { orpc } from '#renderer/lib/client.ts'

export const sitesQueries = {
  list: () => orpc.sites.list.queryOptions(),
}
