import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { LedgerFilter } from '#shared/budget.ts'
import type { Spend, SpendBy } from '#shared/budget-account.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatMoney } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { monthWords } from './month-words.ts'
import { budgetQueries } from './queries.ts'
import { SOURCES } from './source-words.ts'
import classes from './spend-bars.module.css'

const WAYS: readonly { value: SpendBy; label: string }[] = [
  { value: 'person', label: 'Who' },
  { value: 'reason', label: 'Why' },
  { value: 'tag', label: 'Tag' },
  { value: 'site', label: 'Site' },
]
/** More than these are read in the exported table. */
const SHOWN = 8

interface SpendBarsProps {
  readonly siteId: string
  readonly month: string
  readonly by: SpendBy
  readonly filter: LedgerFilter | null
  readonly onBy: (by: SpendBy) => void
  readonly onFilter: (filter: LedgerFilter | null) => void
}

/** What a month's items were for; each bar filters the purges below. */
export function SpendBars({ siteId, month, by, filter, onBy, onFilter }: SpendBarsProps) {
  const spend = useQuery(budgetQueries.spend(siteId, month, by))
  const rows = spend.data ?? []
  const most = Math.max(1, ...rows.map(({ items }) => items))
  const chosen = (row: Spend) => filter?.by === by && filter.key === row.key
  return (
    <section className={classes.card} aria-label="What the items were for">
      <div className={classes.head}>
        <h2>{monthWords(month)}, by</h2>
        <SegmentedControl
          size="xs"
          aria-label="Sum up by"
          data={WAYS.map((way) => way)}
          value={by}
          onChange={(value) => onBy(WAYS.find((way) => way.value === value)?.value ?? 'person')}
        />
      </div>
      {spend.isError && <FailureNote {...describeFailure(spend.error)} onTryAgain={() => void spend.refetch()} />}
      {spend.isPending && <LateSkeleton rows={3} />}
      {spend.data && rows.length === 0 && <p className={classes.none}>Nothing was purged.</p>}
      <ul className={classes.list}>
        {rows.slice(0, SHOWN).map((row) => (
          <li key={row.key}>
            <button
              type="button"
              className={classes.row}
              aria-pressed={chosen(row)}
              title={`${row.label}: ${countOf(row.items, 'item')}, ${formatMoney(row.microDollars)}. Shows its purges below.`}
              onClick={() => onFilter(chosen(row) ? null : { by, key: row.key })}
            >
              <span className={classes.label}>{row.label}</span>
              <span className={classes.number}>
                {countOf(row.items, 'item')} · {formatMoney(row.microDollars)}
              </span>
              <span className={classes.track} aria-hidden>
                <span style={{ width: `${(row.items / most) * 100}%`, background: SOURCES[row.source].colour }} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && <p className={classes.none}>and {rows.length - SHOWN} more with fewer items</p>}
    </section>
  )
}
