import { useMutation } from '@tanstack/react-query'
import { client, orpc } from '#renderer/lib/client.ts'
import type { Draft } from './draft.ts'

const IN_PLACE = { meta: { shownInPlace: true } }

export const addSiteQueries = {
  credentials: () => orpc.addSite.credentials.queryOptions({ staleTime: 0 }),
}

/** Its signal gives the asking up. */
export const useLook = () =>
  useMutation({
    ...IN_PLACE,
    mutationFn: ({ signal, ...input }: Parameters<typeof client.addSite.look>[0] & { readonly signal: AbortSignal }) =>
      client.addSite.look(input, { signal }),
  })
export const useDistributions = () => useMutation(orpc.addSite.distributions.mutationOptions(IN_PLACE))
export const useTryPermissions = () => useMutation(orpc.addSite.tryPermissions.mutationOptions(IN_PLACE))

/** Begins the search for pages that was chosen; sitemaps are read by themselves. */
export async function beginSearch(siteId: string, { find, list }: Draft): Promise<void> {
  if (find === 'crawl') await client.discovery.start({ siteId, source: { kind: 'crawl', limits: {} } })
  if (find !== 'list') return
  const site = (await client.sites.list()).find(({ id }) => id === siteId)
  const zone = site?.zones[0]
  if (zone) await client.discovery.start({ siteId, source: { kind: 'list', text: list, zoneId: zone.id } })
}
