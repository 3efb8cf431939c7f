import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Mark } from '#shared/tags.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useUndoMark } from './mutations.ts'
import { tagsQueries } from './queries.ts'
import classes from './tags-screen.module.css'

const columns: readonly PlainColumn<Mark>[] = [
  { key: 'target', header: 'Marked', width: 230, cell: (mark) => <code title={mark.target}>{mark.target}</code> },
  { key: 'what', header: 'What changed', cell: (mark) => <span title={mark.what}>{mark.what}</span> },
  { key: 'since', header: 'Since', width: 110, cell: (mark) => <TimeAgo atMs={mark.sinceMs} /> },
  { key: 'pages', header: 'Pages', width: 100, align: 'right', cell: (mark) => countOf(mark.pages, 'page') },
  { key: 'by', header: 'By', width: 120, cell: (mark) => mark.by },
  { key: 'undo', header: '', width: 150, align: 'right', cell: (mark) => <UndoMark mark={mark} /> },
]

/** The changes that were told, each of which can be taken back until visitors have it. */
export function MarksList({ siteId }: { readonly siteId: string }) {
  const marks = useQuery(tagsQueries.marks(siteId))
  // Most sites have none most of the time; the button above says what a mark is.
  if (!marks.isError && (marks.data ?? []).length === 0) return null
  return (
    <section aria-label="Marked as changed">
      <h2 className={classes.heading}>Marked as changed</h2>
      {marks.isError && <FailureNote {...describeFailure(marks.error)} onTryAgain={() => void marks.refetch()} />}
      {marks.data && <PlainTable label="Marks" columns={columns} rows={marks.data} rowKey={(mark) => mark.id} />}
    </section>
  )
}

function UndoMark({ mark }: { readonly mark: Mark }) {
  const { mayAct } = useAccess()
  const undo = useUndoMark()
  if (mark.undoneAtMs !== null)
    return (
      <span className={classes.quiet}>
        undone <TimeAgo atMs={mark.undoneAtMs} />
      </span>
    )
  if (mark.doneAtMs !== null)
    return (
      <span className={classes.quiet} title="Visitors have this change">
        done <TimeAgo atMs={mark.doneAtMs} />
      </span>
    )
  if (!mayAct) return null
  return (
    <Button size="compact-xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate({ markId: mark.id })}>
      Undo
    </Button>
  )
}
