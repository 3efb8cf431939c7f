import { Fragment, useId } from 'react'
import classes from './bar-chart.module.css'

export interface Bar {
  readonly key: string | number
  /** Below the bar; empty for none. */
  readonly label: string
  /** What the bar says, as a sentence. */
  readonly title: string
  /** From the bottom up. */
  readonly parts: readonly BarPart[]
  /** Of the line over the bars, where there is one; null: nothing on that day. */
  readonly lineAt?: number | null
}

export interface BarPart {
  readonly value: number
  readonly colour: string
  /** Told from the others without its colour, too. */
  readonly striped?: boolean
}

interface BarChartProps {
  readonly label: string
  readonly bars: readonly Bar[]
  readonly formatValue: (value: number) => string
  /** How the values of `lineAt` are written on a scale of their own, to the right. */
  readonly formatLine?: (value: number) => string
}

const STEP = 10
const WIDTH = 7
const HEIGHT = 100
/** Something that is there can be seen, however small it is beside the largest. */
const LEAST = 1.5

/** Bars of stacked parts over a common ground line; every bar has a title, and the whole a name. */
export function BarChart({ label, bars, formatValue, formatLine }: BarChartProps) {
  const stripes = useId()
  const lineTop = niceAbove(Math.max(...bars.map(({ lineAt }) => lineAt ?? 0), 1))
  const points = bars.flatMap(({ lineAt }, index) =>
    typeof lineAt === 'number' ? [{ x: (index + 0.5) * STEP, y: HEIGHT * (1 - lineAt / lineTop) }] : [],
  )
  const highest = niceAbove(Math.max(...bars.map(totalOf), 1))
  return (
    <figure className={classes.figure} aria-label={label}>
      <div className={classes.scale} aria-hidden>
        <span>{formatValue(highest)}</span>
        <span>{formatValue(highest / 2)}</span>
        <span>0</span>
      </div>
      <div className={classes.plot}>
        <svg viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" className={classes.bars} role="list">
          <defs>
            <pattern id={stripes} width={4} height={5} patternUnits="userSpaceOnUse">
              <rect width={4} height={2} className={classes.stripe} />
            </pattern>
          </defs>
          {[0, HEIGHT / 2].map((y) => (
            <line key={y} x1={0} x2={bars.length * STEP} y1={y} y2={y} className={classes.line} />
          ))}
          {bars.map((bar, index) => (
            <g key={bar.key} role="listitem" aria-label={bar.title} className={classes.bar}>
              <title>{bar.title}</title>
              <rect x={index * STEP} y={0} width={STEP} height={HEIGHT} className={classes.reach} />
              {rectsOf(bar, highest).map(({ y, height, colour, striped }) => {
                const place = { x: index * STEP + (STEP - WIDTH) / 2, y, width: WIDTH, height }
                return (
                  <Fragment key={colour}>
                    <rect {...place} fill={colour} />
                    {striped && <rect {...place} fill={`url(#${stripes})`} />}
                  </Fragment>
                )
              })}
            </g>
          ))}
          {formatLine && (
            <g aria-hidden>
              <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} className={classes.over} />
              <path d={points.map(({ x, y }) => `M${x} ${y}h0`).join('')} className={classes.dots} />
            </g>
          )}
        </svg>
        <div className={classes.labels} style={{ gridTemplateColumns: `repeat(${bars.length}, minmax(0, 1fr))` }} aria-hidden>
          {bars.map((bar) => (
            <span key={bar.key}>{bar.label}</span>
          ))}
        </div>
      </div>
      {formatLine && points.length > 0 && (
        <div className={classes.scale} data-side="right" aria-hidden>
          <span>{formatLine(lineTop)}</span>
          <span>{formatLine(lineTop / 2)}</span>
          <span>0</span>
        </div>
      )}
    </figure>
  )
}

function totalOf(bar: Bar): number {
  return bar.parts.reduce((sum, part) => sum + part.value, 0)
}

function rectsOf(bar: Bar, highest: number): { y: number; height: number; colour: string; striped: boolean }[] {
  let y = HEIGHT
  return bar.parts
    .filter((part) => part.value > 0)
    .map(({ value, colour, striped = false }) => {
      const height = Math.max(LEAST, (value / highest) * HEIGHT)
      y -= height
      return { y, height, colour, striped }
    })
}

/** The next of 1, 2, 4, 10, 20, 40 … that is not below. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 4, 10].map((step) => step * power).find((step) => step >= value && step > 1) ?? 2
}
