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
