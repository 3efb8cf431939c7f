import { Button, UnstyledButton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ItemPage, PlanItem } from '#shared/plan-items.ts'
import type { Plan } from '#shared/plans.ts'
import { PathList, PathText } from '#renderer/ui/path-text.tsx'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { estimateWords, itemPriceWords, riskWords } from './plan-words.ts'
import { plansQueries } from './queries.ts'
import classes from './plan-items.module.css'

const KIND_WORDS: Record<PlanItem['kind'], string> = { path: 'one path', prefix: 'everything below', tag: 'tag' }
/** A plan may have thousands of items; more than this is not read by anyone. */
const ITEMS_SHOWN = 500

/** What is sent, item by item: why it is there, what it costs, and behind each the pages that it reaches. */
export function PlanItems({ plan: { id, purge } }: { readonly plan: Plan }) {
  const [openItem, setOpenItem] = useState<string | null>(null)
  const toggle = (item: PlanItem) => setOpenItem((open) => (open === item.item ? null : item.item))
  return (
    <>
      <PlainTable
        label="Items"
        columns={columnsOf(purge, openItem, toggle)}
        rows={failedFirst(purge.items).slice(0, ITEMS_SHOWN)}
        rowKey={(item) => item.item}
        onOpen={toggle}
        isOpen={(item) => item.item === openItem}
        below={detailOf(id, openItem)}
      />
      {purge.itemCount > ITEMS_SHOWN && <p className={classes.quiet}>and {formatCount(purge.itemCount - ITEMS_SHOWN)} more</p>}
    </>
  )
}

/** Of thousands of items those that purged nothing must be seen. */
function failedFirst(items: readonly PlanItem[]): readonly PlanItem[] {
  const failed = items.filter(({ verdict }) => verdict?.ok === false)
  return failed.length === 0 ? items : [...failed, ...items.filter(({ verdict }) => verdict?.ok !== false)]
}

const REFILL: PlainColumn<PlanItem> = {
  key: 'refill',
  header: 'Refill',
  width: 90,
  align: 'right',
  cell: (item) => (item.refillMicroDollars === 0 ? 'none' : estimateWords(item.refillMicroDollars)),
}

/** After the check: what each item did, as far as it was looked at. */
const VERDICT: PlainColumn<PlanItem> = {
  key: 'verdict',
  header: 'Seen by the check',
  width: 250,
  cell: ({ verdict }) =>
    verdict === undefined ? (
      <span className={classes.quiet}>none of its pages was checked</span>
    ) : (
      <span className={verdict.ok ? undefined : classes.risk} title={verdict.says}>
        {verdict.says}
      </span>
    ),
}

function columnsOf(purge: Plan['purge'], open: string | null, toggle: (item: PlanItem) => void): PlainColumn<PlanItem>[] {
  const placeOf = new Map(purge.items.map((item, at) => [item.item, at]))
  return [
    {
      key: 'item',
      header: 'Item',
      cell: (item) => <ItemButton item={item.item} open={item.item === open} onToggle={() => toggle(item)} />,
    },
    { key: 'kind', header: 'Kind', width: 136, cell: (item) => KIND_WORDS[item.kind] },
    { key: 'pages', header: 'Pages', width: 90, align: 'right', cell: (item) => countOf(item.pages, 'page') },
    {
      key: 'cold',
      header: 'Also cold',
      width: 120,
      align: 'right',
      cell: (item) => (item.alsoCold === 0 ? 'none' : countOf(item.alsoCold, 'other page')),
    },
    purge.items.some(({ verdict }) => verdict !== undefined) ? VERDICT : REFILL,
    {
      key: 'price',
      header: 'Costs',
      width: 80,
      align: 'right',
      cell: (item) => itemPriceWords(purge, placeOf.get(item.item) ?? 0),
    },
  ]
}

const detailOf = (planId: string, open: string | null) => (item: PlanItem) =>
  item.item === open ? <ItemDetail planId={planId} item={item} /> : null

interface ItemButtonProps {
  readonly item: string
  readonly open: boolean
  readonly onToggle: () => void
}

function ItemButton({ item, open, onToggle }: ItemButtonProps) {
  return (
    <UnstyledButton
      className={classes.item}
      aria-expanded={open}
      title={item}
      onClick={(event) => {
        // The row opens it too.
        event.stopPropagation()
        onToggle()
      }}
    >
      <span aria-hidden className={classes.mark}>
        {open ? '▾' : '▸'}
      </span>
      <code>{item}</code>
    </UnstyledButton>
  )
}

function ItemDetail({ planId, item }: { readonly planId: string; readonly item: PlanItem }) {
  const risk = riskWords(item)
  return (
    <div className={classes.detail}>
      {item.why !== '' && <p>{item.why}</p>}
      {risk !== '' && <p className={classes.risk}>{risk}</p>}
      <ItemPages planId={planId} item={item} />
    </div>
  )
}

/** The pages as they stand now, those that must go and those that go cold with them. */
function ItemPages({ planId, item }: { readonly planId: string; readonly item: PlanItem }) {
  const pages = useInfiniteQuery(plansQueries.itemPages(planId, item.item))
  if (pages.isError) return <FailureNote {...describeFailure(pages.error)} onTryAgain={() => void pages.refetch()} />
  if (!pages.data) return <LateSkeleton />
  const rows = pages.data.pages.flatMap((part) => part.rows)
  if (rows.length === 0 && !pages.hasNextPage)
    return <p className={classes.quiet}>No page of the list: it was asked for by its path.</p>
  return (
    <>
      <PathList rows={rows}>
        <ul className={classes.pages} aria-label={`Pages that ${item.item} reaches`}>
          {rows.map((row) => (
            <li key={row.pageId} data-wanted={row.wanted || undefined}>
              <code>
                <PathText path={row.path} host={row.zoneHost} />
              </code>
              <span>
                {row.zoneHost}
                {row.siteName !== null && ` (site ${row.siteName})`}
              </span>
              <span>{fateOf(row)}</span>
            </li>
          ))}
        </ul>
      </PathList>
      {pages.hasNextPage && (
        <Button variant="subtle" size="compact-sm" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </>
  )
}

function fateOf({ wanted, held }: ItemPage): string {
  if (wanted) return 'must go'
  return held ? 'goes cold with it' : 'not at the edge'
}
