import type { ReactNode } from 'react'
import classes from './stack-bar.module.css'

export interface StackPart {
  readonly key: string
  readonly value: number
  readonly colour: string
  /** What the part says, as a sentence. */
  readonly title: string
  /** Drawn lighter: it is not there yet, or not proven. */
  readonly pale?: boolean
}

interface StackBarProps {
  readonly label: string
  readonly parts: readonly StackPart[]
  /** What the whole width stands for; the sum of the parts when it is left out. */
  readonly whole?: number
  /** Where the parts may end, drawn below them. */
  readonly band?: { readonly from: number; readonly to: number; readonly title: string }
  /** Marks over the bar, at a value. */
  readonly marks?: readonly { readonly key: string; readonly at: number; readonly says: ReactNode; readonly above?: boolean }[]
}

/** Parts of a whole beside each other in one line; its numbers stand beside it in words. */
export function StackBar({ label, parts, whole, band, marks = [] }: StackBarProps) {
  const all = Math.max(whole ?? parts.reduce((sum, part) => sum + part.value, 0), 1)
  return (
    <div className={classes.box}>
      <div className={classes.track} role="img" aria-label={label}>
        {parts
          .filter((part) => part.value > 0)
          .map((part) => (
            <span
              key={part.key}
              className={classes.part}
              data-pale={part.pale || undefined}
              title={part.title}
              style={{ width: `${(part.value / all) * 100}%`, color: part.colour }}
            />
          ))}
      </div>
      {band && (
        <span
          className={classes.band}
          title={band.title}
          style={{ left: `${(band.from / all) * 100}%`, width: `${((band.to - band.from) / all) * 100}%` }}
        />
      )}
      {marks.map((mark) => (
        <span
          key={mark.key}
          className={classes.mark}
          data-above={mark.above || undefined}
          data-late={mark.at / all > 0.5 || undefined}
          style={{ left: `${Math.min(100, (mark.at / all) * 100)}%` }}
        >
          <span>{mark.says}</span>
        </span>
      ))}
    </div>
  )
}
