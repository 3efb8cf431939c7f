import { orpc } from '#renderer/lib/client.ts'

export const peopleQueries = {
  list: () => orpc.people.list.queryOptions(),
}
