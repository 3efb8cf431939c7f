import type { PlanItem } from '#shared/plan-items.ts'

/** Why an item is in a plan, as a sentence about what it stands for. */
export function whyItem({ kind, pages, alsoCold }: Pick<PlanItem, 'kind' | 'pages' | 'alsoCold'>): string {
  const others = alsoCold === 0 ? 'no other cached page' : countText(alsoCold, 'other cached page')
  if (kind === 'tag')
    return `The edge stored this tag for ${countText(pages, 'page')} that must go, and for ${others}: one item instead of ${pages.toLocaleString('en-US')}.`
  if (kind === 'prefix')
    return `${countText(pages, 'page')} that must go ${pages === 1 ? 'begins' : 'begin'} so, and ${others}: one item instead of ${pages.toLocaleString('en-US')}.`
  const same =
    pages > 1 ? `${countText(pages, 'page')} have this path, in several zones or spellings.` : 'The path of a page that must go.'
  return alsoCold === 0 ? same : `${same} An item names no host, so it also reaches ${countText(alsoCold, 'page')} elsewhere.`
}

function countText(count: number, one: string): string {
  return `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`
}
