/**
 * Links into Frostline that mean the same in every shell and, where they name no plan or build, in every installation: a site is
 * named by one of its hosts.
 *
 *     frostline://site/<host>/page?path=/lolly/x7     a page of that host
 *     frostline://site/<host>/tag?name=pb-menu        a tag
 *     frostline://site/<host>/pages?<filter>          the list of pages with a filter, an order and columns
 *     frostline://site/<host>/plan?id=<id>            a purge
 *     frostline://site/<host>/build?id=<id>           a build
 *     frostline://why?url=<address>&at=<instant>      a question
 */
export type DeepLink =
  | { readonly kind: 'page'; readonly site: string; readonly path: string }
  | { readonly kind: 'tag'; readonly site: string; readonly name: string }
  | { readonly kind: 'pages'; readonly site: string; readonly search: string }
  | { readonly kind: 'plan' | 'build'; readonly site: string; readonly id: string }
  | { readonly kind: 'why'; readonly url: string; readonly at: string | null }

export const LINK_SCHEME = 'frostline:'
const LONGEST = 16_000
/** A host with a port, or the id of a site: nothing that a path or another address could be made of. */
const SITE = /^[\p{L}\p{N}](?:[\p{L}\p{N}._:-]{0,251}[\p{L}\p{N}])?$/u
const ID = /^[\w.:-]{1,200}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z$/
const SITE_LINK = /^frostline:\/\/site\/([^/?#]+)\/(page|pages|tag|plan|build)\/?(?:\?([^#]*))?$/i
const WHY_LINK = /^frostline:\/\/why\/?\?([^#]*)$/i
const CONTROL = /\p{Cc}/u

/** What a link means; null for everything that is no link of ours, whoever made it. */
export function readDeepLink(text: string): DeepLink | null {
  const link = text.trim()
  if (link.length > LONGEST || CONTROL.test(link)) return null
  const why = WHY_LINK.exec(link)
  if (why) return readWhy(new URLSearchParams(why[1]))
  const [, rawSite = '', kind = '', rawQuery = ''] = SITE_LINK.exec(link) ?? []
  const site = decoded(rawSite)
  if (site === null || !SITE.test(site)) return null
  const query = new URLSearchParams(rawQuery)
  const one = (name: string) => (query.getAll(name).length === 1 ? usable(query.get(name)) : null)
  switch (kind.toLowerCase()) {
    case 'page': {
      const path = one('path')
      return path?.startsWith('/') ? { kind: 'page', site, path } : null
    }
    case 'tag': {
      const name = one('name')
      return name !== null && name.length <= 256 ? { kind: 'tag', site, name } : null
    }
    case 'pages':
      return [...query].every(([name, value]) => usable(name) !== null && !CONTROL.test(value))
        ? { kind: 'pages', site, search: query.toString() }
        : null
    default: {
      const id = one('id')
      if (id === null || !ID.test(id)) return null
      return { kind: kind.toLowerCase() === 'plan' ? 'plan' : 'build', site, id }
    }
  }
}

function readWhy(query: URLSearchParams): DeepLink | null {
  const url = query.getAll('url').length === 1 ? usable(query.get('url')) : null
  const at = query.get('at')
  if (url === null || !/^https?:\/\/[^/?#]/i.test(url) || !URL.canParse(url)) return null
  return at === null || INSTANT.test(at) ? { kind: 'why', url, at } : null
}

/** The link to something. What cannot be said in a link is not read back either. */
export function writeDeepLink(link: DeepLink): string {
  if (link.kind === 'why')
    return `frostline://why?${new URLSearchParams({ url: link.url, ...(link.at === null ? {} : { at: link.at }) })}`
  const query =
    link.kind === 'page'
      ? new URLSearchParams({ path: link.path })
      : link.kind === 'tag'
        ? new URLSearchParams({ name: link.name })
        : link.kind === 'pages'
          ? new URLSearchParams(link.search)
          : new URLSearchParams({ id: link.id })
  const text = query.toString()
  return `frostline://site/${encodeURIComponent(link.site)}/${link.kind}${text === '' ? '' : `?${text}`}`
}

/** The address at which the panel of any shell opens a link, for those to whom the system hands one; null: no link of ours. */
export function panelAddressOf(text: string): string | null {
  const link = readDeepLink(text)
  return link && `/link?${new URLSearchParams({ to: writeDeepLink(link) })}`
}

const usable = (text: string | null): string | null => (text === null || text === '' || CONTROL.test(text) ? null : text)

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch {
    return null
  }
}
