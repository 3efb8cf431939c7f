import type { Lolly, Stock } from '../../content/stock.ts'
import { lollyPage } from '../pages/lolly-page.ts'

interface Data {
  readonly stock: Stock
  readonly lolly: Lolly
}

export const data = {
  pagination: { data: 'stock.lollies', size: 1, alias: 'lolly' },
  permalink: ({ lolly }: Data): string => `zones/lollies/lolly/${lolly.id}/index.html`,
}

export function render({ stock, lolly }: Data): string {
  return lollyPage(stock, lolly)
}
