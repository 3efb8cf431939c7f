import { Button } from '@mantine/core'
import type { Plan } from '#shared/plans.ts'
import { useCancelPlan } from './mutations.ts'

export function CancelPlanButton({ plan }: { readonly plan: Plan }) {
  const cancel = useCancelPlan()
  return (
    <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ planId: plan.id })}>
      Cancel
    </Button>
  )
}
