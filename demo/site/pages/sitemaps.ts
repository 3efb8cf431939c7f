import type { Lolly, Stock } from '../../content/stock.ts'
import type { Zone } from '../../platform/zones.ts'
import { escapeHtml } from '../html.ts'

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** The special pages come first: whoever reads only a sitemap's beginning sees every kind of page. */
export function lolliesSitemap(stock: Stock, zone: Zone): string {
  return urlSet(zone, [
    '/',
    '/lists',
    '/about',
    '/now-freezing',
    '/flash-offer',
    '/account',
    '/prizes',
    '/lists/everything',
    '/flavours/liquorice',
    '/new-lolly',
    '/about/delivery',
    '/about/ingredients',
    '/about/opening-hours',
    ...stock.ssrPaths.slice(0, 3),
    ...stock.lists.map((list) => `/lists/${encodeURIComponent(list.slug)}`),
    ...stock.ssrPaths.slice(3),
    ...stock.lollies.map((lolly) => `/lolly/${lolly.id}`),
  ])
}

export function giftsSitemap(stock: Stock, zone: Zone): string {
  return urlSet(zone, ['/', '/lists', '/about', '/about/delivery', ...stock.gifts.map((gift) => `/gifts/${gift.slug}`)])
}

/** The lollies that have no built page yet. */
export function latestSitemap(lollies: readonly Lolly[], zone: Zone): string {
  return urlSet(
    zone,
    lollies.map((lolly) => `/lolly/${lolly.id}`),
  )
}

export function sitemapIndex(zone: Zone, paths: readonly string[]): string {
  const entries = paths.map((path) => `<sitemap><loc>${escapeHtml(zone.url + path)}</loc></sitemap>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="${namespace}">\n${entries.join('\n')}\n</sitemapindex>\n`
}

function urlSet(zone: Zone, paths: readonly string[]): string {
  const entries = paths.map((path) => `<url><loc>${escapeHtml(zone.url + path)}</loc></url>`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${namespace}">\n${entries.join('\n')}\n</urlset>\n`
}
