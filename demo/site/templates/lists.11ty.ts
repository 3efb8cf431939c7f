import type { Stock } from '../../content/stock.ts'
import { listsPage } from '../pages/list-pages.ts'

export const data = { permalink: 'zones/lollies/lists/index.html' }

export function render({ stock }: { readonly stock: Stock }): string {
  return listsPage(stock)
}
