import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export function useCheck(onStarted: () => void) {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.inspection.check.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess() {
        onStarted()
        return queryClient.invalidateQueries({ queryKey: orpc.activity.jobs.key() })
      },
    }),
  )
}
