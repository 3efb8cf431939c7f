import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export function usePauseJob() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.activity.pauseJob.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.activity.jobs.key() }),
    }),
  )
}

export function useCancelJob() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.activity.cancelJob.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.activity.jobs.key() }),
    }),
  )
}
