import { Parser } from 'htmlparser2'

const LINKS_AT_MOST = 5_000

/**
 * Addresses that a page links to, without their fragments. Leaves out links that ask not to be followed, by `rel` or by
 * the page's robots `meta`.
 */
export function linksIn(html: string, pageUrl: string): string[] {
  const links = new Set<string>()
  let base = pageUrl
  let follows = true
  const parser = new Parser({
    onopentag(name, attributes) {
      const { href, rel = '' } = attributes
      if (name === 'base' && href !== undefined) base = URL.parse(href, pageUrl)?.href ?? base
      if (name === 'meta' && attributes['name']?.toLowerCase() === 'robots' && /nofollow|none/i.test(attributes['content'] ?? ''))
        follows = false
      if (name !== 'a' && name !== 'area' && !(name === 'link' && /\b(next|prev|alternate)\b/i.test(rel))) return
      if (href === undefined || /\bnofollow\b/i.test(rel) || links.size >= LINKS_AT_MOST) return
      const url = URL.parse(href, base)
      if (url === null || !/^https?:$/.test(url.protocol)) return
      url.hash = ''
      links.add(url.href)
    },
  })
  parser.end(html)
  return follows ? [...links] : []
}
