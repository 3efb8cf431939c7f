import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export const automationQueries = {
  pause: () => orpc.automation.pause.queryOptions(),
}

/** Stops or resumes what runs by itself; the bar follows at once. */
export function useSetPaused() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.automation.setPaused.mutationOptions({
      onSuccess: (pause) => queryClient.setQueryData(orpc.automation.pause.queryKey(), pause),
    }),
  )
}
