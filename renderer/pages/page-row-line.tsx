import type { Cell } from '@tanstack/react-table'
import { FlexRender } from '@tanstack/react-table'
import { memo, type MouseEvent } from 'react'
import type { PageRow } from '#shared/pages.ts'
import { freshnessLook } from '#renderer/ui/freshness-words.ts'
import { usePathName } from '#renderer/ui/path-text.tsx'
import type { pageFeatures } from './page-columns.tsx'
import classes from './page-table.module.css'

export interface RowActs {
  open(row: PageRow): void
  click(index: number, event: MouseEvent): void
  toggle(index: number, extend: boolean): void
}

interface PageRowLineProps {
  readonly row: PageRow
  readonly cells: readonly Cell<typeof pageFeatures, PageRow>[]
  readonly host: string | undefined
  readonly index: number
  readonly top: number
  readonly template: string
  /** The columns by name: others may be as wide as these. */
  readonly columns: string
  readonly selected: boolean
  readonly active: boolean
  readonly open: boolean
  readonly acts: RowActs
}

function Line({ row, cells, host, index, top, template, selected, active, open, acts }: PageRowLineProps) {
  const path = usePathName(row.path)
  const name = [path, host, freshnessLook(row.word, row.proven).says].filter(Boolean).join(' ')
  return (
    // The keys for this are those of the grid, which has the focus for all its rows.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      id={rowId(row.id)}
      aria-label={name}
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={classes.row}
      data-active={active || undefined}
      data-open={open || undefined}
      style={{ transform: `translateY(${top}px)`, gridTemplateColumns: template }}
      onClick={(event) => acts.click(index, event)}
    >
      <div role="gridcell" className={classes.check}>
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label={`Select ${path}`}
          readOnly
          onClick={(event) => {
            event.stopPropagation()
            acts.toggle(index, event.shiftKey)
          }}
        />
      </div>
      {cells.map((cell) => (
        <div key={cell.id} role="gridcell" className={classes.cell}>
          <FlexRender cell={cell} />
        </div>
      ))}
    </div>
  )
}

export function rowId(pageId: number): string {
  return `page-row-${pageId}`
}

/** A row is drawn again only when its page, place or marking has changed; clocks inside it tick by themselves. */
export const PageRowLine = memo(
  Line,
  (before, after) =>
    before.row === after.row &&
    before.index === after.index &&
    before.top === after.top &&
    before.template === after.template &&
    before.columns === after.columns &&
    before.selected === after.selected &&
    before.active === after.active &&
    before.open === after.open &&
    before.host === after.host &&
    before.acts === after.acts,
)
