import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { MenuItem, Stock } from '../content/stock.ts'
import type { ZoneName } from '../platform/zones.ts'
import { escapeHtml, tagElement, type CacheTag } from './html.ts'

export const styleSheet = readFileSync(new URL('./lollies.css', import.meta.url), 'utf8')
const styleHash = createHash('sha256').update(styleSheet).digest('hex').slice(0, 10)

/** The name contains the content's hash, so the file may be kept for a year. */
export const styleSheetPath = `/assets/lollies.${styleHash}.css`

const zoneTitles: Readonly<Record<ZoneName, string>> = { lollies: 'Lollies', gifts: 'Lolly Gifts' }

export interface PageParts {
  readonly zone: ZoneName
  readonly title: string
  /** Beyond the menus' tags, which the layout adds itself. */
  readonly tags: readonly CacheTag[]
  readonly withMainMenu: boolean
  /** HTML. */
  readonly body: string
  /** Addresses of scripts that run after the page is read. */
  readonly scripts?: readonly string[]
}

/** A whole page. Pages without the main menu show only the site's name, so that a new menu does not change them. */
export function page(stock: Pick<Stock, 'mainMenu' | 'footer'>, parts: PageParts): string {
  const menuTag: readonly CacheTag[] = parts.withMainMenu ? [{ class: 'pb-menu', id: 'main-menu' }] : []
  const tags = [...menuTag, { class: 'pb-menu', id: 'footer' }, ...parts.tags]
  const siteTitle = zoneTitles[parts.zone]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(parts.title)} · ${siteTitle}</title>
<link rel="stylesheet" href="${styleSheetPath}">
${(parts.scripts ?? []).map((script) => `<script src="${script}" defer></script>\n`).join('')}</head>
<body class="zone-${parts.zone}">
${tags.map(tagElement).join('\n')}
<header><a class="brand" href="/">${siteTitle}</a>${parts.withMainMenu ? `<nav>${links(stock.mainMenu)}</nav>` : ''}</header>
<main>
${parts.body}
</main>
<footer>${links(stock.footer)}<span>Made of sugar, water and static files.</span></footer>
</body>
</html>
`
}

function links(items: readonly MenuItem[]): string {
  return items.map((item) => `<a href="${escapeHtml(item.href)}">${escapeHtml(item.label)}</a>`).join('')
}
