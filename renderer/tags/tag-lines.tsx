import { IconChevronRight } from '@tabler/icons-react'
import type { TagCounts, TagRow } from '#shared/tags.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { lintsOf } from './tag-lints.ts'
import type { TagLine } from './tag-sort.ts'
import classes from './tags-table.module.css'

interface Place {
  readonly index: number
  readonly top: number
  readonly open: boolean
  readonly onOpen: (tag: string) => void
}

interface ClassLineProps extends Place {
  readonly line: Extract<TagLine, { kind: 'class' }>
  readonly onToggle: (name: string) => void
}

/** A class: its tags follow, unless it is folded. Its name opens it as the tag without an id, which means every id. */
export function ClassLine({ line, index, top, open, onOpen, onToggle }: ClassLineProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      data-class
      data-open={open || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="cell" className={classes.cell}>
        <button
          type="button"
          className={classes.fold}
          aria-expanded={!line.folded}
          aria-label={`${line.name}: ${line.folded ? 'show' : 'hide'} its tags`}
          onClick={() => onToggle(line.name)}
        >
          <IconChevronRight size={14} aria-hidden />
        </button>
        <button type="button" className={classes.name} onClick={() => onOpen(line.name)}>
          {line.name}
        </button>
        <span className={classes.quiet}>{countOf(line.shown, 'tag')}</span>
      </div>
    </div>
  )
}

interface TagLineRowProps extends Place {
  readonly line: Extract<TagLine, { kind: 'tag' }>
  /** Undefined: not counted yet. Null: nothing to count. */
  readonly counts: TagCounts | null | undefined
}

export function TagLineRow({ line: { row, inClass }, index, top, open, counts, onOpen }: TagLineRowProps) {
  return (
    // The button in it is the control; a click beside it is a convenience.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      role="row"
      aria-rowindex={index + 2}
      className={`${classes.row} ${classes.columns}`}
      data-open={open || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onOpen(row.tag)}
    >
      <div role="cell" className={classes.cell} data-inset={inClass || undefined}>
        <button type="button" className={classes.name} title={row.tag}>
          {row.tag}
        </button>
      </div>
      <div role="cell" className={classes.cell} data-right>
        {formatCount(row.pages)}
      </div>
      <div role="cell" className={classes.cell} data-right>
        <Count value={counts?.oldCopies} known={counts !== undefined} tone="amber" />
      </div>
      <div role="cell" className={classes.cell} data-right>
        <Count value={counts?.waiting} known={counts !== undefined} tone="violet" />
      </div>
      <div role="cell" className={classes.cell}>
        {row.changedAtMs === null ? <span className={classes.quiet}>–</span> : <TimeAgo atMs={row.changedAtMs} />}
      </div>
      <div role="cell" className={classes.cell}>
        <Lints row={row} crowded={counts?.crowded ?? 0} />
      </div>
    </div>
  )
}

function Count({
  value = 0,
  known,
  tone,
}: {
  readonly value?: number | undefined
  readonly known: boolean
  readonly tone: string
}) {
  if (!known) return <span className={classes.quiet}>…</span>
  return value === 0 ? <span className={classes.quiet}>0</span> : <strong data-tone={tone}>{formatCount(value)}</strong>
}

function Lints({ row, crowded }: { readonly row: TagRow; readonly crowded: number }) {
  return (
    <>
      {lintsOf(row, crowded).map(({ says, meaning }) => (
        <span key={says} className={classes.lint} title={meaning}>
          {says}
        </span>
      ))}
    </>
  )
}
