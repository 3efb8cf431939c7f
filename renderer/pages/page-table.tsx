import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import type { PageRow, PageSort } from '#shared/pages.ts'
import { columnTrack, pageColumns, pageFeatures, visibleColumns } from './page-columns.tsx'
import { PageHeader } from './page-header.tsx'
import { PageRowLine, rowId } from './page-row-line.tsx'
import { isSelected, type PageSelection } from './page-selection.ts'
import { usePageKeys } from './use-page-keys.ts'
import classes from './page-table.module.css'

const ROW_PX = 32

interface PageTableProps {
  readonly rows: readonly PageRow[]
  readonly matching: number
  readonly hosts: ReadonlyMap<number, string>
  readonly sort: PageSort
  readonly onSort: (by: PageSort['by']) => void
  readonly selection: PageSelection
  readonly onSelect: (selection: PageSelection) => void
  readonly openPageId: number | null
  readonly onOpen: (pageId: number) => void
  /** The first and the last row that are drawn. */
  readonly onSight: (first: number, last: number) => void
}

/** Every page of the filter as one long table, of which only what is in sight is drawn. */
export function PageTable({
  rows,
  matching,
  hosts,
  sort,
  onSort,
  selection,
  onSelect,
  openPageId,
  onOpen,
  onSight,
}: PageTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const size = useElementSize()
  const ref = useMergedRef(scroller, size.ref)
  const columnVisibility = useMemo(() => visibleColumns(size.width), [size.width])
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({
    features: pageFeatures,
    columns: pageColumns,
    data,
    state: { columnVisibility },
    getRowId: (row) => String(row.id),
  })
  const lines = table.getRowModel().rows
  const template = useMemo(
    () => ['36px', ...table.getVisibleLeafColumns().map((column) => columnTrack(column.id, column.getSize()))].join(' '),
    // The visible columns follow from the width alone.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [columnVisibility],
  )
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollPaddingStart: ROW_PX,
  })
  const keys = usePageKeys({ rows, selection, onSelect, onOpen, scrollTo: (index) => virtualizer.scrollToIndex(index) })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    onSight(first, last)
  }, [first, last, onSight])

  const activeRow = keys.active === null ? undefined : rows[keys.active]
  return (
    <div
      ref={ref}
      className={classes.scroller}
      role="grid"
      aria-label="Pages"
      aria-multiselectable
      aria-rowcount={matching + 1}
      aria-colcount={template.split(' ').length}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      aria-activedescendant={activeRow && items.some((item) => item.index === keys.active) ? rowId(activeRow.id) : undefined}
    >
      <PageHeader
        columns={table.getVisibleLeafColumns()}
        template={template}
        sort={sort}
        onSort={onSort}
        zones={hosts.size > 1}
        rows={rows}
        selection={selection}
        onSelect={onSelect}
      />
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index]
          if (!line) return null
          const row = line.original
          return (
            <PageRowLine
              key={line.id}
              row={row}
              cells={line.getVisibleCells()}
              host={hosts.get(row.zoneId)}
              index={item.index}
              top={item.start}
              template={template}
              selected={isSelected(selection, row.id)}
              active={keys.active === item.index}
              open={openPageId === row.id}
              acts={keys.acts}
            />
          )
        })}
      </div>
    </div>
  )
}
