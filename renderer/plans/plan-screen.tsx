import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { describeFailure } from '#renderer/lib/failure.ts'
import { PLAN_WORDS } from '#shared/state-words.ts'
import type { Plan } from '#shared/plans.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { CopyLinkButton } from '#renderer/ui/copy-link-button.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { PlanBuildStep } from './plan-build-step.tsx'
import { PlanCheckStep } from './plan-check-step.tsx'
import { PlanFooter } from './plan-footer.tsx'
import { PlanPages } from './plan-pages.tsx'
import { PlanPurgeStep } from './plan-purge-step.tsx'
import { PlanVisitStep } from './plan-visit-step.tsx'
import { useFocusWhenLost } from './use-focus-when-lost.ts'
import { plansQueries } from './queries.ts'
import classes from './plan-screen.module.css'

/** One plan: what will come of it, its steps, its price, and after it has run what came of it. */
export function PlanScreen({ advice }: { readonly advice?: ReactNode }) {
  const { planId = '' } = useParams()
  const query = useQuery(plansQueries.get(planId))
  const plan = query.data
  const outcome = useFocusWhenLost(plan?.id ?? null, plan?.state === 'draft' ? 'draft' : 'begun')
  if (!plan) {
    const all = (
      <Button component={Link} to="/purges" variant="default">
        All purges
      </Button>
    )
    const failure = query.isError ? describeFailure(query.error) : null
    return (
      <Screen title="Purge">
        {failure ? (
          // A plan that is gone does not come back by asking again.
          <FailureNote {...failure} onTryAgain={failure.isGone ? undefined : () => void query.refetch()} instead={all} />
        ) : (
          <LateSkeleton />
        )}
      </Screen>
    )
  }
  return (
    <Screen
      fills
      title="Purge"
      note={
        <>
          {PLAN_WORDS[plan.state]} · <TimeAgo atMs={plan.createdAtMs} /> by {plan.by}
        </>
      }
      actions={
        <>
          <PlanLink plan={plan} />
          <Button component={Link} to="/purges" variant="subtle">
            All purges
          </Button>
        </>
      }
    >
      <div className={classes.content}>
        <div role="status">
          <h2 className={classes.outcome} ref={outcome} tabIndex={-1}>
            {plan.title}
          </h2>
        </div>
        {plan.result !== null && plan.result !== plan.title && (
          <p className={classes.result} data-state={plan.state} role="status">
            {plan.result}
          </p>
        )}
        <ol className={classes.steps} aria-label="Steps">
          <PlanBuildStep plan={plan} />
          <PlanPurgeStep plan={plan} />
          <PlanCheckStep plan={plan} />
          <PlanVisitStep plan={plan} />
        </ol>
        {advice}
        <PlanPages plan={plan} key={plan.id} />
      </div>
      <PlanFooter plan={plan} />
    </Screen>
  )
}

function PlanLink({ plan }: { readonly plan: Plan }) {
  const site = useSite()
  return <CopyLinkButton link={{ kind: 'plan', site: site.zones[0]?.host ?? site.id, id: plan.id }} />
}
