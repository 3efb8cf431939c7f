import { orpc } from '#renderer/lib/client.ts'

export const sitesQueries = {
  list: () => orpc.sites.list.queryOptions(),
  folders: (path: string | undefined) =>
    orpc.projects.folders.queryOptions({ input: path === undefined ? {} : { path }, retry: false, gcTime: 0 }),
}
