import { TAG_SORTS, type TagRow, type TagSort } from '#shared/tags.ts'

/** The tags that most pages depend on matter first. */
const DEFAULT_SORT: TagSort = { by: 'pages', descending: true }

/** `sort=name` or, descending, `sort=-name`; the most used first without it. */
export function readTagSort(search: URLSearchParams): TagSort {
  const text = search.get('sort') ?? ''
  const by = TAG_SORTS.find((name) => name === text.replace(/^-/, ''))
  return by ? { by, descending: text.startsWith('-') } : DEFAULT_SORT
}

export function writeTagSort(search: URLSearchParams, sort: TagSort): URLSearchParams {
  const next = new URLSearchParams(search)
  if (sort.by === DEFAULT_SORT.by && sort.descending === DEFAULT_SORT.descending) next.delete('sort')
  else next.set('sort', `${sort.descending ? '-' : ''}${sort.by}`)
  return next
}

/** What a click on a heading makes of the sort: numbers begin with the largest, names with the first. */
export function nextSort(sort: TagSort, by: TagSort['by']): TagSort {
  return { by, descending: sort.by === by ? !sort.descending : by !== 'name' }
}

/** A line of the table: a class, or a tag. */
export type TagLine =
  | { readonly kind: 'class'; readonly name: string; readonly shown: number; readonly folded: boolean }
  | { readonly kind: 'tag'; readonly row: TagRow; readonly inClass: boolean }

/** Tags as a tree by class, when they come by name; a class of one tag needs no line of its own. */
export function linesOf(rows: readonly TagRow[], sort: TagSort, folded: ReadonlySet<string>): TagLine[] {
  if (sort.by !== 'name') return rows.map((row) => ({ kind: 'tag', row, inClass: false }))
  const groups: { name: string; rows: TagRow[] }[] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last?.name === row.class) last.rows.push(row)
    else groups.push({ name: row.class, rows: [row] })
  }
  return groups.flatMap(({ name, rows }): TagLine[] => {
    const [only] = rows
    if (rows.length === 1 && only) return [{ kind: 'tag', row: only, inClass: false }]
    const isFolded = folded.has(name)
    const lines = isFolded ? [] : rows.map((row): TagLine => ({ kind: 'tag', row, inClass: true }))
    return [{ kind: 'class', name, shown: rows.length, folded: isFolded }, ...lines]
  })
}
