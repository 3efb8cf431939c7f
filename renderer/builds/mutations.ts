import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export function useTriggerBuild() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.builds.trigger.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: orpc.builds.list.key() }),
    }),
  )
}

export function useCancelBuild() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.builds.cancel.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.builds.list.key() }),
    }),
  )
}
