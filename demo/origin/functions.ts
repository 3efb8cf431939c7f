import { checkLolly } from '../content/check-lolly.ts'
import type { ContentStore, NewLolly } from '../content/content-store.ts'
import type { Lolly } from '../content/stock.ts'
import type { Zone } from '../platform/zones.ts'
import { escapeHtml } from '../site/html.ts'
import { page } from '../site/layout.ts'
import { lollyCard, lollyPage } from '../site/pages/lolly-page.ts'
import { newLollyForm } from '../site/pages/plain-pages.ts'
import { latestSitemap } from '../site/pages/sitemaps.ts'
import { redirectAnswer, renderedPage, type Answer } from './answer.ts'
import type { ReleaseFiles } from './release-files.ts'

export interface FunctionRequest {
  readonly method: string
  readonly zone: Zone
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Buffer
  readonly release: ReleaseFiles
}

/** Stores a lolly and has it built. */
export type PostLolly = (lolly: NewLolly) => Lolly

/** Answers null when it has nothing to show: the visitor gets the 404 page. */
export type SiteFunction = (request: FunctionRequest) => Answer | null | Promise<Answer | null>

/** A function that only the first zone has. */
export function onLollies(answer: SiteFunction): SiteFunction {
  return (request) => (request.zone.name === 'lollies' ? answer(request) : null)
}

/** The functions that redirect rules with a target under `/.functions/` name, but for those of the SSR area. */
export function siteFunctions(content: ContentStore, postLolly: PostLolly): ReadonlyMap<string, SiteFunction> {
  const newLolly: SiteFunction = (request) => {
    if (request.method !== 'POST') return redirectAnswer(302, '/new-lolly', 'no-store')
    const checked = checkLolly(new Map(new URLSearchParams(request.body.toString('utf8'))), content.lists())
    if ('lolly' in checked) return redirectAnswer(302, `/lolly/${postLolly(checked.lolly).id}`, 'no-store')
    const body = `<h1>Not frozen yet</h1>\n${newLollyForm({ lists: content.lists() }, checked.problem)}`
    const html = page(menus(content), { zone: 'lollies', title: 'Not frozen yet', tags: [], withMainMenu: false, body })
    return renderedPage(400, html, 'no-store')
  }

  const lolly: SiteFunction = (request) => {
    const found = content.lolly(request.path.slice('/lolly/'.length))
    if (found === null) return null
    return renderedPage(200, lollyPage({ ...menus(content), lists: content.lists() }, found), 'public, max-age=0, s-maxage=5')
  }

  const search: SiteFunction = (request) => {
    const words = (request.query.get('q') ?? '').slice(0, 100)
    const found = words === '' ? [] : content.search(words)
    const colours = new Map(content.lists().map((list) => [list.slug, list.colour]))
    const cards = found.map((hit) => lollyCard(hit, colours.get(hit.flavour) ?? '#ef476f')).join('\n')
    const html = page(menus(content), {
      zone: 'lollies',
      title: 'Search',
      tags: found.map(({ id }) => ({ class: 'pb-lolly', id })),
      withMainMenu: false,
      body: `<h1>${String(found.length)} lollies for “${escapeHtml(words)}”</h1>\n<ul class="grid">${cards}</ul>`,
    })
    return renderedPage(200, html, 'public, max-age=0, s-maxage=60')
  }

  const sitemap: SiteFunction = (request) => {
    const unbuilt = content.stock().lollies.filter(({ id }) => request.release.find('lollies', `/lolly/${id}`) === null)
    return {
      status: 200,
      headers: { 'content-type': 'application/xml; charset=utf-8', 'cache-control': 'no-store' },
      body: Buffer.from(latestSitemap(unbuilt, request.zone)),
    }
  }

  return new Map([
    ['new', onLollies(newLolly)],
    ['lolly', onLollies(lolly)],
    ['search', onLollies(search)],
    ['sitemap', onLollies(sitemap)],
  ])
}

function menus(content: ContentStore): Parameters<typeof page>[0] {
  return { mainMenu: content.menu('main-menu'), footer: content.menu('footer') }
}
