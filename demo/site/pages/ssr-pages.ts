import type { SsrPage } from '../../content/ssr-content.ts'
import type { Stock } from '../../content/stock.ts'
import { escapeHtml } from '../html.ts'
import { page } from '../layout.ts'

/** Where the pages' script is served; it reports visits. */
export const visitCheckScriptPath = '/.visit-check.js'

/** A page of the SSR area. An index, which has one segment in its path, leads to the pages below it. */
export function ssrPageHtml(menus: Pick<Stock, 'mainMenu' | 'footer'>, shown: SsrPage, all: readonly SsrPage[]): string {
  const onMenuCard = shown.path.startsWith('/menu-card')
  const below = all.filter(({ path }) => path.startsWith(`${shown.path}/`))
  const chips = below.map(({ path, title }) => `<li><a href="${path}">${escapeHtml(title)}</a></li>`).join('')
  const index = onMenuCard ? '<a href="/menu-card">The whole menu card</a>' : '<a href="/fresh">Everything fresh</a>'
  return page(menus, {
    zone: 'lollies',
    title: shown.title,
    tags: shown.tags,
    withMainMenu: onMenuCard,
    scripts: onMenuCard ? [visitCheckScriptPath] : [],
    body: `<h1>${escapeHtml(shown.title)}</h1>
<p class="lead">${escapeHtml(shown.text)}</p>
${below.length === 0 ? `<p>${index}</p>` : `<ul class="chips">${chips}</ul>`}`,
  })
}
