import type { Behaviour } from '#main/providers/edge.ts'
import type { CheckItem } from '../check-item.ts'
import type { CoverInput } from './cover-input.ts'
import { readVisits, refillCosts } from './refill-costs.ts'
import { loadPages, type LoadedPage, type PagesSource } from './load-pages.ts'
import { loadTags, type LeftOutTag } from './load-tags.ts'
import { sharingSites, type SharingSite } from './sharing-sites.ts'

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
  /** Of the distribution, the first match first; empty when it was not read. */
  readonly behaviours: readonly Behaviour[]
  readonly price: CoverInput['price']
  readonly mostItems: number | null
  /** How much less an item must save for one more page to go cold: what rendering it once more costs. */
  readonly refillMicroDollars: number
}

export interface CoverSource extends Omit<PagesSource, 'keyOf'> {
  /** How the edge keys a path, by the behaviours of a distribution; or why it cannot be purged. */
  keyOf(behaviours: readonly Behaviour[]): CheckItem
}

/** The input of the planner with the page behind each index, and what was left out of it, with the reason. */
export interface LoadedCover {
  readonly input: CoverInput
  readonly pages: readonly LoadedPage[]
  readonly sites: readonly SharingSite[]
  readonly refused: readonly { readonly pageId: number; readonly reason: string }[]
  readonly leftOutTags: readonly LeftOutTag[]
}

/** Reads the pages of every site that the distribution serves, in the order and spelling of the vendor's paths. */
export function loadCover(source: CoverSource, wish: CoverWish): LoadedCover {
  const keyOf = source.keyOf(wish.behaviours)
  const sites = sharingSites(source.raw, wish.siteId)
  const wanted = new Set(wish.wantedIds)
  const heldBack = new Set(wish.heldBackIds)
  const { pages, refused } = loadPages({ ...source, keyOf }, sites, wanted, wish.nowMs)
  for (const path of wish.extraPaths) {
    const checked = keyOf(path)
    const extra = {
      id: 0,
      zoneId: 0,
      must: true,
      held: false,
      unchecked: false,
      enumerated: false,
      durationMs: 0,
      onDemand: false,
    }
    if (checked.ok) pages.push({ path: checked.item, ...extra })
  }
  // Encoding and other sites may move a path past its neighbours.
  pages.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.id - b.id))
  const paths: string[] = []
  const pathOf = new Int32Array(pages.length)
  for (const [at, { path }] of pages.entries()) {
    if (paths.at(-1) !== path) paths.push(path)
    pathOf[at] = paths.length - 1
  }
  const flags = (is: (page: LoadedPage) => boolean) => Uint8Array.from(pages, (page) => Number(is(page)))
  const keep = flags(({ id, held }) => held && heldBack.has(id))
  const { tags, leftOut } = wish.tagsAllowed ? loadTags({ ...source, keyOf }, wish, sites, pages, keep) : NO_TAGS
  const input: CoverInput = {
    paths,
    pathOf,
    must: flags(({ must }) => must),
    keep,
    held: flags(({ held }) => held),
    unchecked: flags(({ unchecked }) => unchecked),
    enumerated: flags(({ enumerated }) => enumerated),
    refillCost: refillCosts(pages, wish.refillMicroDollars, readVisits(source.raw, sites)),
    unlistedCost: wish.refillMicroDollars,
    tags,
    price: wish.price,
    mostItems: wish.mostItems,
  }
  return { input, pages, sites, refused, leftOutTags: leftOut }
}

const NO_TAGS = { tags: [], leftOut: [] }
