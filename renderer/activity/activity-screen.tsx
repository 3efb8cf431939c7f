import { Button, NativeSelect } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { ACTIVITY_KINDS, type LogEntry } from '#shared/activity.ts'
import { KIND_WORDS, RESULT_WORDS } from '#shared/state-words.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { ExportMenu } from '#renderer/ui/export-menu.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { costWords, EntryText } from './activity-words.tsx'
import { activityQueries } from './queries.ts'
import classes from './activity-screen.module.css'

const columns: readonly PlainColumn<LogEntry>[] = [
  { key: 'at', header: 'When', width: 108, cell: (entry) => <TimeAgo atMs={entry.atMs} /> },
  { key: 'by', header: 'Who', width: 110, cell: (entry) => entry.by },
  { key: 'kind', header: 'Kind', width: 78, cell: (entry) => KIND_WORDS[entry.kind] },
  { key: 'text', header: 'What', cell: (entry) => <EntryText entry={entry} /> },
  { key: 'site', header: 'Site', width: 110, cell: (entry) => entry.siteName },
  { key: 'result', header: 'Result', width: 88, cell: (entry) => <Result result={entry.result} /> },
  { key: 'cost', header: 'Cost', width: 164, align: 'right', cell: (entry) => costWords(entry.cost) },
]

/** What was done, by whom, what came of it and what it cost, the newest first. The filter is part of the address. */
export function ActivityScreen() {
  const [search, setSearch] = useSearchParams()
  const kind = ACTIVITY_KINDS.find((name) => name === search.get('kind'))
  const by = search.get('by') ?? undefined
  const filtered = kind !== undefined || by !== undefined
  const log = useInfiniteQuery(activityQueries.log({ ...(kind ? { kinds: [kind] } : {}), ...(by ? { by } : {}) }))
  const people = useQuery(activityQueries.people())
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? []
  const put = (name: 'kind' | 'by', value: string) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  const chosen = { ...(kind ? { kinds: [kind] } : {}), ...(by ? { by } : {}) }
  const filter = (
    <>
      <ExportMenu wish={{ list: 'activity', ...chosen }} what={filtered ? 'Everything of this kind' : 'All activity'} />
      <NativeSelect
        aria-label="Kind"
        value={kind ?? ''}
        onChange={(event) => put('kind', event.currentTarget.value)}
        data={[{ value: '', label: 'Every kind' }, ...ACTIVITY_KINDS.map((name) => ({ value: name, label: KIND_WORDS[name] }))]}
      />
      <NativeSelect
        aria-label="Person"
        value={by ?? ''}
        onChange={(event) => put('by', event.currentTarget.value)}
        data={[{ value: '', label: 'Everybody' }, ...(people.data ?? []).map((name) => ({ value: name, label: name }))]}
      />
    </>
  )
  return (
    <Screen title="Activity" note="What was done, by whom, and what came of it" actions={filter}>
      {log.isError && <FailureNote {...describeFailure(log.error)} onTryAgain={() => void log.refetch()} />}
      {log.isPending && <LateSkeleton />}
      {log.data && rows.length === 0 && (
        <EmptyNote
          title={filtered ? 'Nothing of this kind' : 'Nothing has been done yet'}
          action={
            filtered && (
              <Button variant="default" onClick={() => setSearch({})}>
                Clear filter
              </Button>
            )
          }
        >
          Checks, purges, builds and marks are listed here with who began them.
        </EmptyNote>
      )}
      {rows.length > 0 && <PlainTable label="Activity" columns={columns} rows={rows} rowKey={(entry) => entry.id} />}
      {log.hasNextPage && (
        <Button variant="subtle" mt={8} loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Screen>
  )
}

function Result({ result }: Pick<LogEntry, 'result'>) {
  if (result === null) return null
  return (
    <span className={classes.result} data-result={result}>
      {RESULT_WORDS[result]}
    </span>
  )
}
