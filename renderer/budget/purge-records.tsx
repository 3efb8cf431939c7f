import { Button, NativeSelect } from '@mantine/core'
import { IconChevronRight, IconX } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import type { LedgerFilter, PurgeRecord } from '#shared/budget.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { ExportMenu } from '#renderer/ui/export-menu.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatCount, formatMoney } from '#renderer/ui/format.ts'
import { PURGE_WORDS } from '#shared/state-words.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { monthWords } from './month-words.ts'
import { budgetQueries } from './queries.ts'
import { SOURCES } from './source-words.ts'
import classes from './budget.module.css'

/** More than this is not read by anyone. */
const ITEMS_SHOWN = 200

interface PurgeRecordsProps {
  readonly siteId: string
  readonly month: string | null
  readonly months: readonly string[]
  readonly filter: LedgerFilter | null
  /** What the filter is about, in words. */
  readonly filterSays: string
  readonly onFilter: (filter: LedgerFilter | null) => void
  readonly onMonth: (month: string | null) => void
}

/** Every invalidation on the account: when, what, who, why, and what it cost. */
export function PurgeRecords({ siteId, month, months, filter, filterSays, onFilter, onMonth }: PurgeRecordsProps) {
  const purges = useInfiniteQuery(budgetQueries.purges(siteId, month, filter))
  const [open, setOpen] = useState<string | null>(null)
  const rows = purges.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section aria-label="Purges on this account">
      <div className={classes.tableHead}>
        <h2>Purges</h2>
        <NativeSelect
          aria-label="Month"
          value={month ?? ''}
          onChange={(event) => onMonth(event.currentTarget.value || null)}
          data={[{ value: '', label: 'All months' }, ...months.map((value) => ({ value, label: monthWords(value) }))]}
        />
        {filter && (
          <Button size="compact-sm" variant="light" rightSection={<IconX size={13} aria-hidden />} onClick={() => onFilter(null)}>
            Only {filterSays}
          </Button>
        )}
        <span className={classes.export}>
          <ExportMenu
            what={filter === null ? 'All purges' : `Purges: ${filterSays}`}
            wish={{ list: 'purges', siteId, month, filter }}
          />
        </span>
      </div>
      {purges.isError && <FailureNote {...describeFailure(purges.error)} onTryAgain={() => void purges.refetch()} />}
      {purges.isPending && <LateSkeleton />}
      {purges.data && rows.length === 0 && (
        <EmptyNote title={month === null ? 'Nothing has been purged yet' : `Nothing was purged in ${monthWords(month)}`}>
          Every request to the edge is listed here with its items, who sent it, why, and what it cost.
        </EmptyNote>
      )}
      {rows.length > 0 && (
        <PlainTable
          label="Purges on this account"
          columns={columnsWith(open, setOpen)}
          rows={rows}
          rowKey={(row) => row.id}
          below={itemsOf(open)}
        />
      )}
      {purges.hasNextPage && (
        <Button variant="subtle" mt={8} loading={purges.isFetchingNextPage} onClick={() => void purges.fetchNextPage()}>
          Show more
        </Button>
      )}
    </section>
  )
}

/** The columns, with the items of one row open at most. */
function columnsWith(open: string | null, setOpen: (id: string | null) => void): PlainColumn<PurgeRecord>[] {
  return [
    { key: 'at', header: 'When', width: 108, cell: (row) => <TimeAgo atMs={row.atMs} /> },
    {
      key: 'items',
      header: 'Items',
      width: 120,
      cell: (row) => (
        <button
          type="button"
          className={classes.toggle}
          aria-expanded={open === row.id}
          onClick={() => setOpen(open === row.id ? null : row.id)}
        >
          <IconChevronRight size={13} aria-hidden />
          {countOf(row.itemCount, 'item')}
        </button>
      ),
    },
    ...columns,
  ]
}

function itemsOf(open: string | null) {
  return (row: PurgeRecord) => (row.id === open ? <Items purgeId={row.id} /> : null)
}

const columns: readonly PlainColumn<PurgeRecord>[] = [
  { key: 'by', header: 'Who', width: 176, cell: (row) => <Who row={row} /> },
  { key: 'why', header: 'Why', cell: (row) => <Why row={row} /> },
  { key: 'site', header: 'Site', width: 110, cell: (row) => <SiteOf row={row} /> },
  {
    key: 'state',
    header: 'State',
    width: 100,
    cell: (row) => (
      <span title={row.problem ?? undefined} className={row.state === 'refused' ? classes.refused : undefined}>
        {PURGE_WORDS[row.state]}
      </span>
    ),
  },
  { key: 'price', header: 'Price', width: 150, align: 'right', cell: (row) => priceWords(row) },
  { key: 'month', header: 'Month', width: 86, align: 'right', cell: (row) => row.month },
]

function Who({ row }: { readonly row: PurgeRecord }) {
  return (
    <span title={row.source === 'here' ? row.by : `${row.by}, as its reference says`}>
      {row.source !== 'here' && <i className={classes.dot} style={{ background: SOURCES[row.source].colour }} aria-hidden />}
      {row.by}
    </span>
  )
}

function SiteOf({ row }: { readonly row: PurgeRecord }) {
  if (row.siteName !== null) return row.siteName
  return <span className={classes.quiet}>{row.distributionId ?? 'removed'}</span>
}

function Why({ row }: { readonly row: PurgeRecord }) {
  if (row.source !== 'here')
    return <span className={classes.quiet}>{row.dated ? 'not known here' : 'not known here; the vendor told no date'}</span>
  if (row.plan === null) return <span className={classes.quiet}>its plan went with its site</span>
  return (
    <Link to={`/purges/${row.plan.id}`} title={row.plan.title}>
      {row.plan.title}
    </Link>
  )
}

/** "free", "$0.06, 12 of 40 charged", or that nothing has been counted. */
function priceWords({ state, chargedItems, microDollars, itemCount }: PurgeRecord): string {
  if (chargedItems === null || microDollars === null) return state === 'refused' ? 'nothing' : 'reserved'
  if (microDollars === 0) return 'free'
  const price = formatMoney(microDollars)
  return chargedItems === itemCount ? `${price}, charged` : `${price}, ${formatCount(chargedItems)} charged`
}

function Items({ purgeId }: { readonly purgeId: string }) {
  const items = useQuery(budgetQueries.items(purgeId))
  if (items.isError) return <FailureNote {...describeFailure(items.error)} onTryAgain={() => void items.refetch()} />
  if (!items.data) return <LateSkeleton rows={1} />
  const more = items.data.length - ITEMS_SHOWN
  return (
    <ul className={classes.items} aria-label="Items">
      {items.data.slice(0, ITEMS_SHOWN).map((item) => (
        <li key={item}>
          <code>{item}</code>
        </li>
      ))}
      {more > 0 && <li>and {formatCount(more)} more</li>}
    </ul>
  )
}
