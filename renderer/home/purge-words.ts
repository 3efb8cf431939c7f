import type { Plan } from '#shared/plans.ts'
import { countOf, formatCount, formatMoney } from '#renderer/ui/format.ts'

type Preview = Pick<
  Plan['purge'],
  'itemCount' | 'pageCount' | 'alsoCold' | 'priceMicroDollars' | 'allowanceBefore' | 'allowanceAtMost'
>

/** "1 of at most 813 free purges; 2 other pages go cold": what a purge takes and what else it does. */
export function purgeWords(purge: Preview): string {
  if (purge.itemCount === 0) return 'nothing that a purge would help; the plan says why'
  const atMost = purge.allowanceAtMost ? 'at most ' : ''
  const price =
    purge.allowanceBefore !== null && purge.priceMicroDollars === 0 && purge.itemCount <= purge.allowanceBefore
      ? `${formatCount(purge.itemCount)} of ${atMost}${countOf(purge.allowanceBefore, 'free purge')}`
      : `${countOf(purge.itemCount, 'purge')}, ${formatMoney(purge.priceMicroDollars)}`
  if (purge.alsoCold === 0) return `${price}; no other page goes cold`
  return `${price}; ${countOf(purge.alsoCold, 'other page goes', 'other pages go')} cold`
}
