import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, Link } from 'react-router'
import type { Plan } from '#shared/plans.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { ExportMenu } from '#renderer/ui/export-menu.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatMoney } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { LaneLine } from './lane-line.tsx'
import { PlanMark } from './plan-mark.tsx'
import { isRunning, subjectWords } from './plan-words.ts'
import { plansQueries } from './queries.ts'
import { QueueTable } from './queue-table.tsx'
import classes from './purges-screen.module.css'

const columns: readonly PlainColumn<Plan>[] = [
  { key: 'state', header: 'State', width: 120, cell: (plan) => <PlanMark plan={plan} /> },
  {
    key: 'what',
    header: 'What',
    width: 200,
    cell: (plan) => (
      <Link to={`/purges/${plan.id}`} title={subjectWords(plan)}>
        {subjectWords(plan)}
      </Link>
    ),
  },
  { key: 'title', header: 'Outcome', cell: (plan) => <span title={plan.title}>{plan.result ?? plan.title}</span> },
  {
    key: 'items',
    header: 'Purges',
    width: 80,
    align: 'right',
    cell: (plan) =>
      plan.state === 'cancelled' && plan.purge.state === 'waiting' ? 'none sent' : countOf(plan.purge.itemCount, 'purge'),
  },
  { key: 'price', header: 'Price', width: 62, align: 'right', cell: (plan) => formatMoney(plan.purge.priceMicroDollars) },
  { key: 'by', header: 'By', width: 76, cell: (plan) => plan.by },
  { key: 'when', header: 'When', width: 108, cell: (plan) => <TimeAgo atMs={plan.createdAtMs} /> },
]

/** Every purge that was planned, the newest first. */
export function PurgesScreen() {
  const site = useSite()
  const acts = useActs()
  const { mayAct } = useAccess()
  const plans = useQuery(plansQueries.list(site.id))
  const queue = plans.data?.filter(({ state }) => isRunning(state)) ?? []
  const begun = plans.data?.filter(({ state }) => state !== 'draft' && !isRunning(state)) ?? []
  const drafts = plans.data?.filter(({ state }) => state === 'draft') ?? []
  const newPurge = mayAct && <Button onClick={acts.newPurge}>New purge…</Button>
  return (
    <Screen
      title="Purges"
      note={plans.data && countOf(plans.data.length, 'plan')}
      actions={
        <>
          <ExportMenu wish={{ list: 'plans', siteId: site.id }} what="All plans of this site" />
          {newPurge}
        </>
      }
    >
      {plans.isError && <FailureNote {...describeFailure(plans.error)} onTryAgain={() => void plans.refetch()} />}
      {plans.isPending && <LateSkeleton />}
      {plans.data && plans.data.length === 0 && (
        <EmptyNote title="No purges yet" action={newPurge}>
          Select pages with old copies, or paste addresses. A plan says what a purge costs and what else it makes cold before
          anything is sent.
        </EmptyNote>
      )}
      {queue.length > 0 && (
        <>
          <LaneLine siteId={site.id} />
          <QueueTable plans={queue} />
        </>
      )}
      {begun.length > 0 && <PlanTable label="Purges" plans={begun} />}
      {drafts.length > 0 && (
        <Disclosure label={`${countOf(drafts.length, 'draft')} not started`} startsOpen={begun.length + queue.length === 0}>
          <PlanTable label="Drafts" plans={drafts} />
          <p className={classes.note}>A draft is kept for 7 days. Nothing of it was sent.</p>
        </Disclosure>
      )}
    </Screen>
  )
}

function PlanTable({ label, plans }: { readonly label: string; readonly plans: readonly Plan[] }) {
  const navigate = useNavigate()
  return (
    <PlainTable
      label={label}
      columns={columns}
      rows={plans}
      rowKey={(plan) => plan.id}
      onOpen={(plan) => void navigate(`/purges/${plan.id}`)}
    />
  )
}
