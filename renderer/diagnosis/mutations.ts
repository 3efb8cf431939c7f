import { useMutation } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

/** Has the renderer render the page again; purges nothing. */
export function useRefreshPage(onRefreshed: () => void) {
  return useMutation(orpc.pages.refresh.mutationOptions({ meta: { shownInPlace: true }, onSuccess: onRefreshed }))
}
