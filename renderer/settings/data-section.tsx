import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DataView } from '#shared/upkeep.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatBytes, formatCount } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { TimeAgo, TimeUntil } from '#renderer/ui/time-text.tsx'
import { BundleDialog } from './bundle-dialog.tsx'
import { useBackUp, useOpenLogs, useSaveLog } from './mutations.ts'
import { upkeepQueries } from './queries.ts'
import { ScrollBox } from './scroll-box.tsx'
import classes from './settings.module.css'

/** Where everything lies, its copies, and what helps when help is asked for. */
export function DataSection() {
  const view = useQuery(upkeepQueries.get())
  const [bundle, setBundle] = useState(false)
  const openLogs = useOpenLogs()
  const saveLog = useSaveLog()
  if (view.isError) return <FailureNote {...describeFailure(view.error)} onTryAgain={() => void view.refetch()} />
  if (!view.data) return <LateSkeleton />
  const { dataFolder, logFolder, opensFolders, vault, databaseBytes, tables } = view.data
  return (
    <>
      <section className={classes.card} aria-label="Data">
        <h2>Data</h2>
        <FactList
          facts={{
            Folder: <span className={classes.path}>{dataFolder}</span>,
            Database: formatBytes(databaseBytes),
            Secrets: vault,
          }}
        />
        <Disclosure label={`${countOf(tables.length, 'table')} by size`}>
          <ScrollBox label="Tables">
            <PlainTable label="Tables of the database" columns={TABLE_COLUMNS} rows={tables} rowKey={({ name }) => name} />
          </ScrollBox>
        </Disclosure>
      </section>
      <Backups {...view.data} />
      <section className={classes.card} aria-label="Log">
        <h2>Log</h2>
        <FactList facts={{ Folder: <span className={classes.path}>{logFolder}</span> }} />
        <p className={classes.quiet}>Five files of at most 10 MB each, without secrets.</p>
        <div className={classes.buttons}>
          {opensFolders && (
            <Button variant="default" loading={openLogs.isPending} onClick={() => openLogs.mutate(undefined)}>
              Open logs
            </Button>
          )}
          <Button variant="default" loading={saveLog.isPending} onClick={() => saveLog.mutate(undefined)}>
            Save the log…
          </Button>
          <Button variant="default" onClick={() => setBundle(true)}>
            Diagnostics bundle…
          </Button>
        </div>
      </section>
      {bundle && <BundleDialog onClose={() => setBundle(false)} />}
    </>
  )
}

function Backups({ backups, nextBackupAtMs }: DataView) {
  const [last] = backups
  const backUp = useBackUp()
  return (
    <section className={classes.card} aria-label="Backups">
      <h2>Backups</h2>
      <p className={classes.quiet}>
        Once a day while Frostline runs, and before an update changes the database; seven of each stay. When the database is
        damaged, the newest sound one takes its place at the next start.
      </p>
      <p>
        {last === undefined ? (
          'None yet. '
        ) : (
          <>
            The last was made <TimeAgo atMs={last.atMs} /> {WHYS[last.why].sentence}.{' '}
          </>
        )}
        {last === undefined ? 'The first' : 'The next'} is made by itself <TimeUntil atMs={nextBackupAtMs} />.
      </p>
      {last && <PlainTable label="Backups" columns={BACKUP_COLUMNS} rows={backups} rowKey={({ name }) => name} />}
      <div className={classes.buttons}>
        <Button variant="default" loading={backUp.isPending} onClick={() => backUp.mutate(undefined)}>
          Back up now
        </Button>
      </div>
    </section>
  )
}

const WHYS = {
  daily: { cell: 'daily', sentence: 'by itself' },
  'by-hand': { cell: 'by hand', sentence: 'by hand' },
  'before-update': { cell: 'before an update', sentence: 'before an update changed the database' },
} as const

const BACKUP_COLUMNS: readonly PlainColumn<DataView['backups'][number]>[] = [
  { key: 'at', header: 'Taken', width: 120, cell: ({ atMs }) => <TimeAgo atMs={atMs} /> },
  { key: 'why', header: 'Why', width: 130, cell: ({ why }) => WHYS[why].cell },
  { key: 'name', header: 'File', cell: ({ name }) => <span className={classes.path}>{name}</span> },
  { key: 'bytes', header: 'Size', width: 90, align: 'right', cell: ({ bytes }) => formatBytes(bytes) },
]

const TABLE_COLUMNS: readonly PlainColumn<DataView['tables'][number]>[] = [
  { key: 'name', header: 'Table', cell: ({ name }) => <span className={classes.path}>{name}</span> },
  { key: 'rows', header: 'Rows', width: 110, align: 'right', cell: ({ rows }) => formatCount(rows) },
  { key: 'bytes', header: 'Size', width: 110, align: 'right', cell: ({ bytes }) => formatBytes(bytes) },
]
