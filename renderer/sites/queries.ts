import { orpc } from '#renderer/lib/client.ts'

export const sitesQueries = {
  list: () => orpc.sites.list.queryOptions(),
  settings: (siteId: string) => orpc.siteSettings.get.queryOptions({ input: { siteId }, gcTime: 0, staleTime: 0 }),
  lacking: () => orpc.siteSettings.lacking.queryOptions(),
  removal: (siteId: string) => orpc.siteSettings.previewRemoval.queryOptions({ input: { siteId }, gcTime: 0, staleTime: 0 }),
  removed: () => orpc.siteSettings.removed.queryOptions(),
  folders: (path: string | undefined) =>
    orpc.projects.folders.queryOptions({ input: path === undefined ? {} : { path }, retry: false, gcTime: 0 }),
}
