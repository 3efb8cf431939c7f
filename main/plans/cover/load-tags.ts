import type { Raw } from '#main/platform/database.ts'
import type { CheckItem } from '../check-item.ts'
import type { CoverTag } from './cover-input.ts'
import type { LoadedPage } from './load-pages.ts'
import type { SharingSite } from './sharing-sites.ts'

/** A tag of several wanted pages that no item was made of, or not for all of them, and why. */
export interface LeftOutTag {
  readonly tag: string
  readonly why: string
}

export interface LoadedTags {
  readonly tags: CoverTag[]
  readonly leftOut: LeftOutTag[]
}

/** Only so many tags are weighed, those of most wanted pages first. */
const TAGS_WEIGHED = 200
const TAGS_TOLD = 20

interface TagRow {
  id: number
  tag: string
  folded: string
  header: number
  html: number
  spellings: string | null
}

interface PageRow {
  page_id: number
  crowded: number
  too_early: number
}

/**
 * Tags that the edge stored from its header, of the wanted pages, each with every page that carries it. Left out of what a
 * tag is sure to purge: a page with more tags than the edge keeps, and a copy from before the edge stored tags.
 */
export function loadTags(
  { raw, keyOf }: { readonly raw: Raw; readonly keyOf: CheckItem },
  wish: { readonly siteId: string; readonly wantedIds: readonly number[] },
  sites: readonly SharingSite[],
  pages: readonly LoadedPage[],
  keep: Uint8Array,
): LoadedTags {
  const indexOf = new Map(pages.map(({ id }, at) => [id, at]))
  const wanted = new Set(wish.wantedIds)
  const tags: CoverTag[] = []
  const leftOut: LeftOutTag[] = []
  const pagesOf = raw.prepare<[string, string], PageRow>(
    `SELECT page_tags.page_id, crowded_pages.page_id IS NOT NULL AS crowded,
       COALESCE(pages.copy_made_at <= tag_configs.since, 0) AS too_early
     FROM tags JOIN page_tags ON page_tags.tag_id = tags.id JOIN pages ON pages.id = page_tags.page_id
       LEFT JOIN crowded_pages ON crowded_pages.page_id = page_tags.page_id
       LEFT JOIN tag_configs ON tag_configs.site_id = tags.site_id
     WHERE tags.folded = ? AND tags.site_id IN (SELECT value FROM json_each(?)) AND page_tags.in_header = 1`,
  )
  const siteIds = JSON.stringify(sites.map(({ id }) => id))
  for (const row of tagsOfWanted(raw, wish)) {
    if (row.header === 0) {
      const named = row.html > 0 ? 'the HTML' : 'the release'
      leftOut.push({ tag: row.tag, why: `only ${named} names it: the edge did not store it, so it would purge nothing.` })
      continue
    }
    // For a single page its path does as well.
    if (row.header === 1) continue
    const checked = keyOf(`#${row.tag}`)
    if (!checked.ok) {
      leftOut.push({ tag: row.tag, why: checked.reason })
      continue
    }
    const found = pagesOf.all(row.folded, siteIds)
    const unsure = (is: (page: PageRow) => boolean) => found.filter((page) => wanted.has(page.page_id) && is(page)).length
    const crowded = unsure((page) => page.crowded === 1)
    const early = unsure((page) => page.crowded === 0 && page.too_early === 1)
    if (crowded > 0)
      leftOut.push({ tag: row.tag, why: `${pagesGo(crowded)} by path: more than 50 tags on a page, and the edge drops some.` })
    if (early > 0)
      leftOut.push({ tag: row.tag, why: `${pagesGo(early)} by path: cached before the edge was set up to store tags.` })
    const sure = found.filter((page) => !wanted.has(page.page_id) || (page.crowded === 0 && page.too_early === 0))
    const reached = Int32Array.from(sure.flatMap(({ page_id }) => indexOf.get(page_id) ?? []))
    const waits = reached.find((page) => keep[page] === 1)
    if (waits !== undefined) {
      leftOut.push({ tag: row.tag, why: `it would also purge ${pages[waits]!.path}, whose origin is still old.` })
      continue
    }
    if (row.spellings !== null)
      leftOut.push({ tag: row.tag, why: `also written ${row.spellings}; the edge folds case, so one item reaches both.` })
    tags.push({ tag: row.tag, pages: reached.sort() })
  }
  return { tags, leftOut: leftOut.slice(0, TAGS_TOLD) }
}

function tagsOfWanted(raw: Raw, wish: { readonly siteId: string; readonly wantedIds: readonly number[] }): TagRow[] {
  return raw
    .prepare<[string, string], TagRow>(
      `SELECT tags.id, tags.tag, tags.folded, sum(page_tags.in_header) AS header, sum(page_tags.in_html) AS html,
         (SELECT group_concat(spelling, ', ') FROM tag_spellings WHERE tag_spellings.tag_id = tags.id) AS spellings
       FROM page_tags JOIN tags ON tags.id = page_tags.tag_id
       WHERE tags.site_id = ? AND page_tags.page_id IN (SELECT value FROM json_each(?))
       GROUP BY tags.id HAVING count(*) > 1 ORDER BY header DESC, count(*) DESC, tags.folded LIMIT ${TAGS_WEIGHED}`,
    )
    .all(wish.siteId, JSON.stringify(wish.wantedIds))
}

function pagesGo(count: number): string {
  return count === 1 ? '1 page goes' : `${count.toLocaleString('en-US')} pages go`
}
