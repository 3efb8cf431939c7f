import type { ToldVisit } from '#shared/hooks.ts'
import { formatCount } from '#renderer/ui/format.ts'
import { PathList, PathText } from '#renderer/ui/path-text.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { StateMark } from './state-mark.tsx'

const IGNORED: Readonly<Record<NonNullable<ToldVisit['ignored']>, string>> = {
  'unknown-page': 'Ignored: no page is known there',
  'foreign-site': 'Ignored: this host is no zone of the site',
}

const columns: readonly PlainColumn<ToldVisit>[] = [
  { key: 'at', header: 'When', width: 110, cell: ({ atMs }) => <TimeAgo atMs={atMs} /> },
  {
    key: 'page',
    header: 'Page',
    cell: ({ host, path }) => (
      <>
        {host}
        <PathText path={path} host={host} />
      </>
    ),
  },
  { key: 'visits', header: 'Visits', width: 90, align: 'right', cell: ({ visits }) => formatCount(visits) },
  { key: 'taken', header: 'Taken', width: 300, cell: (visit) => <Taken {...visit} /> },
]

function Taken({ ignored }: ToldVisit) {
  if (ignored === null) return <StateMark look="ok">Taken</StateMark>
  return <StateMark look="none">{IGNORED[ignored]}</StateMark>
}

/** Which pages told of visits lately, and what became of it. */
export function VisitsTable({ visits }: { readonly visits: readonly ToldVisit[] }) {
  if (visits.length === 0) return null
  return (
    <PathList rows={visits}>
      <PlainTable label="Visits" columns={columns} rows={visits} rowKey={({ host, path }) => `${host}${path}`} />
    </PathList>
  )
}
