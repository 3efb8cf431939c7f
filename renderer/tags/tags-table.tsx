import { Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { TagRow, TagSort } from '#shared/tags.ts'
import { useRowPx } from '#renderer/lib/appearance.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { tagsQueries } from './queries.ts'
import { ClassLine, TagLineRow } from './tag-lines.tsx'
import { linesOf } from './tag-sort.ts'
import classes from './tags-table.module.css'

const AHEAD = 40
/** While a person scrolls, the counts of rows that are gone in a moment are not asked for. */
const REST_MS = 120

interface TagsTableProps {
  readonly rows: readonly TagRow[]
  readonly sort: TagSort
  /** There are rows that are not loaded yet. */
  readonly more: boolean
  readonly openTag: string | null
  readonly onOpen: (tag: string) => void
  readonly onSort: (by: TagSort['by']) => void
  readonly onNearEnd: () => void
}

const COLUMNS: readonly {
  readonly label: string
  readonly by?: TagSort['by']
  readonly right?: boolean
  readonly title?: string
}[] = [
  { label: 'Tag', by: 'name', title: 'By class and name, as a tree' },
  { label: 'Pages', by: 'pages', right: true },
  {
    label: 'Old copies',
    by: 'old',
    right: true,
    title: 'Sorted by copies that differ from the origin; those past their time are no old copies for visitors any more.',
  },
  { label: 'Waiting', right: true, title: 'Pages that wait for a build or refresh' },
  { label: 'Last change', by: 'changed' },
  { label: 'To look at' },
]

/** Tags as one long table of which only what is in sight is drawn, and counted. */
export function TagsTable({ rows, sort, more, openTag, onOpen, onSort, onNearEnd }: TagsTableProps) {
  const site = useSite()
  const scroller = useRef<HTMLDivElement>(null)
  const rowPx = useRowPx()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const lines = useMemo(() => linesOf(rows, sort, folded), [rows, sort, folded])
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 8,
    scrollPaddingStart: rowPx,
  })
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx])
  const items = virtualizer.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  // In a folded class every further row is out of sight, and there may be a million of them.
  const endIsFolded = sort.by === 'name' && folded.has(rows.at(-1)?.class ?? '')
  useEffect(() => {
    if (!endIsFolded && last >= lines.length - AHEAD) onNearEnd()
  }, [endIsFolded, last, lines.length, onNearEnd])

  const inSight = items
    .flatMap(({ index }) => {
      const line = lines[index]
      return line?.kind === 'tag' ? [line.row.id] : []
    })
    .join(',')
  const [resting] = useDebouncedValue(inSight, REST_MS)
  const tagIds = useMemo(() => (resting === '' ? [] : resting.split(',').map(Number)), [resting])
  const counts = useQuery(tagsQueries.counts(site.id, tagIds))
  const byTag = useMemo(() => new Map(counts.data?.map((count) => [count.tagId, count])), [counts.data])
  const toggle = (name: string) => {
    const next = new Set(folded)
    if (!next.delete(name)) next.add(name)
    setFolded(next)
  }
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="table"
      aria-label="Tags"
      aria-rowcount={more ? -1 : lines.length + 1}
      // What scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.columns}>
          {COLUMNS.map((column) => (
            <Heading key={column.label} {...column} sort={sort} onSort={onSort} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index]
          if (!line) return null
          const place = { index: item.index, top: item.start }
          return line.kind === 'class' ? (
            <ClassLine
              key={`class ${line.name}`}
              {...place}
              line={line}
              onToggle={toggle}
              onOpen={onOpen}
              open={openTag === line.name}
            />
          ) : (
            <TagLineRow
              key={line.row.id}
              {...place}
              line={line}
              counts={counts.data && tagIds.includes(line.row.id) ? (byTag.get(line.row.id) ?? null) : undefined}
              open={openTag === line.row.tag}
              onOpen={onOpen}
            />
          )
        })}
      </div>
      {more && endIsFolded && (
        <Button variant="subtle" onClick={onNearEnd}>
          Show more tags
        </Button>
      )}
    </div>
  )
}

type HeadingProps = (typeof COLUMNS)[number] & { readonly sort: TagSort; readonly onSort: (by: TagSort['by']) => void }

function Heading({ label, by, right, title, sort, onSort }: HeadingProps) {
  const sorted = by !== undefined && sort.by === by
  const Arrow = sort.descending ? IconArrowDown : IconArrowUp
  return (
    <div
      role="columnheader"
      className={classes.heading}
      data-right={right || undefined}
      title={title}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : by && 'none'}
    >
      {by === undefined ? (
        label
      ) : (
        <button type="button" className={classes.sort} data-sorted={sorted || undefined} onClick={() => onSort(by)}>
          {label}
          {sorted && <Arrow size={13} aria-hidden />}
        </button>
      )}
    </div>
  )
}
