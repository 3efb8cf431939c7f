import type { DeepLink } from '#shared/deep-link.ts'
import { readAskedAbout } from './why-address.ts'

/** The link to what a window's address shows; null for what has none. A page's link is its panel's to tell: it knows the path. */
export function linkHere(site: string | null, pathname: string, search: string): DeepLink | null {
  const query = new URLSearchParams(search)
  if (pathname === '/why') {
    const asked = readAskedAbout(query)
    if (asked === null || !/^https?:\/\//i.test(asked.url)) return null
    return { kind: 'why', url: asked.url, at: asked.atMs === null ? null : new Date(asked.atMs).toISOString() }
  }
  if (site === null) return null
  const plan = /^\/purges\/([^/]+)$/.exec(pathname)?.[1]
  if (plan !== undefined) return { kind: 'plan', site, id: plan }
  const build = query.get('build')
  if (build !== null) return { kind: 'build', site, id: build }
  const tag = query.get('openTag')
  if (tag !== null) return { kind: 'tag', site, name: tag }
  if (pathname !== '/pages') return null
  for (const name of ['site', 'page', 'tab', 'delivery']) query.delete(name)
  return { kind: 'pages', site, search: query.toString() }
}
