import { PAGE_COLUMNS, type PageColumn, type PageViewContent } from '#shared/page-views.ts'
import { readFilter, readSort, writeFilter, writeSort } from './filter-url.ts'

/** Columns of an address in their order: `columns=freshness,ttfb`. Null: it says nothing of them; an unknown one is left out. */
export function readColumns(search: URLSearchParams): readonly PageColumn[] | null {
  const text = search.get('columns')
  if (text === null) return null
  const named = text.split(',').flatMap((name) => PAGE_COLUMNS.find((column) => column === name) ?? [])
  return [...new Set(named)]
}

/** The address with these columns, or with none said where they are null. */
export function writeColumns(search: URLSearchParams, columns: readonly PageColumn[] | null): URLSearchParams {
  const next = new URLSearchParams(search)
  if (columns === null) next.delete('columns')
  else next.set('columns', columns.join(','))
  return next
}

/** The filter, the order and the columns alone, always spelled the same: two of one text are one view. */
export function viewSearch({ filter, sort, columns }: PageViewContent): string {
  return writeColumns(writeSort(writeFilter(new URLSearchParams(), filter), sort), columns).toString()
}

/** The address that shows a view; whoever it is sent to sees the same, with or without the view. */
export function viewAddress(content: PageViewContent): string {
  const search = viewSearch(content)
  return search === '' ? '/pages' : `/pages?${search}`
}

/** What an address shows. */
export function readView(search: URLSearchParams): PageViewContent {
  const columns = readColumns(search)
  return { filter: readFilter(search), sort: readSort(search), columns: columns === null ? null : [...columns] }
}
