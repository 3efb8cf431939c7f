import type { PlanItem } from '#shared/plans.ts'
import type { CheckItem } from './check-item.ts'
import type { Reach, Target } from './targets.ts'

/**
 * What items that were agreed to earlier reach now: a build may have left pages as they were, and these go cold for nothing.
 * A page that several items reach counts with the first.
 */
export async function recount(
  items: readonly PlanItem[],
  wanted: readonly Target[],
  reach: Reach,
  checkItem: CheckItem,
): Promise<PlanItem[]> {
  const needed = new Set(wanted.map((page) => page.pageId))
  const waiting = new Set(needed)
  const right = new Set<number>()
  const pathsOf = new Map<string, string>()
  for (const { path } of wanted) {
    const checked = checkItem(path)
    if (checked.ok) pathsOf.set(checked.item, path)
  }
  const samePath = await reach.samePath(items.map(({ item }) => pathsOf.get(item) ?? item))
  const counted: PlanItem[] = []
  for (const item of items) {
    const reached =
      item.kind === 'tag' ? await reach.withTag(item.item.slice(1)) : (samePath.get(pathsOf.get(item.item) ?? item.item) ?? [])
    const pages = reached.filter(({ pageId }) => waiting.delete(pageId)).length
    const cold = reached.filter(({ pageId, held }) => held && !needed.has(pageId))
    const alsoCold = cold.filter(({ pageId }) => !right.has(pageId)).length
    for (const { pageId } of cold) right.add(pageId)
    counted.push({ ...item, pages, alsoCold })
  }
  return counted
}
