import { orpc } from '#renderer/lib/client.ts'

export const activityQueries = {
  me: () => orpc.activity.me.queryOptions(),
  jobs: () => orpc.activity.jobs.queryOptions(),
  log: (limit: number) => orpc.activity.log.queryOptions({ input: { limit } }),
}
