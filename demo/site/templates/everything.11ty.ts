import type { Stock } from '../../content/stock.ts'
import { everythingPage } from '../pages/list-pages.ts'

export const data = { permalink: 'zones/lollies/lists/everything/index.html' }

export function render({ stock }: { readonly stock: Stock }): string {
  return everythingPage(stock)
}
