import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { PageRow } from '#shared/pages.ts'
import { isDialogOpen } from '#renderer/lib/use-shortcuts.ts'
import { isSelected, NOTHING, toggled, withRows, type PageSelection } from './page-selection.ts'
import type { RowActs } from './page-row-line.tsx'

interface PageKeysInput {
  readonly rows: readonly PageRow[]
  readonly selection: PageSelection
  readonly onSelect: (selection: PageSelection) => void
  readonly onOpen: (pageId: number) => void
  readonly scrollTo: (index: number) => void
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 15,
  PageUp: -15,
  End: Infinity,
  Home: -Infinity,
}

/** Moving, selecting and opening rows by keyboard and mouse, as in a file list. */
export function usePageKeys(input: PageKeysInput) {
  const [active, setActive] = useState<number | null>(null)
  /** Where a range that is selected with Shift begins. */
  const anchor = useRef<number | null>(null)
  const latest = useRef(input)
  useLayoutEffect(() => {
    latest.current = input
  })

  const moves = useMemo(() => {
    const selectRange = (to: number) => {
      const { rows, selection, onSelect } = latest.current
      const from = anchor.current ?? to
      const ids = rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id)
      onSelect(withRows(selection, ids, true))
      setActive(to)
    }

    const toggleAt = (index: number) => {
      const { rows, selection, onSelect } = latest.current
      const row = rows[index]
      if (!row) return
      anchor.current = index
      setActive(index)
      onSelect(toggled(selection, row.id))
    }

    const acts: RowActs = {
      open: (row) => latest.current.onOpen(row.id),
      click(index, event) {
        const row = latest.current.rows[index]
        if (!row) return
        if (event.shiftKey) return selectRange(index)
        if (event.ctrlKey || event.metaKey) return toggleAt(index)
        anchor.current = index
        setActive(index)
        latest.current.onOpen(row.id)
      },
      toggle: (index, extend) => (extend ? selectRange(index) : toggleAt(index)),
    }
    const move = (step: number, from: number | null) => {
      const { rows, scrollTo } = latest.current
      const next = Math.min(rows.length - 1, Math.max(0, (from ?? (step > 0 ? -1 : rows.length)) + step))
      anchor.current = next
      setActive(next)
      scrollTo(next)
    }
    return { acts, selectRange, toggleAt, move }
  }, [])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (isDialogOpen()) return
    // Headings and boxes inside the table keep their own keys.
    if (event.target instanceof Element && event.target.closest('[role="columnheader"]')) return
    const { rows, selection, onSelect, onOpen, scrollTo } = latest.current
    const step = STEPS[event.key]
    const row = active === null ? undefined : rows[active]
    if (step !== undefined && rows.length > 0) {
      if (event.shiftKey) {
        const next = Math.min(rows.length - 1, Math.max(0, (active ?? (step > 0 ? -1 : rows.length)) + step))
        anchor.current ??= active ?? next
        moves.selectRange(next)
        scrollTo(next)
      } else {
        moves.move(step, active)
      }
    } else if (event.key === ' ' && active !== null && row) {
      moves.toggleAt(active)
    } else if (event.key === 'Enter' && row) {
      onOpen(row.id)
    } else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) {
      onSelect(
        withRows(
          selection,
          rows.map(({ id }) => id),
          true,
        ),
      )
    } else if (event.key === 'Escape' && rows.some(({ id }) => isSelected(selection, id))) {
      onSelect(NOTHING)
    } else {
      return
    }
    event.preventDefault()
  }

  return {
    active,
    acts: moves.acts,
    onKeyDown,
    move: (step: number) => moves.move(step, active),
    toggle: () => active !== null && moves.toggleAt(active),
  }
}
