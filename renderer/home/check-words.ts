import type { Home } from '#shared/home.ts'
import { countOf } from '#renderer/ui/format.ts'

/** What is offered for pages that nobody has looked at, and for a site of which none is known. */
export function checkWords({ pages, neverChecked }: Pick<Home, 'pages' | 'neverChecked'>): {
  readonly title: string
  readonly consequence: string
} {
  if (pages === 0) return { title: 'Find pages', consequence: 'No page is known yet: name a sitemap, a crawl, a list or a build' }
  const title = 'Check what was never checked'
  if (neverChecked === 0) return { title, consequence: 'Every page has been checked' }
  const consequence = `${countOf(neverChecked, 'page')}; uses no purges, and says what it costs the origin before it begins`
  return { title, consequence }
}
