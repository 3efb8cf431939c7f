import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { limitText, passedLimit, type PassedLimit } from '#shared/budget-limits.ts'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { CancelPlanButton } from './cancel-plan-button.tsx'
import { useStartPlan } from './mutations.ts'
import { plansQueries } from './queries.ts'
import classes from './plan-screen.module.css'

const LEAST_REASON = 3

/** A plan that passes the soft limit is asked about twice; one that passes a hard stop starts only with the owner's reason. */
export function DraftActs({ plan }: { readonly plan: Plan }) {
  const { mayOwn } = useAccess()
  const start = useStartPlan()
  const [asking, setAsking] = useState(false)
  const budget = useQuery(plansQueries.budget(plan.siteId))
  const passed = budget.data ? passedLimit(plan.purge.itemCount, budget.data) : null
  const stopped = passed?.kind === 'hard' && !mayOwn
  const why = plan.blocked ?? (passed && limitText(passed, plan.purge.atMost) + (stopped ? ' Only the owner may pass it.' : ''))
  if (asking && passed && plan.blocked === null)
    return <PassLimit plan={plan} passed={passed} why={why ?? ''} onClose={() => setAsking(false)} />
  return (
    <span className={classes.buttons}>
      {why !== null && (
        <span className={classes.blocked} id="plan-why">
          {why}
        </span>
      )}
      <CancelPlanButton plan={plan} />
      <Button
        disabled={plan.blocked !== null || stopped}
        aria-describedby={why === null ? undefined : 'plan-why'}
        loading={start.isPending}
        onClick={() => (passed ? setAsking(true) : start.mutate({ planId: plan.id }))}
      >
        {passed ? 'Start…' : 'Start'}
      </Button>
    </span>
  )
}

interface PassLimitProps {
  readonly plan: Plan
  readonly passed: PassedLimit
  readonly why: string
  readonly onClose: () => void
}

function PassLimit({ plan, passed, why, onClose }: PassLimitProps) {
  const start = useStartPlan()
  const [reason, setReason] = useState('')
  const hard = passed.kind === 'hard'
  return (
    <span className={classes.buttons} role="alertdialog" aria-label="Pass the limit?" aria-describedby="plan-why">
      <span className={classes.blocked} id="plan-why">
        {why} {hard ? 'Your reason is kept with the ledger.' : 'Start it all the same?'}
      </span>
      <span className={classes.together}>
        {hard && (
          <TextInput
            className={classes.reasonField}
            aria-label="Why it passes the hard stop"
            placeholder="Why, in a few words"
            data-autofocus
            maxLength={400}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <Button variant="default" data-autofocus={!hard || undefined} onClick={onClose}>
          Do not start
        </Button>
        <Button
          color="orange"
          disabled={hard && reason.trim().length < LEAST_REASON}
          loading={start.isPending}
          onClick={() => start.mutate({ planId: plan.id, passLimit: true, stopReason: hard ? reason.trim() : null })}
        >
          {hard ? 'Start and pass the stop' : 'Start and pass the limit'}
        </Button>
      </span>
    </span>
  )
}
