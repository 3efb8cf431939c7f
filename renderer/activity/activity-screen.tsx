import { useQuery } from '@tanstack/react-query'
import type { LogEntry } from '#shared/activity.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { activityQueries } from './queries.ts'

const LIMIT = 200

const columns: readonly PlainColumn<LogEntry>[] = [
  { key: 'at', header: 'When', width: 110, cell: (entry) => <TimeAgo atMs={entry.atMs} /> },
  { key: 'by', header: 'Who', width: 140, cell: (entry) => entry.by },
  { key: 'text', header: 'What', cell: (entry) => <span title={entry.text}>{entry.text}</span> },
]

/** What was done, by whom, the newest first. */
export function ActivityScreen() {
  const log = useQuery(activityQueries.log(LIMIT))
  return (
    <Screen title="Activity" note={`The last ${LIMIT} things that were done`}>
      {log.isError && <FailureNote {...describeFailure(log.error)} onTryAgain={() => void log.refetch()} />}
      {log.isPending && <LateSkeleton />}
      {log.data && log.data.length === 0 && (
        <EmptyNote title="Nothing has been done yet">
          Checks, purges, builds and marks are listed here with who began them.
        </EmptyNote>
      )}
      {log.data && log.data.length > 0 && (
        <PlainTable label="Activity" columns={columns} rows={log.data} rowKey={(entry) => entry.id} />
      )}
    </Screen>
  )
}
