import type { Plan, PurgeWay } from '#shared/plans.ts'
import { countOf } from '#renderer/ui/format.ts'
import classes from './plan-ways.module.css'

interface TradeOffCurveProps {
  readonly curve: Plan['purge']['curve']
  readonly ways: Plan['purge']['ways']
  readonly chosen: PurgeWay
}

const WIDTH = 190
const HEIGHT = 78
const EDGE = 6

/** Items against other pages that go cold, both by their order of magnitude; a curve of one point says nothing. */
export function TradeOffCurve({ curve, ways, chosen }: TradeOffCurveProps) {
  const points = curve
  const first = curve.at(0)
  const last = ways.toSorted((a, b) => a.items - b.items).at(-1)
  if (curve.length < 2 || !first || !last) return null
  const scale = (value: number, most: number) => (most <= 0 ? 0 : Math.log1p(value) / Math.log1p(most))
  const coldest = Math.max(...[...points, ...ways].map(({ alsoCold }) => alsoCold))
  const x = (items: number) => EDGE + scale(items - first.items, last.items - first.items) * (WIDTH - 2 * EDGE)
  const y = (cold: number) => HEIGHT - EDGE - scale(cold, coldest) * (HEIGHT - 2 * EDGE)
  const lineOf = (some: typeof points) => some.map(({ items, alsoCold }) => `${x(items)},${y(alsoCold)}`).join(' ')
  // Beyond it only the best way for some price of an item is known.
  const exactUpTo = points.findLastIndex(({ exact }) => exact)
  const hull = exactUpTo < points.length - 1 ? points.slice(Math.max(0, exactUpTo)) : []
  const says = `From ${countOf(first.items, 'item')} with ${countOf(first.alsoCold, 'cold page')} to ${countOf(last.items, 'item')} with ${countOf(last.alsoCold, 'cold page')}`
  return (
    <figure className={classes.curve} style={{ margin: 0 }}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={says}>
        <polyline points={lineOf(points.slice(0, exactUpTo + 1))} fill="none" stroke="var(--fl-blue-grey)" strokeWidth={1.5} />
        <polyline points={lineOf(hull)} fill="none" stroke="var(--fl-blue-grey)" strokeWidth={1.5} strokeDasharray="2 3" />
        {ways.map(({ by, items, alsoCold }) => (
          <circle
            key={by}
            cx={x(items)}
            cy={y(alsoCold)}
            r={by === chosen ? 5 : 3.5}
            fill={by === chosen ? 'var(--fl-accent)' : 'var(--fl-surface)'}
            stroke="var(--fl-accent)"
          />
        ))}
      </svg>
      <p className={classes.caption}>
        few items, more cold → many, fewer cold{hull.length > 0 && '; dashed: the best for each price only'}
      </p>
    </figure>
  )
}
