import { Button } from '@mantine/core'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useCancelPlan, useStartPlan } from './mutations.ts'
import { allowanceWords, isRunning } from './plan-words.ts'
import classes from './plan-screen.module.css'

/** The allowance before and after, and the acts. A plan that cannot start says why beside its button. */
export function PlanFooter({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const start = useStartPlan()
  const cancel = useCancelPlan()
  const draft = plan.state === 'draft'
  const running = isRunning(plan.state)
  const title = plan.purge.allowanceAtMost ? 'Purges sent by others are not all known, so there may be fewer.' : undefined
  return (
    <footer className={classes.footer}>
      <span className={classes.quiet} title={title}>
        {allowanceWords(plan.purge)}
      </span>
      {mayAct && (draft || running) && (
        <span className={classes.buttons}>
          {draft && plan.blocked !== null && (
            <span className={classes.blocked} id="plan-blocked">
              {plan.blocked}
            </span>
          )}
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ planId: plan.id })}>
            Cancel
          </Button>
          {draft && (
            <Button
              disabled={plan.blocked !== null}
              aria-describedby={plan.blocked === null ? undefined : 'plan-blocked'}
              loading={start.isPending}
              onClick={() => start.mutate({ planId: plan.id })}
            >
              Start
            </Button>
          )}
        </span>
      )}
    </footer>
  )
}
