import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { PageEntry } from '#shared/pages.ts'
import { orpc } from '#renderer/lib/client.ts'

export function useDiscover() {
  return useMutation(orpc.pages.discover.mutationOptions())
}

/** Both acts on an entry answer with the entry as it is now. */
function useTakeEntry() {
  const queryClient = useQueryClient()
  return (entry: PageEntry, { pageId }: { readonly pageId: number }) => {
    queryClient.setQueryData(orpc.pages.entry.queryKey({ input: { pageId } }), entry)
    return queryClient.invalidateQueries({ queryKey: orpc.pages.key() })
  }
}

export function useExpirePage() {
  return useMutation(orpc.pages.expire.mutationOptions({ meta: { shownInPlace: true }, onSuccess: useTakeEntry() }))
}

export function useRefreshPage() {
  return useMutation(orpc.pages.refresh.mutationOptions({ meta: { shownInPlace: true }, onSuccess: useTakeEntry() }))
}
