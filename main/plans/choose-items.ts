import type { PlanItem } from '#shared/plans.ts'
import type { Reach, Target } from './targets.ts'
import { pagesText } from './wording.ts'

/** What the vendor makes of a path: the item to send, or why it cannot be one. */
export type CheckItem = (
  text: string,
) => { readonly ok: true; readonly item: string } | { readonly ok: false; readonly reason: string }

export interface ItemChoice {
  readonly items: PlanItem[]
  readonly notes: string[]
  /** Pages that no item can reach, with the reason. */
  readonly refused: { readonly pageId: number; readonly reason: string }[]
}

export interface ItemWish {
  readonly pages: readonly Target[]
  /** Paths to purge that are no known pages. */
  readonly paths: readonly string[]
  readonly tagsAllowed: boolean
  /** Why tags are not used, when they are not. */
  readonly tagsNote: string | null
  /** The tag that the person chose: it is taken even when other pages go cold by it. */
  readonly preferredTag: string | null
  /** Pages that must not be purged: the edge would only store the old page again. */
  readonly heldBack?: ReadonlySet<number>
}

/**
 * Picks items that together purge every page: tags where one stands for several pages and no other cached page goes
 * cold by it, exact paths for the rest. An item names no host, so it counts in every zone.
 */
export async function chooseItems(wish: ItemWish, reach: Reach, checkItem: CheckItem): Promise<ItemChoice> {
  const wanted = new Set(wish.pages.map((page) => page.pageId))
  const notes = wish.tagsNote === null ? [] : [wish.tagsNote]
  const byTag = wish.tagsAllowed
    ? await chooseTags(wish, wanted, reach, checkItem)
    : { items: [], covered: new Set<number>(), notes: [] }
  const rest = wish.pages.filter((page) => !byTag.covered.has(page.pageId))
  const byPath = await choosePaths(rest, wish.paths, wanted, reach, checkItem)
  return { items: [...byTag.items, ...byPath.items], notes: [...notes, ...byTag.notes], refused: byPath.refused }
}

async function chooseTags(
  wish: ItemWish,
  wanted: ReadonlySet<number>,
  reach: Reach,
  checkItem: CheckItem,
): Promise<{ items: PlanItem[]; covered: Set<number>; notes: string[] }> {
  const items: PlanItem[] = []
  const notes: string[] = []
  const covered = new Set<number>()
  const pathsOf = new Map(wish.pages.map((page) => [page.pageId, page.path]))
  const tags = [...(await reach.tagsOf([...wanted]))]
    .map(([tag, pages]) => ({ tag, pages, preferred: matchesPreferred(tag, wish.preferredTag) }))
    .sort((a, b) => Number(b.preferred) - Number(a.preferred) || b.pages.length - a.pages.length || (a.tag < b.tag ? -1 : 1))
  for (const { tag, pages, preferred } of tags) {
    // A site may send tags that its edge does not take as items; one of them would have the whole request refused.
    if (!checkItem(`#${tag}`).ok) continue
    const fresh = pages.filter((pageId) => !covered.has(pageId))
    // One item for one path saves nothing over the path itself.
    const paths = new Set(fresh.map((pageId) => pathsOf.get(pageId))).size
    if (paths < (preferred ? 1 : 2)) continue
    const all = await reach.withTag(tag)
    const alsoCold = all.filter((page) => page.held && !wanted.has(page.pageId)).length
    // Even a tag that was chosen must save more purges than it makes pages cold that are right.
    if (alsoCold > 0 && (!preferred || alsoCold >= paths)) {
      if (preferred)
        notes.push(
          `#${tag} is not used: it would make ${alsoCold} other cached pages cold, and ${paths} exact paths do the same.`,
        )
      continue
    }
    const heldBack = all.filter((page) => page.held && wish.heldBack?.has(page.pageId)).length
    if (heldBack > 0) {
      notes.push(`#${tag} is not used: it would also purge ${pagesText(heldBack)} held back.`)
      continue
    }
    fresh.forEach((pageId) => covered.add(pageId))
    items.push({ item: `#${tag}`, kind: 'tag', pages: fresh.length, alsoCold })
  }
  return { items, covered, notes }
}

function matchesPreferred(tag: string, preferred: string | null): boolean {
  if (preferred === null) return false
  const folded = preferred.toLowerCase()
  return tag.toLowerCase() === folded || (!folded.includes(':') && tag.toLowerCase().startsWith(`${folded}:`))
}

async function choosePaths(
  pages: readonly Target[],
  extraPaths: readonly string[],
  wanted: ReadonlySet<number>,
  reach: Reach,
  checkItem: CheckItem,
): Promise<{ items: PlanItem[]; refused: ItemChoice['refused'] }> {
  const pagesOf = new Map<string, number[]>(extraPaths.map((path) => [path, []]))
  for (const page of pages) pagesOf.set(page.path, [...(pagesOf.get(page.path) ?? []), page.pageId])
  const same = await reach.samePath([...pagesOf.keys()])
  const items = new Map<string, PlanItem>()
  const refused: ItemChoice['refused'] = []
  for (const [path, pageIds] of pagesOf) {
    const checked = checkItem(path)
    if (!checked.ok) {
      refused.push(...pageIds.map((pageId) => ({ pageId, reason: checked.reason })))
      continue
    }
    const alsoCold = (same.get(path) ?? []).filter((page) => page.held && !wanted.has(page.pageId)).length
    const earlier = items.get(checked.item)
    items.set(checked.item, {
      item: checked.item,
      kind: 'path',
      pages: pageIds.length + (earlier?.pages ?? 0),
      alsoCold: alsoCold + (earlier?.alsoCold ?? 0),
    })
  }
  return { items: [...items.values()], refused }
}
