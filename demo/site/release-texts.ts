import type { Stock } from '../content/stock.ts'
import type { ZoneName } from '../platform/zones.ts'
import { styleSheet, styleSheetPath } from './layout.ts'
import { giftPages } from './pages/gift-pages.ts'
import { plainPages, type PlainPage } from './pages/plain-pages.ts'
import { giftsSitemap, lolliesSitemap, sitemapIndex } from './pages/sitemaps.ts'

/** A text file of the release; `file` is relative to the release's folder. */
export interface ReleaseText {
  readonly file: string
  readonly content: string
}

/** The rules are matched in order, the first match wins, and files win over rules. */
const redirects = `/old-lists/* /lists/:splat 301
/new /.functions/new 200
/lolly/* /.functions/lolly 200
/search /.functions/search 200
/sitemap-latest.xml /.functions/sitemap 200
/fresh /.functions/ssr 200
/fresh/* /.functions/ssr 200
/menu-card /.functions/ssr 200
/menu-card/* /.functions/ssr 200
/.visit-check /.functions/visit-check 200
/.visit-check.js /.functions/visit-check-script 200
/* /404.html 404
`

/** The first path that matches gives the headers. */
const headers = `/now-freezing
  Cache-Control: public, max-age=0, s-maxage=2, stale-while-revalidate=3600
/flash-offer
  Cache-Control: public, max-age=0, s-maxage=3
/account
  Cache-Control: no-store
/prizes
  Cache-Control: no-store
/about/opening-hours
  Cache-Control: public, max-age=0, s-maxage=60, stale-if-error=86400
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/sitemap.xml
  Cache-Control: public, max-age=0, s-maxage=60
/sitemap-pages.xml.gz
  Cache-Control: public, max-age=0, s-maxage=60
/*
  Cache-Control: public, max-age=0, s-maxage=86400
`

/** Every file of a release that is not made from one content row each. */
export function releaseTexts(stock: Stock): readonly ReleaseText[] {
  return [
    ...plainPages(stock).map((plain) => fileOf('lollies', plain)),
    ...giftPages(stock).map((plain) => fileOf('gifts', plain)),
    ...stock.zones.flatMap((zone): readonly ReleaseText[] => [
      { file: `zones/${zone.name}${styleSheetPath}`, content: styleSheet },
      { file: `zones/${zone.name}/robots.txt`, content: 'User-agent: *\nAllow: /\n\nSitemap: /sitemap.xml\n' },
      {
        file: `zones/${zone.name}/sitemap.xml`,
        content:
          zone.name === 'lollies'
            ? sitemapIndex(zone, ['/sitemap-pages.xml.gz', '/sitemap-latest.xml'])
            : giftsSitemap(stock, zone),
      },
      ...(zone.name === 'lollies' ? [{ file: 'zones/lollies/sitemap-pages.xml', content: lolliesSitemap(stock, zone) }] : []),
    ]),
    { file: '_redirects', content: redirects },
    { file: '_headers', content: headers },
  ]
}

function fileOf(zone: ZoneName, plain: PlainPage): ReleaseText {
  const path = plain.path.endsWith('.html') ? plain.path : `${plain.path === '/' ? '' : plain.path}/index.html`
  return { file: `zones/${zone}${path}`, content: plain.html }
}
