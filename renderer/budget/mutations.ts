import { useMutation, useQueryClient } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export function useSaveBudget(onSaved: () => void) {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.budget.save.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess(budget, { siteId }) {
        queryClient.setQueryData(orpc.budget.get.queryKey({ input: { siteId } }), budget)
        onSaved()
        return queryClient.invalidateQueries({ queryKey: orpc.budget.key() })
      },
    }),
  )
}

export function useSaveSiteLimits(onSaved: () => void) {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.budget.saveSite.mutationOptions({
      meta: { shownInPlace: true },
      onSuccess() {
        onSaved()
        return queryClient.invalidateQueries({ queryKey: orpc.budget.key() })
      },
    }),
  )
}

export function useReconcile() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.budget.reconcile.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.activity.jobs.key() }),
    }),
  )
}

export function useCancelReading() {
  return useMutation(orpc.activity.cancelJob.mutationOptions())
}
