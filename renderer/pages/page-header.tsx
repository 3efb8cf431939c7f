import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { Column } from '@tanstack/react-table'
import type { PageRow, PageSort } from '#shared/pages.ts'
import { IS_RIGHT, type pageFeatures, SORT_OF } from './page-columns.tsx'
import { ColumnGrip } from './column-grip.tsx'
import { isSelected, withRows, type PageSelection } from './page-selection.ts'
import classes from './page-table.module.css'

interface PageHeaderProps {
  readonly columns: readonly Column<typeof pageFeatures, PageRow>[]
  readonly template: string
  readonly minWidth: number
  readonly sort: PageSort
  readonly onSort: (by: PageSort['by']) => void
  readonly zones: boolean
  readonly rows: readonly PageRow[]
  readonly selection: PageSelection
  readonly onSelect: (selection: PageSelection) => void
  /** Null: back to its own width. */
  readonly onWidth: (id: string, widthPx: number | null) => void
}

export function PageHeader({
  columns,
  template,
  minWidth,
  sort,
  onSort,
  zones,
  rows,
  selection,
  onSelect,
  onWidth,
}: PageHeaderProps) {
  const shown = rows.filter((row) => isSelected(selection, row.id)).length
  const all = rows.length > 0 && shown === rows.length
  return (
    <div role="row" aria-rowindex={1} className={classes.header} style={{ gridTemplateColumns: template, minWidth }}>
      <div role="columnheader" className={classes.check}>
        <input
          type="checkbox"
          aria-label="Select all shown"
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = shown > 0 && !all
          }}
          onChange={() =>
            onSelect(
              withRows(
                selection,
                rows.map((row) => row.id),
                !all,
              ),
            )
          }
        />
      </div>
      {columns.map((column) => {
        const by = SORT_OF[column.id]
        const label = String(column.columnDef.header)
        const sorted = by !== undefined && sort.by === by
        return (
          <div
            key={column.id}
            role="columnheader"
            className={classes.heading}
            data-right={IS_RIGHT.has(column.id) || undefined}
            aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : by && 'none'}
          >
            {by === undefined ? label : <SortButton label={label} by={by} sort={sort} onSort={onSort} />}
            {column.id !== 'path' && <ColumnGrip id={column.id} label={label} onWidth={onWidth} />}
            {column.id === 'path' && zones && <SortButton label="Zone" by="zone" sort={sort} onSort={onSort} />}
          </div>
        )
      })}
    </div>
  )
}

interface SortButtonProps {
  readonly label: string
  readonly by: PageSort['by']
  readonly sort: PageSort
  readonly onSort: (by: PageSort['by']) => void
}

function SortButton({ label, by, sort, onSort }: SortButtonProps) {
  const Arrow = sort.descending ? IconArrowDown : IconArrowUp
  return (
    <button type="button" className={classes.sort} data-sorted={sort.by === by || undefined} onClick={() => onSort(by)}>
      {label}
      {sort.by === by && <Arrow size={13} aria-hidden />}
    </button>
  )
}
