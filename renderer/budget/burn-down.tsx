import type { BudgetDay, Budget } from '#shared/budget.ts'
import type { Forecast } from '#shared/budget-forecast.ts'
import { ChartTable, type ChartColumn } from '#renderer/ui/chart-table.tsx'
import { formatCount } from '#renderer/ui/format.ts'
import { burnDown, type BurnPoint } from './burn-points.ts'
import { bandWords } from './forecast-words.ts'
import budgetClasses from './budget.module.css'
import classes from './burn-down.module.css'

interface BurnDownProps {
  readonly budget: Budget
  readonly days: readonly BudgetDay[]
  readonly forecast: Forecast | null
  /** Of the month, from 1; null when the month is over. */
  readonly today: number | null
}

const HEIGHT = 100
const LABELLED_EVERY = 5

const number = (value: number | null) => (value === null ? '' : formatCount(value))
const columns: readonly ChartColumn<BurnPoint>[] = [
  { key: 'day', header: 'Day (UTC)', width: 100, cell: ({ day }) => String(day), value: ({ day }) => day },
  { key: 'left', header: 'Free ones left', align: 'right', cell: ({ left }) => number(left), value: ({ left }) => left },
  {
    key: 'expected',
    header: 'Expected',
    align: 'right',
    cell: ({ expected }) => number(expected),
    value: ({ expected }) => expected,
  },
  {
    key: 'least',
    header: 'At least',
    align: 'right',
    cell: ({ band }) => number(band && band[0]),
    value: ({ band }) => band && band[0],
  },
  {
    key: 'most',
    header: 'At most',
    align: 'right',
    cell: ({ band }) => number(band && band[1]),
    value: ({ band }) => band && band[1],
  },
]

/** How the free items of the month run out, day by day, and how they may until its end. Below zero they cost. */
export function BurnDown({ budget, days, forecast, today }: BurnDownProps) {
  const points = burnDown(budget, days, forecast, today)
  const values = points.flatMap(({ left, band }) => [left ?? 0, ...(band ?? [])])
  const top = Math.max(budget.allowance, 1)
  const bottom = Math.min(0, ...values)
  const y = (value: number) => ((top - value) / (top - bottom)) * HEIGHT
  const x = (day: number) => (day / days.length) * HEIGHT
  const line = (of: (point: BurnPoint) => number | null) =>
    points.flatMap((point) => {
      const value = of(point)
      return value === null ? [] : [`${x(point.day)},${y(value)}`]
    })
  const upper = line(({ band }) => band && band[1])
  const lower = line(({ band }) => band && band[0])
  return (
    <section className={budgetClasses.card} aria-label="Free items left">
      <h2>Free items left</h2>
      <figure className={classes.figure} aria-label="Free items left by day, with the forecast">
        <div className={classes.scale} aria-hidden>
          <span style={{ top: `${y(top)}%` }}>{formatCount(top)}</span>
          <span style={{ top: `${y(0)}%` }}>0</span>
          {y(0) < 85 && <span style={{ top: '100%' }}>{formatCount(bottom)}</span>}
        </div>
        <svg viewBox={`0 0 ${HEIGHT} ${HEIGHT}`} preserveAspectRatio="none" className={classes.plot} aria-hidden>
          <line x1={0} x2={HEIGHT} y1={y(0)} y2={y(0)} className={classes.zero} />
          <polygon points={[...upper, ...lower.reverse()].join(' ')} className={classes.band} />
          <polyline points={line(({ expected }) => expected).join(' ')} className={classes.expected} />
          <polyline points={line(({ left }) => left).join(' ')} className={classes.left} />
        </svg>
        <div className={classes.labels} aria-hidden>
          {days.map(({ day }) => (
            <span key={day}>{day === 1 || day % LABELLED_EVERY === 0 ? day : ''}</span>
          ))}
        </div>
      </figure>
      <div className={budgetClasses.legend}>
        <span>
          <i style={{ background: 'var(--fl-accent)' }} aria-hidden /> left
        </span>
        {upper.length > 0 && (
          <span>
            <i style={{ background: 'color-mix(in srgb, var(--fl-accent) 28%, transparent)' }} aria-hidden /> where it may go,
            four times in five
          </span>
        )}
        {forecast?.kind === 'early' && <span>{bandWords(forecast)}</span>}
      </div>
      <ChartTable
        label="Free items left by day"
        fileName="free-items-left"
        columns={columns}
        rows={points}
        rowKey={({ day }) => day}
      />
    </section>
  )
}
