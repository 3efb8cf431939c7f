import { FRESHNESS_WORDS } from '#shared/http-cache/freshness.ts'
import { PAGE_SORTS, type PageFilter, type PageSort } from '#shared/pages.ts'
import { BENCH_HOSTS, MENU_TAG } from './pages-data.ts'

/** Every kind of filter alone, and some together. */
export const FILTERS: readonly PageFilter[] = [
  {},
  ...FRESHNESS_WORDS.map((word) => ({ freshness: [word] })),
  { freshness: ['outdated', 'error', 'pending'] },
  { servedAs: ['static'] },
  { servedAs: ['missing', 'redirect'] },
  { zoneIds: [BENCH_HOSTS.length] },
  { zoneIds: [1, 3] },
  { tag: MENU_TAG },
  { tag: 'pb-list' },
  { tag: 'product:7' },
  { zoneIds: [2], servedAs: ['static', 'fallback'], freshness: ['fresh', 'outdated'], tag: 'pb-pages-list' },
]

/** Texts that many, some, few and no paths contain. */
export const TEXTS: readonly string[] = [
  'a',
  'products',
  'oak-linen',
  '/2024/05/',
  'SKU-F',
  'café',
  'http://www.localhost/lists',
  'no-such-path',
]

export const SORTS: readonly PageSort[] = PAGE_SORTS.flatMap((by) => [
  { by, descending: false },
  { by, descending: true },
])

/** With text: each text alone and with others, so that no search is answered by the one before. */
export const TEXT_FILTERS: readonly PageFilter[] = TEXTS.flatMap((text) => [
  { text },
  { text, freshness: ['fresh'] },
  { text, tag: 'pb-list', servedAs: ['static'] },
])
