import classes from './bar-chart.module.css'

export interface Bar {
  readonly key: string | number
  /** Below the bar; empty for none. */
  readonly label: string
  /** What the bar says, as a sentence. */
  readonly title: string
  /** From the bottom up. */
  readonly parts: readonly { readonly value: number; readonly colour: string }[]
}

interface BarChartProps {
  readonly label: string
  readonly bars: readonly Bar[]
  readonly formatValue: (value: number) => string
}

const STEP = 10
const WIDTH = 7
const HEIGHT = 100
/** Something that is there can be seen, however small it is beside the largest. */
const LEAST = 1.5

/** Bars of stacked parts over a common ground line; every bar has a title, and the whole a name. */
export function BarChart({ label, bars, formatValue }: BarChartProps) {
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
          {[0, HEIGHT / 2].map((y) => (
            <line key={y} x1={0} x2={bars.length * STEP} y1={y} y2={y} className={classes.line} />
          ))}
          {bars.map((bar, index) => (
            <g key={bar.key} role="listitem" aria-label={bar.title} className={classes.bar}>
              <title>{bar.title}</title>
              <rect x={index * STEP} y={0} width={STEP} height={HEIGHT} className={classes.reach} />
              {rectsOf(bar, highest).map(({ y, height, colour }) => (
                <rect key={colour} x={index * STEP + (STEP - WIDTH) / 2} y={y} width={WIDTH} height={height} fill={colour} />
              ))}
            </g>
          ))}
        </svg>
        <div className={classes.labels} style={{ gridTemplateColumns: `repeat(${bars.length}, minmax(0, 1fr))` }} aria-hidden>
          {bars.map((bar) => (
            <span key={bar.key}>{bar.label}</span>
          ))}
        </div>
      </div>
    </figure>
  )
}

function totalOf(bar: Bar): number {
  return bar.parts.reduce((sum, part) => sum + part.value, 0)
}

function rectsOf(bar: Bar, highest: number): { y: number; height: number; colour: string }[] {
  let y = HEIGHT
  return bar.parts
    .filter((part) => part.value > 0)
    .map(({ value, colour }) => {
      const height = Math.max(LEAST, (value / highest) * HEIGHT)
      y -= height
      return { y, height, colour }
    })
}

/** The next of 1, 2, 4, 10, 20, 40 … that is not below. */
function niceAbove(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 4, 10].map((step) => step * power).find((step) => step >= value && step > 1) ?? 2
}
