import { Switch } from '@mantine/core'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { ProgressLine } from '#renderer/ui/progress-line.tsx'
import { Step } from '#renderer/ui/step.tsx'
import { useRevisePlan } from './mutations.ts'
import classes from './plan-screen.module.css'

/** Step 4: pages that went cold are requested by us, so that no visitor is the first. Left away once it was not wanted. */
export function PlanVisitStep({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const revise = useRevisePlan()
  const { warm } = plan
  if (plan.state !== 'draft' && !warm.wanted) return null
  const wanted = revise.isPending ? (revise.variables.warm ?? warm.wanted) : warm.wanted
  return (
    <Step
      number={4}
      title="Visit"
      state={warm.state}
      message={warm.message}
      aside={
        plan.state === 'draft' &&
        mayAct && (
          <Switch
            label="Visit afterwards"
            checked={wanted}
            disabled={revise.isPending}
            onChange={(event) => revise.mutate({ planId: plan.id, warm: event.currentTarget.checked })}
          />
        )
      }
    >
      {warm.state === 'running' && (
        <div className={classes.progress}>
          <ProgressLine done={warm.done} total={warm.total} label="Visited pages" />
        </div>
      )}
      {warm.state === 'done' && (
        <div className={classes.line}>
          <span className={classes.strong}>
            {warm.total === 0
              ? 'The edge held them all already'
              : `${formatCount(warm.stored)} of ${countOf(warm.total, 'page')} stored now`}
          </span>
        </div>
      )}
    </Step>
  )
}
