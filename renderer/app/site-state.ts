import type { PageCounts } from '#shared/pages.ts'
import type { Site } from '#shared/sites.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'

/** How much a site needs somebody, worst first, and why in a few words. */
export interface SiteState {
  readonly level: 'bad' | 'warn' | 'waits' | 'good' | 'unknown'
  readonly words: string
}

type Counts = Partial<PageCounts['byWord']>

/** `counts`: missing while they are not known. */
export function siteState(site: Pick<Site, 'edge' | 'watchProblem'>, counts: Counts | undefined): SiteState {
  if (site.edge.state === 'failed') return { level: 'bad', words: 'edge not read' }
  if (site.edge.state === 'no-access') return { level: 'warn', words: 'no access yet' }
  if (counts === undefined) return { level: 'unknown', words: '' }
  const of = (word: keyof Counts) => counts[word] ?? 0
  if (of('error') > 0) return { level: 'bad', words: `${countOf(of('error'), 'error')} stored` }
  if (of('outdated') > 0) return { level: 'warn', words: `${formatCount(of('outdated'))} old` }
  if (site.watchProblem !== null) return { level: 'warn', words: 'not followed' }
  if (of('pending') > 0) return { level: 'waits', words: `${formatCount(of('pending'))} waiting` }
  return of('fresh') > 0 ? { level: 'good', words: 'up to date' } : { level: 'unknown', words: 'not checked' }
}
