import type { PointerEvent } from 'react'
import classes from './page-table.module.css'

interface ColumnGripProps {
  readonly id: string
  readonly label: string
  /** Null: back to its own width. */
  readonly onWidth: (id: string, widthPx: number | null) => void
}

const NARROWEST = 56
const WIDEST = 800
const KEY_STEP = 16

const limited = (width: number) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))

/** The left edge of a column's heading: drawn, or moved by the arrow keys, it makes the column wider or narrower. */
export function ColumnGrip({ id, label, onWidth }: ColumnGripProps) {
  const widthOf = (grip: HTMLElement) => grip.parentElement?.getBoundingClientRect().width ?? NARROWEST
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const { right } = event.currentTarget.parentElement?.getBoundingClientRect() ?? { right: event.clientX }
    onWidth(id, limited(right - event.clientX))
  }
  return (
    <button
      type="button"
      className={classes.grip}
      aria-label={`Width of ${label}`}
      title="Drag, or use the arrow keys; double-click for its own width"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onDoubleClick={() => onWidth(id, null)}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowLeft' ? KEY_STEP : event.key === 'ArrowRight' ? -KEY_STEP : 0
        if (step === 0) return
        event.preventDefault()
        event.stopPropagation()
        onWidth(id, limited(widthOf(event.currentTarget) + step))
      }}
    />
  )
}
