import type { LollyList, Stock } from '../../content/stock.ts'
import { listPage } from '../pages/list-pages.ts'

interface Data {
  readonly stock: Stock
  readonly list: LollyList
}

export const data = {
  pagination: { data: 'stock.lists', size: 1, alias: 'list' },
  permalink: ({ list }: Data): string => `zones/lollies/lists/${list.slug}/index.html`,
}

export function render({ stock, list }: Data): string {
  return listPage(stock, list)
}
