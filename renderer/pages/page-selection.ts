import type { PageFilter, Selection } from '#shared/pages.ts'
import { countOf } from '#renderer/ui/format.ts'
import type { Target } from '#renderer/lib/acts.ts'

/** Which rows are selected: some, or all that match but for some. */
export interface PageSelection {
  readonly all: boolean
  /** The selected rows, or with `all` the ones left out. */
  readonly ids: ReadonlySet<number>
}

export const NOTHING: PageSelection = { all: false, ids: new Set() }
export const ALL_MATCHING: PageSelection = { all: true, ids: new Set() }

export function isSelected(selection: PageSelection, id: number): boolean {
  return selection.all !== selection.ids.has(id)
}

export function toggled(selection: PageSelection, id: number): PageSelection {
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { all: selection.all, ids }
}

/** Selects or clears several rows at once: a range, or all that are shown. */
export function withRows(selection: PageSelection, rows: readonly number[], select: boolean): PageSelection {
  const ids = new Set(selection.ids)
  for (const id of rows) {
    if (select === selection.all) ids.delete(id)
    else ids.add(id)
  }
  return { all: selection.all, ids }
}

export function selectedCount(selection: PageSelection, matching: number): number {
  return selection.all ? Math.max(0, matching - selection.ids.size) : selection.ids.size
}

/** The selection as the core takes it, or everything that matches when nothing is selected. */
export function targetOf(selection: PageSelection, filter: PageFilter, matching: number): Target {
  const count = selectedCount(selection, matching)
  if (count > 0 && !selection.all) {
    return { selection: { kind: 'pages', pageIds: [...selection.ids] }, words: countOf(count, 'page') }
  }
  const all: Selection = { kind: 'filter', filter, exceptPageIds: selection.all ? [...selection.ids] : [] }
  return { selection: all, words: countOf(count > 0 ? count : matching, 'page') }
}
