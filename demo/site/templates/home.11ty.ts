import type { Stock } from '../../content/stock.ts'
import { homePage } from '../pages/list-pages.ts'

export const data = { permalink: 'zones/lollies/index.html' }

export function render({ stock }: { readonly stock: Stock }): string {
  return homePage(stock)
}
