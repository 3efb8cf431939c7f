import { Parser } from 'htmlparser2'

const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'title', 'head', 'svg'])

/** What stands between the tags of a page, in characters, white space counted once: an empty shell has next to none. */
export function textLength(html: Buffer): number {
  let length = 0
  let unseen = 0
  const parser = new Parser({
    onopentag(name) {
      if (unseen > 0 || UNSEEN.has(name)) unseen += 1
    },
    onclosetag() {
      if (unseen > 0) unseen -= 1
    },
    ontext(text) {
      if (unseen === 0) length += text.replace(/\s+/g, ' ').trim().length
    },
  })
  parser.end(html.toString('utf8'))
  return length
}

export interface Named {
  readonly kind: 'asset' | 'data'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What a page cannot do without comes first. */
const RANK = { script: 0, style: 0, data: 0, preload: 1, image: 2 } as const
const MAX_NAMED = 2_000

/**
 * What a page names of its own site: scripts, styles, preloads, images, and the data files that its framework asks for when
 * a visitor goes there by a link. The ones that matter most come first.
 *
 * @param isOwn whether a host belongs to the site.
 */
export function namedIn(html: Buffer, pageUrl: string, isOwn: (host: string) => boolean): Named[] {
  const found = new Map<string, { named: Named; rank: number }>()
  let base = pageUrl
  let nextData = ''
  let inNextData = false
  const add = (rank: keyof typeof RANK, href: string | undefined, kind: Named['kind'] = 'asset', headers?: Named['headers']) => {
    const url = href === undefined || href.trim() === '' ? null : URL.parse(href.trim(), base)
    if (url === null || !/^https?:$/.test(url.protocol) || !isOwn(url.host) || found.size >= MAX_NAMED) return
    url.hash = ''
    if (!found.has(url.href) && url.href !== pageUrl) {
      found.set(url.href, { named: { kind, url: url.href, ...(headers ? { headers } : {}) }, rank: RANK[rank] })
    }
  }
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'base' && attributes['href'] !== undefined) base = URL.parse(attributes['href'], pageUrl)?.href ?? base
      if (name === 'script') {
        add('script', attributes['src'])
        inNextData = attributes['id'] === '__NEXT_DATA__'
      } else if (name === 'img') add('image', attributes['src'])
      else if (name === 'link') {
        const rels = (attributes['rel'] ?? '').toLowerCase().split(/\s+/)
        if (rels.includes('stylesheet')) add('style', attributes['href'])
        else if (rels.some((rel) => rel === 'preload' || rel === 'modulepreload')) add('preload', attributes['href'])
      }
      if (attributes['id'] === '___gatsby') add('data', gatsbyData(pageUrl), 'data')
    },
    ontext(text) {
      if (inNextData && nextData.length < 5_000_000) nextData += text
      if (text.includes('self.__next_f')) add('data', rscOf(pageUrl), 'data', { rsc: '1' })
    },
    onclosetag(name) {
      if (name === 'script') inNextData = false
    },
  })
  parser.end(html.toString('utf8'))
  add('data', nextDataFile(pageUrl, nextData), 'data')
  return [...found.values()].sort((a, b) => a.rank - b.rank).map(({ named }) => named)
}

/** Source: Next.js, pages router: client transitions ask `/_next/data/<build>/<page>.json`. */
function nextDataFile(pageUrl: string, nextData: string): string | undefined {
  const build = /"buildId"\s*:\s*"([\w.~-]{1,200})"/.exec(nextData)?.[1]
  // A page that was rendered without data has no file of it.
  if (build === undefined || !/"(gsp|gssp|__N_SSG|__N_SSP)"\s*:\s*true/.test(nextData)) return undefined
  const { pathname, search } = new URL(pageUrl)
  const path = pathname.replace(/\/$/, '') || '/index'
  return `/_next/data/${build}${path}.json${search}`
}

/** Source: Gatsby, `/page-data/<path>/page-data.json`. */
function gatsbyData(pageUrl: string): string {
  const path = new URL(pageUrl).pathname.replace(/(index\.html)?\/?$/, '') || '/index'
  return `/page-data${path}/page-data.json`
}

/** Source: Next.js, app router: client transitions ask for the page itself with `RSC: 1` and `_rsc` in the query. */
function rscOf(pageUrl: string): string {
  const url = new URL(pageUrl)
  url.searchParams.set('_rsc', '1')
  return url.href
}
