import { Button } from '@mantine/core'
import { Link, useNavigate } from 'react-router'
import type { MouseEvent } from 'react'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { countOf } from '#renderer/ui/format.ts'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { TimeUntil } from '#renderer/ui/time-text.tsx'
import { useCancelPlan, useRunPlanNow } from './mutations.ts'
import { PlanMark } from './plan-mark.tsx'
import { mayCancel, mayRunNow, runningMessage, subjectWords } from './plan-words.ts'
import classes from './purges-screen.module.css'

const columns: readonly PlainColumn<Plan>[] = [
  { key: 'state', header: 'State', width: 110, cell: (plan) => <PlanMark plan={plan} /> },
  {
    key: 'what',
    header: 'What',
    width: 220,
    cell: (plan) => (
      <Link to={`/purges/${plan.id}`} title={subjectWords(plan)}>
        {subjectWords(plan)}
      </Link>
    ),
  },
  {
    key: 'now',
    header: 'Now',
    cell: (plan) => (
      <span title={runningMessage(plan)}>
        {plan.state === 'purging' && plan.purge.waitsUntilMs !== null && (
          <>
            Goes on <TimeUntil atMs={plan.purge.waitsUntilMs} />.{' '}
          </>
        )}
        {runningMessage(plan)}
      </span>
    ),
  },
  { key: 'items', header: 'Purges', width: 80, align: 'right', cell: (plan) => countOf(plan.purge.itemCount, 'purge') },
  {
    key: 'by',
    header: 'By',
    width: 165,
    cell: (plan) => (
      <span title={plan.origin === 'automatic' ? 'No person started it.' : undefined}>
        {plan.startedBy ?? plan.by}
        {plan.origin === 'automatic' && <span className={classes.quiet}> · by itself</span>}
      </span>
    ),
  },
  { key: 'acts', header: '', width: 155, align: 'right', cell: (plan) => <QueueActs plan={plan} /> },
]

/** Plans that wait or are under way, those that come next on top. */
export function QueueTable({ plans }: { readonly plans: readonly Plan[] }) {
  const navigate = useNavigate()
  return (
    <PlainTable
      label="Queue"
      columns={columns}
      rows={inOrder(plans)}
      rowKey={(plan) => plan.id}
      onOpen={(plan) => void navigate(`/purges/${plan.id}`)}
    />
  )
}

/** As the lane sends them: people first, then the first come. */
function inOrder(plans: readonly Plan[]): Plan[] {
  const later = (plan: Plan) => (plan.origin === 'automatic' && plan.queue.pushedBy === null ? 1 : 0)
  return plans.toSorted((a, b) => later(a) - later(b) || (a.startedAtMs ?? 0) - (b.startedAtMs ?? 0))
}

function QueueActs({ plan }: { readonly plan: Plan }) {
  const { mayAct } = useAccess()
  const runNow = useRunPlanNow()
  const cancel = useCancelPlan()
  if (!mayAct) return null
  const act = (run: () => void) => (event: MouseEvent) => {
    event.stopPropagation()
    run()
  }
  return (
    <span className={classes.acts}>
      {mayRunNow(plan) && (
        <Button
          size="compact-xs"
          variant="default"
          loading={runNow.isPending}
          title="Before what runs by itself, and although automation may be paused"
          onClick={act(() => runNow.mutate({ planId: plan.id }))}
        >
          Run now
        </Button>
      )}
      {mayCancel(plan) && (
        <Button
          size="compact-xs"
          variant="default"
          loading={cancel.isPending}
          onClick={act(() => cancel.mutate({ planId: plan.id }))}
        >
          Cancel
        </Button>
      )}
    </span>
  )
}
