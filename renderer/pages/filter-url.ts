import { FRESHNESS_WORDS } from '#shared/http-cache/freshness.ts'
import { PAGE_SORTS, SERVED_AS, type PageFilter, type PageSort } from '#shared/pages.ts'

const DEFAULT_SORT: PageSort = { by: 'path', descending: false }

/** Reads a filter from an address. What an address cannot mean is left out rather than refused. */
export function readFilter(search: URLSearchParams): PageFilter {
  const freshness = among(search.get('freshness'), FRESHNESS_WORDS)
  const servedAs = among(search.get('served'), SERVED_AS)
  const zoneIds = (search.get('zone') ?? '')
    .split(',')
    .filter((part) => /^\d+$/.test(part))
    .map(Number)
  const text = search.get('text')?.slice(0, 400)
  const tag = search.get('tag')?.slice(0, 300)
  const changedSinceMs = Number(search.get('changed'))
  const foundSinceMs = Number(search.get('found'))
  return {
    ...(text ? { text } : {}),
    ...(freshness.length > 0 ? { freshness } : {}),
    ...(servedAs.length > 0 ? { servedAs } : {}),
    ...(zoneIds.length > 0 ? { zoneIds } : {}),
    ...(tag ? { tag } : {}),
    ...(Number.isSafeInteger(changedSinceMs) && changedSinceMs > 0 ? { changedSinceMs } : {}),
    ...(Number.isSafeInteger(foundSinceMs) && foundSinceMs > 0 ? { foundSinceMs } : {}),
  }
}

/** `sort=checked` or, descending, `sort=-checked`. */
export function readSort(search: URLSearchParams): PageSort {
  const text = search.get('sort') ?? ''
  const by = PAGE_SORTS.find((name) => name === text.replace(/^-/, ''))
  return by ? { by, descending: text.startsWith('-') } : DEFAULT_SORT
}

/** The address of a filter, leaving the rest of the address, such as the open panel, as it is. */
export function writeFilter(search: URLSearchParams, filter: PageFilter): URLSearchParams {
  const next = new URLSearchParams(search)
  put(next, 'text', filter.text)
  put(next, 'freshness', filter.freshness?.join(','))
  put(next, 'served', filter.servedAs?.join(','))
  put(next, 'zone', filter.zoneIds?.join(','))
  put(next, 'tag', filter.tag)
  put(next, 'changed', filter.changedSinceMs?.toString())
  put(next, 'found', filter.foundSinceMs?.toString())
  return next
}

export function writeSort(search: URLSearchParams, sort: PageSort): URLSearchParams {
  const next = new URLSearchParams(search)
  const isDefault = sort.by === DEFAULT_SORT.by && !sort.descending
  put(next, 'sort', isDefault ? undefined : `${sort.descending ? '-' : ''}${sort.by}`)
  return next
}

/** What a click on a column's heading makes of the sort. */
export function sortAfterClick(sort: PageSort, by: PageSort['by']): PageSort {
  return { by, descending: sort.by === by && !sort.descending }
}

export function isFiltered(filter: PageFilter): boolean {
  return Object.keys(filter).length > 0
}

function among<Word extends string>(list: string | null, words: readonly Word[]): Word[] {
  const given = new Set((list ?? '').split(','))
  return words.filter((word) => given.has(word))
}

function put(search: URLSearchParams, name: string, value: string | undefined): void {
  if (value) search.set(name, value)
  else search.delete(name)
}
