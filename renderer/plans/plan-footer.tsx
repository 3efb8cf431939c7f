import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { passedLimit } from '#shared/budget.ts'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useCancelPlan, useStartPlan } from './mutations.ts'
import { allowanceWords, isRunning, limitWords } from './plan-words.ts'
import { plansQueries } from './queries.ts'
import classes from './plan-screen.module.css'

/** The allowance before and after, and the acts. A plan that cannot start says why beside its button. */
export function PlanFooter({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const title = plan.purge.allowanceAtMost ? 'Purges sent by others are not all known, so there may be fewer.' : undefined
  return (
    <footer className={classes.footer}>
      <span className={classes.quiet} title={title}>
        {allowanceWords(plan.purge)}
      </span>
      {mayAct && plan.state === 'draft' && <DraftActs plan={plan} />}
      {mayAct && isRunning(plan.state) && (plan.state !== 'purging' || plan.purge.waitsUntilMs !== null) && (
        <span className={classes.buttons}>
          <CancelButton plan={plan} />
        </span>
      )}
    </footer>
  )
}

/** A plan that passes the soft limit is asked about twice. */
function DraftActs({ plan }: { readonly plan: Plan }) {
  const start = useStartPlan()
  const [asking, setAsking] = useState(false)
  const budget = useQuery(plansQueries.budget(plan.siteId))
  const passed = budget.data ? passedLimit(plan.purge.itemCount, budget.data) : null
  const why = plan.blocked ?? (passed && limitWords(passed, plan.purge.atMost))
  if (asking && passed && plan.blocked === null) {
    return (
      <span className={classes.buttons} role="alertdialog" aria-label="Pass the limit?" aria-describedby="plan-why">
        <span className={classes.blocked} id="plan-why">
          {why} Start it all the same?
        </span>
        <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
          Do not start
        </Button>
        <Button color="orange" loading={start.isPending} onClick={() => start.mutate({ planId: plan.id, passLimit: true })}>
          Start and pass the limit
        </Button>
      </span>
    )
  }
  return (
    <span className={classes.buttons}>
      {why !== null && (
        <span className={classes.blocked} id="plan-why">
          {why}
        </span>
      )}
      <CancelButton plan={plan} />
      <Button
        disabled={plan.blocked !== null}
        aria-describedby={why === null ? undefined : 'plan-why'}
        loading={start.isPending}
        onClick={() => (passed ? setAsking(true) : start.mutate({ planId: plan.id }))}
      >
        {passed ? 'Start…' : 'Start'}
      </Button>
    </span>
  )
}

function CancelButton({ plan }: { readonly plan: Plan }) {
  const cancel = useCancelPlan()
  return (
    <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ planId: plan.id })}>
      Cancel
    </Button>
  )
}
