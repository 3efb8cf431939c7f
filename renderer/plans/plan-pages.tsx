import { Button, Tabs } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import type { Plan, PlanPage } from '#shared/plans.ts'
import { PathList, usePathName } from '#renderer/ui/path-text.tsx'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { formatCount } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { exactTimes, TimedText } from '#renderer/ui/timed-text.tsx'
import { decisionTabs, RESULT_WORDS, type DecisionTab } from './plan-words.ts'
import { usePagePicks } from './page-picks.tsx'
import { plansQueries } from './queries.ts'
import classes from './plan-screen.module.css'

const pathColumn: PlainColumn<PlanPage> = { key: 'path', header: 'Page', width: 330, cell: (page) => <PlanPath page={page} /> }
const reasonColumn: PlainColumn<PlanPage> = {
  key: 'reason',
  header: 'Why',
  cell: (page) => (
    <span title={exactTimes(page.reason)}>
      <TimedText text={page.reason} />
    </span>
  ),
}
const resultColumn: PlainColumn<PlanPage> = {
  key: 'result',
  header: 'Result',
  width: 150,
  cell: (page) => <PlanResult page={page} />,
}

/** Every page of the plan with what is done with it and why. */
export function PlanPages({ plan }: { readonly plan: Plan }) {
  const tabs = decisionTabs(plan.counts)
  const [chosen, setChosen] = useState<string | null>(null)
  const tab = tabs.find(({ key }) => key === chosen) ?? tabs[0]
  if (!tab) return null
  return (
    <Tabs className={classes.pages} value={tab.key} onChange={setChosen}>
      <Tabs.List aria-label="Pages of this plan">
        {tabs.map(({ key, label, count }) => (
          <Tabs.Tab key={key} value={key}>
            {label} {formatCount(count)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab.key} pt={8}>
        <p className={classes.says}>{tab.says}</p>
        <TabPages plan={plan} tab={tab} key={tab.key} />
      </Tabs.Panel>
    </Tabs>
  )
}

function TabPages({ plan, tab }: { readonly plan: Plan; readonly tab: DecisionTab }) {
  const pages = useInfiniteQuery(plansQueries.pages(plan.id, tab.decisions))
  const picks = usePagePicks(plan, tab.key)
  if (pages.isError) return <FailureNote {...describeFailure(pages.error)} onTryAgain={() => void pages.refetch()} />
  if (!pages.data) return <LateSkeleton />
  const rows = pages.data.pages.flatMap((part) => part.rows)
  const columns = [
    ...picks.columns,
    pathColumn,
    reasonColumn,
    ...(rows.some((row) => row.result !== null || row.resultReason !== null) ? [resultColumn] : []),
  ]
  return (
    <>
      {picks.bar}
      <PathList rows={rows}>
        <PlainTable
          label={`${tab.label} pages`}
          columns={columns}
          rows={rows}
          rowKey={(row) => `${row.zoneHost ?? ''} ${row.path} ${row.pageId ?? ''}`}
        />
      </PathList>
      {pages.hasNextPage && (
        <Button variant="subtle" mt={8} loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}

/** Until there is a result, a reason says what it waits for. */
function PlanResult({ page }: { readonly page: PlanPage }) {
  return (
    <span title={page.resultReason ?? undefined}>{page.result === null ? page.resultReason : RESULT_WORDS[page.result]}</span>
  )
}

function PlanPath({ page }: { readonly page: PlanPage }) {
  const path = usePathName(page.path)
  return (
    <span className={classes.path} title={`${page.zoneHost ?? ''}${page.path}`}>
      {page.pageId === null ? path : <Link to={`?page=${page.pageId}`}>{path}</Link>}
      {page.zoneHost !== null && <span className={classes.quiet}> {page.zoneHost}</span>}
    </span>
  )
}
