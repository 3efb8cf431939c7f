import { useElementSize, useMergedRef } from '@mantine/hooks'
import { useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { PageColumn } from '#shared/page-views.ts'
import type { PageRow, PageSort } from '#shared/pages.ts'
import { useRowPx } from '#renderer/lib/appearance.ts'
import { rememberedWidths, rememberWidths, USUAL_COLUMNS } from './column-choice.ts'
import { PathList } from '#renderer/ui/path-text.tsx'
import type { Target } from '#renderer/lib/acts.ts'
import { columnTrack, pageColumns, pageFeatures, visibleColumns } from './page-columns.tsx'
import { PageHeader } from './page-header.tsx'
import { PageRowLine, rowId } from './page-row-line.tsx'
import { isSelected, type PageSelection } from './page-selection.ts'
import { usePageKeys } from './use-page-keys.ts'
import { useRowShortcuts } from './use-row-shortcuts.ts'
import classes from './page-table.module.css'

/** The column of the boxes that select a row. */
const BOX_PX = 36

interface PageTableProps {
  readonly rows: readonly PageRow[]
  readonly matching: number
  readonly hosts: ReadonlyMap<number, string>
  readonly sort: PageSort
  readonly onSort: (by: PageSort['by']) => void
  /** Null: the usual ones, as far as there is room. */
  readonly columns: readonly PageColumn[] | null
  readonly selection: PageSelection
  readonly onSelect: (selection: PageSelection) => void
  /** What is selected. */
  readonly target: Target
  readonly openPageId: number | null
  readonly onOpen: (pageId: number) => void
  /** The first and the last row that are drawn. */
  readonly onSight: (first: number, last: number) => void
  /** The pages that are drawn now. */
  readonly onShown: (pageIds: readonly number[]) => void
}

/** Every page of the filter as one long table, of which only what is in sight is drawn. */
export function PageTable({
  rows,
  matching,
  hosts,
  sort,
  onSort,
  columns,
  selection,
  onSelect,
  target,
  openPageId,
  onOpen,
  onSight,
  onShown,
}: PageTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const size = useElementSize()
  const ref = useMergedRef(scroller, size.ref)
  const rowPx = useRowPx()
  const [widths, setWidths] = useState(rememberedWidths)
  const columnVisibility = useMemo(() => (columns === null ? visibleColumns(size.width) : {}), [columns, size.width])
  const shownColumns = useMemo(() => pageColumns(columns ?? USUAL_COLUMNS), [columns])
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({
    features: pageFeatures,
    columns: shownColumns,
    data,
    state: { columnVisibility },
    getRowId: (row) => String(row.id),
  })
  const lines = table.getRowModel().rows
  const visible = table.getVisibleLeafColumns()
  const tracks = visible.map((column) => columnTrack(column.id, column.getSize(), widths[column.id]))
  const template = [`${BOX_PX}px`, ...tracks.map(({ css }) => css)].join(' ')
  const minWidth = tracks.reduce((sum, { minPx }) => sum + minPx, BOX_PX)
  const columnNames = visible.map(({ id }) => id).join()
  const onWidth = (id: string, widthPx: number | null) => {
    const { [id]: _before, ...others } = widths
    const next = widthPx === null ? others : { ...others, [id]: widthPx }
    setWidths(next)
    rememberWidths(next)
  }
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
    scrollPaddingStart: rowPx,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx])
  const keys = usePageKeys({ rows, selection, onSelect, onOpen, scrollTo: (index) => virtualizer.scrollToIndex(index) })
  useRowShortcuts({ keys, rows, selection, target, focus: () => scroller.current?.focus({ preventScroll: true }) })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    onSight(first, last)
  }, [first, last, onSight])

  const shown = items.flatMap((item) => rows[item.index]?.id ?? []).join()
  useEffect(() => {
    if (shown !== '') onShown(shown.split(',').map(Number))
  }, [shown, onShown])

  const activeRow = keys.active === null ? undefined : rows[keys.active]
  return (
    <div
      ref={ref}
      className={classes.scroller}
      role="grid"
      aria-label="Pages"
      aria-multiselectable
      aria-rowcount={matching + 1}
      aria-colcount={visible.length + 1}
      tabIndex={0}
      onKeyDown={keys.onKeyDown}
      aria-activedescendant={activeRow && items.some((item) => item.index === keys.active) ? rowId(activeRow.id) : undefined}
    >
      <PageHeader
        columns={visible}
        template={template}
        minWidth={minWidth}
        sort={sort}
        onSort={onSort}
        zones={hosts.size > 1}
        rows={rows}
        selection={selection}
        onSelect={onSelect}
        onWidth={onWidth}
      />
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize(), minWidth }}>
        <PathList rows={data}>
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
                columns={columnNames}
                selected={isSelected(selection, row.id)}
                active={keys.active === item.index}
                open={openPageId === row.id}
                acts={keys.acts}
              />
            )
          })}
        </PathList>
      </div>
    </div>
  )
}
