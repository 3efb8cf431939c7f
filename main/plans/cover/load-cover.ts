import type { Classification } from '../targets.ts'
import type { CheckItem } from '../check-item.ts'
import type { Query, Raw } from '#main/platform/database.ts'
import type { CoverInput, CoverTag } from './cover-input.ts'

/** What must go, and under which conditions. Plain data: it goes to the work thread. */
export interface CoverWish {
  readonly siteId: string
  readonly nowMs: number
  readonly wantedIds: readonly number[]
  /** Their origin is not new: a wildcard or a tag must not reach them. */
  readonly heldBackIds: readonly number[]
  /** Paths to purge that are no known pages. */
  readonly extraPaths: readonly string[]
  readonly tagsAllowed: boolean
  readonly price: CoverInput['price']
  readonly mostItems: number | null
  /** How much less an item must save for one more page to go cold. */
  readonly refillMicroDollars: number
  /** The same for a wildcard, which also reaches pages that are in no list. */
  readonly unlistedMicroDollars: number
}

export interface CoverSource {
  readonly raw: Raw
  readonly query: Query
  readonly classify: Classification
  readonly checkItem: CheckItem
}

/** The input of the planner, and the pages that no item can reach, with the reason. */
export interface LoadedCover {
  readonly input: CoverInput
  readonly refused: readonly { readonly pageId: number; readonly reason: string }[]
}

/** Only so many tags are weighed, those of most wanted pages first. */
const TAGS_WEIGHED = 200

/** Reads the pages of a site that the edge holds or that must go, in the order and spelling of the vendor's paths. */
export function loadCover(source: CoverSource, wish: CoverWish): LoadedCover {
  const { raw, query, classify, checkItem } = source
  const wanted = new Set(wish.wantedIds)
  const heldBack = new Set(wish.heldBackIds)
  const held = query
    .selectFrom('pages')
    .select(['id', 'path', classify(wish.nowMs).time.as('time')])
    .where('site_id', '=', wish.siteId)
    .orderBy('path')
    .compile()
  const rows = raw.prepare<unknown[], { id: number; path: string; time: string | null }>(held.sql).iterate(...held.parameters)
  const pages: { path: string; id: number; must: boolean; held: boolean }[] = []
  const refused: { pageId: number; reason: string }[] = []
  for (const { id, path, time } of rows) {
    // A page that was never checked may be held.
    const isHeld = time === 'in-date' || time === 'stale-allowed' || time === null
    const must = wanted.has(id)
    if (!must && !isHeld) continue
    const checked = checkItem(path)
    if (checked.ok) pages.push({ path: checked.item, id, must, held: isHeld })
    else if (must) refused.push({ pageId: id, reason: checked.reason })
  }
  for (const path of wish.extraPaths) {
    const checked = checkItem(path)
    if (checked.ok) pages.push({ path: checked.item, id: 0, must: true, held: false })
  }
  // Encoding may move a path past its neighbours.
  pages.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const paths: string[] = []
  const pathOf = new Int32Array(pages.length)
  for (const [at, { path }] of pages.entries()) {
    if (paths.at(-1) !== path) paths.push(path)
    pathOf[at] = paths.length - 1
  }
  const flags = (is: (page: (typeof pages)[number]) => boolean) => Uint8Array.from(pages, (page) => Number(is(page)))
  const indexOf = new Map(pages.map(({ id }, at) => [id, at]))
  const input: CoverInput = {
    paths,
    pathOf,
    must: flags(({ must }) => must),
    keep: flags(({ id, held: isHeld }) => isHeld && heldBack.has(id)),
    held: flags(({ held: isHeld }) => isHeld),
    refillCost: new Float64Array(pages.length).fill(wish.refillMicroDollars),
    unlistedCost: wish.unlistedMicroDollars,
    tags: wish.tagsAllowed ? loadTags(source, wish, indexOf) : [],
    price: wish.price,
    mostItems: wish.mostItems,
  }
  return { input, refused }
}

/**
 * Tags that the edge stored from its header, of the wanted pages, each with every page that carries it. A page with more
 * tags than the edge keeps is left out of what a tag is sure to purge.
 */
function loadTags({ raw, checkItem }: CoverSource, wish: CoverWish, indexOf: ReadonlyMap<number, number>): CoverTag[] {
  const tags = raw
    .prepare<[string, string], { id: number; tag: string }>(
      `SELECT tags.id, tags.tag FROM page_tags JOIN tags ON tags.id = page_tags.tag_id
       WHERE tags.site_id = ? AND page_tags.in_header = 1 AND page_tags.page_id IN (SELECT value FROM json_each(?))
       GROUP BY tags.id HAVING count(*) > 1 ORDER BY count(*) DESC, tags.folded LIMIT ${TAGS_WEIGHED}`,
    )
    .all(wish.siteId, JSON.stringify(wish.wantedIds))
  const pagesOf = raw.prepare<[number], { page_id: number; crowded: number }>(
    `SELECT page_tags.page_id, crowded_pages.page_id IS NOT NULL AS crowded FROM page_tags
       LEFT JOIN crowded_pages ON crowded_pages.page_id = page_tags.page_id
       WHERE page_tags.tag_id = ? AND page_tags.in_header = 1`,
  )
  const wanted = new Set(wish.wantedIds)
  return tags
    .filter(({ tag }) => checkItem(`#${tag}`).ok)
    .map(({ id, tag }) => ({
      tag,
      pages: Int32Array.from(
        pagesOf.all(id).flatMap(({ page_id, crowded }) => {
          const at = indexOf.get(page_id)
          return at === undefined || (crowded === 1 && wanted.has(page_id)) ? [] : [at]
        }),
      ),
    }))
}
