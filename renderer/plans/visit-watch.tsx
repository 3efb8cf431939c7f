import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { useCancelVisits } from './mutations.ts'
import { plansQueries } from './queries.ts'
import { watchWords } from './when-words.ts'
import classes from './plan-when.module.css'

const STATES = { watching: 'Purged when visited', ended: 'Visits have ended', cancelled: 'Purging on visits was stopped' }

/** The pages of a started plan that wait for a visit, and how to stop that. */
export function PlanVisitWatch({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const watch = useQuery({ ...plansQueries.visitWatch(plan.id), enabled: plan.counts.whenVisited > 0 }).data
  const cancel = useCancelVisits()
  if (!watch) return null
  return (
    <section className={classes.watch} aria-label="Purged when visited" data-state={watch.state}>
      <div>
        <h3 className={classes.name}>{STATES[watch.state]}</h3>
        <p>{watchWords(watch)}</p>
        {watch.state === 'watching' && (
          <p className={classes.quiet}>
            What nobody visits is purged <TimeUntil atMs={watch.untilMs} />.
          </p>
        )}
        {watch.problem !== null && <p className={classes.problem}>{watch.problem}</p>}
        {watch.restPlanId !== null && (
          <p>
            <Link to={`/purges/${watch.restPlanId}`}>The purge of the rest</Link>
          </p>
        )}
      </div>
      {mayAct && watch.state === 'watching' && (
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ planId: plan.id })}>
          Stop purging on visits
        </Button>
      )}
    </section>
  )
}
