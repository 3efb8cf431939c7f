import type { Raw } from '#main/platform/database.ts'
import type { CheckItem } from './check-item.ts'

export interface PurgedPage {
  readonly pageId: number
  readonly path: string
}

/** Which of these pages each item reaches: item → page ids. A page that several reach is in each of them. */
export function reachedPages(
  db: Raw,
  siteId: string,
  items: readonly string[],
  pages: readonly PurgedPage[],
  checkItem: CheckItem,
): Map<string, number[]> {
  const reached = new Map(items.map((item): [string, number[]] => [item, []]))
  const beginnings = items.filter((item) => item.endsWith('*') && !item.startsWith('#'))
  for (const { pageId, path } of pages) {
    const checked = checkItem(path)
    const asItem = checked.ok ? checked.item : path
    reached.get(asItem)?.push(pageId)
    for (const item of beginnings) if (asItem.startsWith(item.slice(0, -1))) reached.get(item)?.push(pageId)
  }
  const ids = new Set(pages.map(({ pageId }) => pageId))
  const withTag = db
    .prepare<[string, string], number>(
      `SELECT page_tags.page_id FROM tags JOIN page_tags ON page_tags.tag_id = tags.id
      WHERE tags.site_id = ? AND tags.folded = ? AND page_tags.in_header = 1`,
    )
    .pluck()
  for (const item of items) {
    if (!item.startsWith('#')) continue
    const tagged = withTag.all(siteId, item.slice(1).toLowerCase()).filter((pageId) => ids.has(pageId))
    reached.set(item, tagged)
  }
  return reached
}
