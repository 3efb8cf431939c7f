import { countOf } from '#shared/count-of.ts'
import type { PlanItem } from '#shared/plan-items.ts'

/** Why an item is in a plan, as a sentence about what it stands for. */
export function whyItem({ kind, pages, alsoCold }: Pick<PlanItem, 'kind' | 'pages' | 'alsoCold'>): string {
  const others = alsoCold === 0 ? 'no other cached page' : countOf(alsoCold, 'other cached page')
  if (kind === 'tag')
    return `The edge stored this tag for ${countOf(pages, 'page')} that must go, and for ${others}: one item instead of ${pages.toLocaleString('en-US')}.`
  if (kind === 'prefix')
    return `${countOf(pages, 'page')} that must go ${pages === 1 ? 'begins' : 'begin'} so, and ${others}: one item instead of ${pages.toLocaleString('en-US')}.`
  const same =
    pages > 1 ? `${countOf(pages, 'page')} have this path, in several zones or spellings.` : 'The path of a page that must go.'
  return alsoCold === 0 ? same : `${same} An item names no host, so it also reaches ${countOf(alsoCold, 'page')} elsewhere.`
}
