import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Plan } from '#shared/plans.ts'
import { showUndo } from '#renderer/ui/toast.tsx'
import { canBeTakenBack } from './plan-words.ts'
import { showStarted } from './started-toast.tsx'
import { orpc } from '#renderer/lib/client.ts'

/** Every act on a plan answers with the plan as it is now; it is shown at once, and the rest is asked again. */
function useTakePlan() {
  const queryClient = useQueryClient()
  return (plan: Plan) => {
    queryClient.setQueryData(orpc.plans.get.queryKey({ input: { planId: plan.id } }), plan)
    void queryClient.invalidateQueries({ queryKey: orpc.plans.list.key() })
    void queryClient.invalidateQueries({ queryKey: orpc.plans.pages.key() })
  }
}

export function useCreatePlan(onCreated: (plan: Plan) => void, shownInPlace = false) {
  const take = useTakePlan()
  return useMutation(
    orpc.plans.create.mutationOptions({
      meta: { shownInPlace },
      onSuccess(plan) {
        take(plan)
        onCreated(plan)
      },
    }),
  )
}

/** One change after the other: what was asked for last is what the plan says in the end. */
export function useRevisePlan(shownInPlace = false) {
  return useMutation(
    orpc.plans.revise.mutationOptions({ meta: { shownInPlace }, scope: { id: 'plan-revise' }, onSuccess: useTakePlan() }),
  )
}

export function useStartPlan() {
  const take = useTakePlan()
  const queryClient = useQueryClient()
  const { mutate: cancel } = useCancelPlan()
  return useMutation(
    orpc.plans.start.mutationOptions({
      onSuccess(plan) {
        take(plan)
        const get = orpc.plans.get.queryOptions({ input: { planId: plan.id } })
        // Whoever has left the screen still gets to know when it is too late.
        const now = () => queryClient.fetchQuery({ ...get, staleTime: 500 })
        showStarted(plan, now, () => cancel({ planId: plan.id }))
      },
    }),
  )
}

export function useCancelVisits() {
  const queryClient = useQueryClient()
  return useMutation(
    orpc.visits.cancel.mutationOptions({
      onSuccess: (watch, input) => queryClient.setQueryData(orpc.visits.watch.queryKey({ input }), watch),
    }),
  )
}

export function useCancelPlan() {
  const take = useTakePlan()
  const restore = useMutation(orpc.plans.restore.mutationOptions({ onSuccess: take }))
  return useMutation(
    orpc.plans.cancel.mutationOptions({
      onSuccess(plan) {
        take(plan)
        if (canBeTakenBack(plan)) showUndo('Cancelled. Nothing was sent.', () => restore.mutate({ planId: plan.id }))
      },
    }),
  )
}

export function useRunPlanNow() {
  return useMutation(orpc.plans.runNow.mutationOptions({ onSuccess: useTakePlan() }))
}
