import { sentence } from './wording.ts'
import { wasAnswered, type Evidence, type KnownRelease } from './evidence.ts'

/** How the origin fails, as a sentence. What only comes from it, and does not come, tells as much as asking it. */
export function originFailure({ origin, variants, crawler, edge }: Evidence): string | null {
  if (origin.basis !== 'none' && origin.status >= 500) return `The origin answers with status ${origin.status}.`
  if (origin.basis === 'none' && origin.failure !== undefined) return `The origin did not answer: ${sentence(origin.failure)}`
  if (origin.basis !== 'none') return origin.failure === undefined ? null : sentence(origin.failure)
  const others = [...variants.map(({ exchange }) => exchange), crawler, edge?.again ?? null]
  const failed = others.filter(wasAnswered).find(({ status, cache }) => [502, 503, 504].includes(status) && cache.state !== 'hit')
  return failed ? `Asked in another way, the edge had to ask the origin and answered with status ${failed.status}.` : null
}

/** Since when the renderer's entry waits for a refresh; null when it does not, or there is none. */
export function markedSince({ origin, page }: Evidence): number | null {
  if (origin.basis === 'renderer') return origin.markedAtMs ?? null
  return page === null || page.servedAs === 'static' ? null : (page.markedAtMs ?? null)
}

/** What makes the origin's page new is a refresh at the renderer, not a build. */
export const isRefreshed = (evidence: Evidence): boolean => evidence.origin.basis === 'renderer' || markedSince(evidence) !== null

/** The origin says that there is no such page. */
export function originIsGone({ origin, rule }: Evidence, live: KnownRelease | null): boolean {
  if (origin.basis !== 'none') return origin.status === 404 || origin.status === 410
  return live?.hash === null && (rule === null || rule.status >= 400)
}

/** The newest release that is built, has another page and is not what visitors get. */
export function stagedRelease({ history }: Evidence, live: KnownRelease | null): KnownRelease | null {
  if (live === null || live.hash === undefined) return null
  return (
    history.releases.find(
      ({ published, hash, startedAtMs }) =>
        !published && typeof hash === 'string' && hash !== live.hash && startedAtMs > live.startedAtMs,
    ) ?? null
  )
}
