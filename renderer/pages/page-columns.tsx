import { columnSizingFeature, columnVisibilityFeature, createColumnHelper, tableFeatures } from '@tanstack/react-table'
import type { PageRow, PageSort } from '#shared/pages.ts'
import { TagPill } from '#renderer/ui/tag-pill.tsx'
import { TimeLeft } from '#renderer/ui/time-left.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { FreshnessCell } from './freshness-cell.tsx'
import { PathCell } from './path-cell.tsx'
import classes from './page-columns.module.css'

export const pageFeatures = tableFeatures({ columnSizingFeature, columnVisibilityFeature })
const helper = createColumnHelper<typeof pageFeatures, PageRow>()

/** The columns in their order. The first takes the room that the others leave. */
export const pageColumns = helper.columns([
  helper.display({ id: 'path', header: 'Page', size: 300, cell: ({ row }) => <PathCell row={row.original} /> }),
  helper.display({ id: 'freshness', header: 'Freshness', size: 192, cell: ({ row }) => <FreshnessCell row={row.original} /> }),
  helper.display({ id: 'timeLeft', header: 'Time left', size: 146, cell: ({ row }) => <TimeLeft {...row.original} /> }),
  helper.display({ id: 'servedAs', header: 'Served as', size: 80, cell: ({ row }) => row.original.servedAs }),
  helper.display({ id: 'tags', header: 'Tags', size: 176, cell: ({ row }) => <TagsCell tags={row.original.tags} /> }),
  helper.display({ id: 'checked', header: 'Last checked', size: 152, cell: ({ row }) => <CheckedCell row={row.original} /> }),
  helper.display({ id: 'ttfb', header: 'First byte', size: 80, cell: ({ row }) => <TtfbCell ttfbMs={row.original.ttfbMs} /> }),
])

/** Room that fixed columns leave is shared by what may be long: paths first, then tags. */
export function columnTrack(id: string, size: number): string {
  if (id === 'path') return 'minmax(0, 1fr)'
  return id === 'tags' ? 'minmax(150px, 0.6fr)' : `${size}px`
}

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

function TtfbCell({ ttfbMs }: { readonly ttfbMs: number | null }) {
  return ttfbMs === null ? (
    <span className={classes.number}>–</span>
  ) : (
    <span className={classes.number}>{Math.round(ttfbMs)} ms</span>
  )
}
