import type { Lolly, LollyList, Stock } from '../../content/stock.ts'
import { escapeHtml } from '../html.ts'
import { page } from '../layout.ts'
import { lollyPicture } from '../lolly-picture.ts'

/** The page of one lolly; a build and the fallback function share it. */
export function lollyPage(stock: Pick<Stock, 'mainMenu' | 'footer' | 'lists'>, lolly: Lolly): string {
  const list = stock.lists.find((candidate) => candidate.slug === lolly.flavour)
  return page(stock, {
    zone: 'lollies',
    title: lolly.name,
    tags: [{ class: 'pb-lolly', id: lolly.id }],
    withMainMenu: false,
    body: `<article class="lolly">
${lollyPicture(list?.colour ?? '#ef476f', lolly.id)}
<div>
<h1>${escapeHtml(lolly.name)}</h1>
<p class="lead">For ${escapeHtml(lolly.recipient)}</p>
<blockquote>${escapeHtml(lolly.message)}</blockquote>
<p>From ${escapeHtml(lolly.sender)}, with ${list === undefined ? 'love' : listLink(list)}.</p>
<p><a href="/new-lolly">Send a lolly back</a></p>
</div>
</article>`,
  })
}

export function listLink(list: LollyList): string {
  return `<a href="/lists/${encodeURIComponent(list.slug)}">${escapeHtml(list.title)}</a>`
}

export function lollyCard(lolly: Lolly, colour: string): string {
  return (
    `<li class="card">${lollyPicture(colour, lolly.id)}<div><a href="/lolly/${lolly.id}">${escapeHtml(lolly.name)}</a>` +
    `<p>For ${escapeHtml(lolly.recipient)}: ${escapeHtml(lolly.message)}</p></div></li>`
  )
}
