import type { DeepLink } from '#shared/deep-link.ts'
import type { Site } from '#shared/sites.ts'

/** The site that a link means, by a host or its id: the one that is open where several have the host. Null: none. */
export function siteOf(name: string, sites: readonly Site[], current: Site | null): Site | null {
  const wanted = name.toLowerCase()
  const matches = (site: Site) => site.id === name || site.zones.some(({ host }) => host.toLowerCase() === wanted)
  return current && matches(current) ? current : (sites.find(matches) ?? null)
}

type InSite = Exclude<DeepLink, { kind: 'why' }>

/** Where the panel shows what a link to a site means. A page is shown by its id here. */
export function addressIn(site: Site, link: InSite, pageId?: number): string {
  const query = new URLSearchParams(link.kind === 'pages' ? link.search : '')
  query.set('site', site.id)
  const at = (path: string) => `${path}?${query}`
  switch (link.kind) {
    case 'page':
      query.set('text', link.path)
      if (pageId !== undefined) query.set('page', String(pageId))
      return at('/pages')
    case 'pages':
      return at('/pages')
    case 'tag':
      query.set('openTag', link.name)
      return at('/tags')
    case 'plan':
      return at(`/purges/${encodeURIComponent(link.id)}`)
    case 'build':
      query.set('build', link.id)
      return at('/builds')
  }
}
