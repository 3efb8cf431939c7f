import type { Stock } from '../../content/stock.ts'
import { escapeHtml, type CacheTag } from '../html.ts'
import { page } from '../layout.ts'

export interface PlainPage {
  readonly path: string
  readonly html: string
}

/** The pages of the first zone that exist once each; their caching rules stand in the release's `_headers`. */
export function plainPages(stock: Stock): readonly PlainPage[] {
  const plain = (
    path: string,
    title: string,
    text: string,
    options: { readonly menu?: boolean; readonly tags?: readonly CacheTag[] } = {},
  ): PlainPage => ({
    path,
    html: page(stock, {
      zone: 'lollies',
      title,
      tags: options.tags ?? [],
      withMainMenu: options.menu === true,
      body: `<h1>${escapeHtml(title)}</h1>\n${text}`,
    }),
  })
  const about: readonly CacheTag[] = [{ class: 'pb-text', id: 'about' }]
  return [
    plain(
      '/about',
      'About us',
      `<p class="lead">${escapeHtml(stock.aboutText)}</p>
<p>Read about <a href="/about/delivery">delivery</a>, <a href="/about/ingredients">ingredients</a> and our <a href="/about/opening-hours">opening hours</a>.</p>`,
      { menu: true, tags: about },
    ),
    plain('/about/delivery', 'Delivery', '<p class="lead">By link, in about a tenth of a second from an edge near you.</p>', {
      menu: true,
    }),
    plain('/about/ingredients', 'Ingredients', '<p class="lead">Water, sugar, fruit, patience.</p>', { menu: true }),
    plain('/about/opening-hours', 'Opening hours', '<p class="lead">The freezer hums around the clock.</p>', { menu: true }),
    plain('/now-freezing', 'Now freezing', '<p class="lead">The mould of the minute: raspberry, half set.</p>'),
    plain('/flash-offer', 'Flash offer', '<p class="lead">Two for one, for the next three seconds.</p>'),
    plain('/account', 'Your account', '<p class="lead">You are not signed in.</p>'),
    plain('/prizes', 'Prizes', '<p class="lead">Every stick is a ticket. Today’s winning stick is still in the freezer.</p>'),
    plain('/new-lolly', 'Send a lolly', newLollyForm(stock)),
    plain(
      '/404.html',
      'Melted',
      '<p class="lead">There is nothing on this stick any more.</p><p><a href="/">Back to the freezer</a></p>',
    ),
  ]
}

/** The form, also shown again with a problem by the function that receives it. */
export function newLollyForm(stock: Pick<Stock, 'lists'>, problem?: string): string {
  const options = stock.lists.map((list) => `<option value="${escapeHtml(list.slug)}">${escapeHtml(list.title)}</option>`)
  return `${problem === undefined ? '' : `<p class="problem">${escapeHtml(problem)}</p>\n`}<form method="post" action="/new">
<label>For <input name="to" required maxlength="60"></label>
<label>Flavour <select name="flavour">${options.join('')}</select></label>
<label>Message <textarea name="message" required maxlength="500" rows="4"></textarea></label>
<label>From <input name="from" required maxlength="60"></label>
<button>Freeze it</button>
</form>`
}
