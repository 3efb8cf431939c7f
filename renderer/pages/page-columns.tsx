import { columnSizingFeature, columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table'
import type { ReactNode } from 'react'
import type { PageColumn } from '#shared/page-views.ts'
import type { PageRow, PageSort } from '#shared/pages.ts'
import { TagPill } from '#renderer/ui/tag-pill.tsx'
import { TimeLeft } from '#renderer/ui/time-left.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { COLUMN_NAMES } from './column-choice.ts'
import { FreshnessCell } from './freshness-cell.tsx'
import { PathCell } from './path-cell.tsx'
import classes from './page-columns.module.css'

export const pageFeatures = tableFeatures({ columnSizingFeature, columnVisibilityFeature })
const helper = createColumnHelper<typeof pageFeatures, PageRow>()
const PATH = helper.display({ id: 'path', header: 'Page', size: 300, cell: ({ row }) => <PathCell row={row.original} /> })

type Cell = (props: { readonly row: PageRow }) => ReactNode

const COLUMNS: Record<PageColumn, { readonly size: number; readonly Cell: Cell }> = {
  freshness: { size: 192, Cell: FreshnessCell },
  timeLeft: { size: 146, Cell: ({ row }) => <TimeLeft {...row} /> },
  servedAs: { size: 80, Cell: ({ row }) => row.servedAs },
  tags: { size: 176, Cell: ({ row }) => <TagsCell tags={row.tags} /> },
  checked: { size: 152, Cell: CheckedCell },
  ttfb: { size: 80, Cell: ({ row }) => <NumberCell text={row.ttfbMs === null ? '–' : `${Math.round(row.ttfbMs)} ms`} /> },
  status: { size: 66, Cell: ({ row }) => <NumberCell text={row.status === null ? '–' : String(row.status)} /> },
  copyMade: { size: 110, Cell: ({ row }) => (row.copyMadeAtMs === null ? '–' : <TimeAgo atMs={row.copyMadeAtMs} />) },
  waitsFor: { size: 190, Cell: ({ row }) => <span title={row.waitsFor ?? undefined}>{row.waitsFor}</span> },
}

/** The page and then these columns, in their order. */
export function pageColumns(ids: readonly PageColumn[]) {
  const others = ids.map((id) => {
    const { size, Cell } = COLUMNS[id]
    return helper.display({ id, header: COLUMN_NAMES[id], size, cell: ({ row }) => <Cell row={row.original} /> })
  })
  return helper.columns([PATH, ...others])
}

/** Columns of numbers, whose names stand above their last digit. */
export const IS_RIGHT: ReadonlySet<string> = new Set<PageColumn>(['ttfb', 'status'])

/**
 * The room of a column: as wide as somebody has drawn it, else its own width. What fixed columns leave is shared by what may be
 * long: paths first, then tags.
 */
export function columnTrack(id: string, size: number, drawn: number | undefined): Track {
  if (id === 'path') return { minPx: PATH_PX, css: `minmax(${PATH_PX}px, 1fr)` }
  if (drawn !== undefined) return { minPx: drawn, css: `${drawn}px` }
  return id === 'tags' ? { minPx: TAGS_PX, css: `minmax(${TAGS_PX}px, 0.6fr)` } : { minPx: size, css: `${size}px` }
}

interface Track {
  /** Narrower than this it is not: a table that is too wide is scrolled. */
  readonly minPx: number
  readonly css: string
}
/** Paths and tags narrower than this tell nothing. */
const PATH_PX = 200
const TAGS_PX = 150

/** Which columns can be sorted by: the others have no order that means anything. */
export const SORT_OF: Readonly<Record<string, PageSort['by']>> = {
  path: 'path',
  freshness: 'freshness',
  timeLeft: 'timeLeft',
  servedAs: 'servedAs',
  checked: 'checked',
  ttfb: 'ttfb',
}

/** Columns give way in this order when the table is narrow; each number is the width below which one is hidden. */
const HIDDEN_BELOW: Readonly<Record<string, number>> = { tags: 1_060, ttfb: 900, servedAs: 820, checked: 720, timeLeft: 600 }

/** Columns that nobody chose, as far as there is room for them. */
export function visibleColumns(width: number): Record<string, boolean> {
  return Object.fromEntries(Object.entries(HIDDEN_BELOW).map(([id, below]) => [id, width === 0 || width >= below]))
}

/** One tag that can be read is worth more than two that cannot, so the second gives way in a narrow column. */
function TagsCell({ tags }: { readonly tags: readonly string[] }) {
  const [first, second, ...others] = tags
  if (first === undefined) return null
  return (
    <span className={classes.room} title={tags.join('\n')}>
      <span className={classes.tags}>
        <TagPill tag={first} />
        {second !== undefined && (
          <>
            <span className={classes.narrow}>+{tags.length - 1}</span>
            <span className={classes.wide}>
              <TagPill tag={second} />
            </span>
          </>
        )}
        {others.length > 0 && <span className={classes.wide}>+{others.length}</span>}
      </span>
    </span>
  )
}

function CheckedCell({ row }: { readonly row: PageRow }) {
  if (row.observedAtMs === null) return <span className={classes.quiet}>never</span>
  return (
    <span>
      <TimeAgo atMs={row.observedAtMs} />
      {row.vantage !== null && <span className={classes.quiet}> · {row.vantage}</span>}
    </span>
  )
}

function NumberCell({ text }: { readonly text: string }) {
  return <span className={classes.number}>{text}</span>
}
