import type { LollyList, Stock } from '../../content/stock.ts'
import { escapeHtml } from '../html.ts'
import { page } from '../layout.ts'
import { listLink, lollyCard } from './lolly-page.ts'

const latestCount = 12

export function homePage(stock: Stock): string {
  const latest = stock.lollies.slice(0, latestCount)
  return page(stock, {
    zone: 'lollies',
    title: 'Ice lollies by link',
    tags: [{ class: 'pb-lolly', id: 'latest' }, { class: 'pb-lists' }],
    withMainMenu: true,
    body: `<h1>Say it with an ice lolly</h1>
<p class="lead">Pick a flavour, write a line, send the link. It never melts.</p>
<p><a href="/new-lolly">Send a lolly</a> · <a href="/now-freezing">Now freezing</a> · <a href="/flash-offer">Flash offer</a> · <a href="/fresh">Fresh</a> · <a href="/menu-card">Menu card</a></p>
<h2>Fresh from the freezer</h2>
<ul class="grid">${latest.map((lolly) => lollyCard(lolly, colourOf(stock, lolly.flavour))).join('\n')}</ul>
<h2>Flavours</h2>
${listChips(stock)}`,
  })
}

export function listsPage(stock: Stock): string {
  return page(stock, {
    zone: 'lollies',
    title: 'All lists',
    tags: [{ class: 'pb-lists' }],
    withMainMenu: true,
    body: `<h1>All lists</h1>
<p class="lead">${String(stock.lists.length)} flavours, sorted by name.</p>
${listChips(stock)}
<p><a href="/lists/everything">Everything on one page</a></p>`,
  })
}

export function listPage(stock: Stock, list: LollyList): string {
  const lollies = stock.lollies.filter((lolly) => lolly.flavour === list.slug)
  return page(stock, {
    zone: 'lollies',
    title: `${list.title} lollies`,
    tags: [{ class: 'pb-list', id: list.tagId }, ...lollies.slice(0, 40).map(({ id }) => ({ class: 'pb-lolly', id }))],
    withMainMenu: true,
    body: `<h1>${escapeHtml(list.title)}</h1>
<p class="lead">${escapeHtml(list.intro)}</p>
<ul class="grid">${lollies.map((lolly) => lollyCard(lolly, list.colour)).join('\n')}</ul>
<p><a href="/lists">All lists</a></p>`,
  })
}

/** One page with every lolly and its whole story: larger than what the edge keeps (256 KB). */
export function everythingPage(stock: Stock): string {
  const entries = stock.lollies.map((lolly) => {
    const list = stock.lists.find((candidate) => candidate.slug === lolly.flavour)
    return `${lollyCard(lolly, list?.colour ?? '#ef476f')}
<li class="card"><p>${escapeHtml(lolly.sender)} sent ${escapeHtml(lolly.name)} to ${escapeHtml(lolly.recipient)} on ${lolly.createdOn.slice(0, 10)}. It was stirred by hand, poured into a steel mould, frozen at minus twenty-six degrees, turned out with warm water and laid on paper to wait for its wrapper. ${list === undefined ? '' : listLink(list)}</p></li>`
  })
  return page(stock, {
    zone: 'lollies',
    title: 'Everything',
    tags: [{ class: 'pb-lists' }, { class: 'pb-lolly' }],
    withMainMenu: true,
    body: `<h1>Everything</h1>
<p class="lead">All ${String(stock.lollies.length)} lollies on one very long page.</p>
<ul class="grid">${entries.join('\n')}</ul>`,
  })
}

function listChips(stock: Stock): string {
  return `<ul class="chips">${stock.lists.map((list) => `<li>${listLink(list)}</li>`).join('')}</ul>`
}

function colourOf(stock: Stock, flavour: string): string {
  return stock.lists.find((list) => list.slug === flavour)?.colour ?? '#ef476f'
}
