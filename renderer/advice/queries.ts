import { orpc } from '#renderer/lib/client.ts'

export const adviceQueries = {
  list: (siteId: string, planId?: string) =>
    orpc.advice.list.queryOptions({ input: planId === undefined ? { siteId } : { siteId, planId }, staleTime: 300_000 }),
}
