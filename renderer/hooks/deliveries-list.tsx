import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import type { Delivery } from '#shared/hooks.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { ExportMenu } from '#renderer/ui/export-menu.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { costOf, DeliveryMark, didOf, whatOf } from './delivery-words.tsx'
import { hooksQueries } from './queries.ts'
import classes from './hooks.module.css'

const columns: readonly PlainColumn<Delivery>[] = [
  { key: 'state', header: 'Verdict', width: 148, cell: (delivery) => <DeliveryMark delivery={delivery} /> },
  { key: 'at', header: 'When', width: 108, cell: ({ atMs }) => <TimeAgo atMs={atMs} /> },
  { key: 'source', header: 'Source', width: 150, cell: (delivery) => <From delivery={delivery} /> },
  { key: 'what', header: 'What', width: 220, cell: (delivery) => <What delivery={delivery} /> },
  { key: 'did', header: 'What followed', cell: (delivery) => <span title={didOf(delivery)}>{didOf(delivery)}</span> },
  { key: 'cost', header: 'Cost', width: 120, align: 'right', cell: ({ work }) => costOf(work) },
]

/** Who told of it, and whether that was only when asked. */
function From({ delivery: { sourceName, changedAtMs } }: { readonly delivery: Delivery }) {
  if (changedAtMs === null) return sourceName
  return (
    <span title="Nobody delivered this: it was found by asking what has changed">
      {sourceName} <span className={classes.quiet}>asked</span>
    </span>
  )
}

/** Opens the delivery by keyboard, too; its content is not for everybody. */
function What({ delivery }: { readonly delivery: Delivery }) {
  const { mayAct } = useAccess()
  const text = whatOf(delivery) || 'not told'
  if (!mayAct) return <span title={text}>{text}</span>
  return (
    <Link
      to={`/hooks?delivery=${delivery.id}`}
      className={classes.what}
      title={text}
      onClick={(event) => event.stopPropagation()}
    >
      {text}
    </Link>
  )
}

/** What was delivered, the newest first. */
export function DeliveriesList({ siteId }: { readonly siteId: string }) {
  const { mayAct } = useAccess()
  const [search, setSearch] = useSearchParams()
  const list = useInfiniteQuery(hooksQueries.deliveries(siteId))
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const open = ({ id }: Delivery) =>
    setSearch((now) => {
      const next = new URLSearchParams(now)
      next.set('delivery', String(id))
      return next
    })
  return (
    <section className={classes.section} aria-label="Deliveries">
      <div className={classes.head}>
        <h2>Deliveries</h2>
        <ExportMenu wish={{ list: 'deliveries', siteId }} what="All deliveries that are kept" />
      </div>
      {list.isError && <FailureNote {...describeFailure(list.error)} onTryAgain={() => void list.refetch()} />}
      {list.data && rows.length === 0 && (
        <p className={classes.quiet}>
          Nothing was delivered yet. Publish something at the sender: it appears here at once, also when it is refused.
        </p>
      )}
      {rows.length > 0 && (
        <div className={classes.table}>
          <PlainTable
            label="Deliveries"
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={mayAct ? open : undefined}
            isOpen={({ id }) => String(id) === search.get('delivery')}
          />
        </div>
      )}
      {list.hasNextPage && (
        <div className={classes.more}>
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older ones
          </Button>
        </div>
      )}
    </section>
  )
}
