import type { Stock } from '../../content/stock.ts'
import { escapeHtml } from '../html.ts'
import { page } from '../layout.ts'
import type { PlainPage } from './plain-pages.ts'

/** The second zone: a shop with the same menu and some of the same paths. */
export function giftPages(stock: Stock): readonly PlainPage[] {
  const chips = stock.gifts.map((gift) => `<li><a href="/gifts/${gift.slug}">${escapeHtml(gift.title)}</a></li>`).join('')
  const shared = { zone: 'gifts' as const, withMainMenu: true }
  return [
    {
      path: '/',
      html: page(stock, {
        ...shared,
        title: 'Boxes of lollies',
        tags: [{ class: 'pb-gifts' }],
        body: `<h1>Lollies by the box</h1>\n<p class="lead">For when one is not enough.</p>\n<ul class="chips">${chips}</ul>`,
      }),
    },
    {
      path: '/lists',
      html: page(stock, {
        ...shared,
        title: 'Gift lists',
        tags: [{ class: 'pb-gifts' }],
        body: `<h1>Gift lists</h1>\n<ul class="chips">${chips}</ul>`,
      }),
    },
    {
      path: '/about',
      html: page(stock, {
        ...shared,
        title: 'About the shop',
        tags: [],
        body: '<h1>About the shop</h1>\n<p class="lead">The same freezer, with ribbons.</p>',
      }),
    },
    {
      path: '/about/delivery',
      html: page(stock, {
        ...shared,
        title: 'Delivery of boxes',
        tags: [],
        body: '<h1>Delivery of boxes</h1>\n<p class="lead">Tomorrow, on dry ice.</p>',
      }),
    },
    ...stock.gifts.map((gift) => ({
      path: `/gifts/${gift.slug}`,
      html: page(stock, {
        zone: 'gifts',
        withMainMenu: false,
        title: gift.title,
        tags: [{ class: 'pb-gift', id: gift.slug }],
        body: `<h1>${escapeHtml(gift.title)}</h1>\n<p class="lead">${escapeHtml(gift.text)}</p>\n<p><a href="/">All boxes</a></p>`,
      }),
    })),
    {
      path: '/404.html',
      html: page(stock, {
        zone: 'gifts',
        withMainMenu: false,
        title: 'Melted',
        tags: [],
        body: '<h1>Melted</h1>\n<p class="lead">This box is empty.</p>\n<p><a href="/">All boxes</a></p>',
      }),
    },
  ]
}
