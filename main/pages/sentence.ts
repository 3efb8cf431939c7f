import type { PageDetail } from '#shared/pages.ts'

/** A page's state and why, as a person would say it. Instants are left to the screen. */
export function sentenceFor(page: Omit<PageDetail, 'sentence' | 'chain'>): string {
  const from = page.vantage === null ? 'from here' : `from here (${page.vantage})`
  const own = page.filledByCheck ? ' Our own check stored this copy.' : ''
  const lifetime =
    page.lifetimeBasis === 'headers' ? " Its lifetime is as the headers claim: the edge's policy is not known." : ''
  return `${core(page, from)}${lifetime}${own}`
}

/** Without a copy nothing at the edge is old; what the origin would give may be. */
function beforeTheChange({ content, originBasis, waitsFor }: Pick<PageDetail, 'content' | 'originBasis' | 'waitsFor'>): string {
  if (content !== 'pending') return ''
  const until = originBasis === 'renderer' ? 'a refresh makes it new' : 'a build or refresh makes it new'
  return ` That would still be the version before the change, until ${until}: ${(waitsFor ?? 'it waits').replace(/\.$/, '')}.`
}

function core(page: Omit<PageDetail, 'sentence' | 'chain'>, from: string): string {
  switch (page.word) {
    case 'unknown':
      return 'What visitors get is not known: this page is yet to be checked.'
    case 'failed':
      return `The check failed and there is no earlier evidence: ${page.failure ?? 'no reason was noted'}`
    case 'error':
      return page.time === 'past'
        ? `The last answer, seen ${from}, was an error (status ${page.status}). Its time at the edge is over: the next visit asks the origin again.`
        : `The edge holds an error (status ${page.status}) where a page belongs, seen ${from}.`
    case 'uncached':
      return `The edge asks the origin for every visit: ${page.lifetimeRule ?? 'the headers forbid storing'}.`
    case 'absent':
      return `The edge holds no copy, seen ${from}: the next visitor waits until the origin has answered.${beforeTheChange(page)}`
    case 'pending':
      return `A change is not in the origin yet: ${(page.waitsFor ?? 'it waits').replace(/\.$/, '')}. ${page.originBasis === 'renderer' ? 'A refresh' : 'A build or refresh'} makes it new; purging now would only store the old page again.`
    case 'outdated':
      return `Visitors get an old copy, seen ${from}. The origin has a newer one; a purge replaces it now.`
    case 'stale-allowed':
      return `The copy is past its lifetime but may still be given once, ${from}; the next visit refreshes it.`
    case 'expired':
      return 'The copy is past its lifetime: the next visit asks the origin, so no purge is needed.'
    case 'fresh':
      return page.content === 'current'
        ? `Visitors get the version that the origin has, seen ${from}.`
        : `The copy is within its lifetime, seen ${from}. It was not compared with the origin.`
  }
}
