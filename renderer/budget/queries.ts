import { orpc } from '#renderer/lib/client.ts'

export const budgetQueries = {
  get: (siteId: string) => orpc.budget.get.queryOptions({ input: { siteId } }),
}
