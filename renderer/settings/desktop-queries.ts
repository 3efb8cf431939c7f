import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export const desktopQueries = {
  notices: () => orpc.notices.settings.queryOptions(),
  get: () => orpc.desktop.get.queryOptions(),
}

export function useSaveNotices() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.notices.save.mutationOptions({
      onSuccess: (kept) => queryClient.setQueryData(orpc.notices.settings.queryKey(), kept),
    }),
  )
}

export function useSaveDesktop() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.desktop.save.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.desktop.get.key() }),
    }),
  )
}

export function useDesktopWish() {
  return useMutation(orpc.desktop.wish.mutationOptions())
}
