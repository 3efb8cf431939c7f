import { sentence } from './wording.ts'
import { wasAnswered, type Evidence, type KnownRelease } from './evidence.ts'

/** How the origin fails, as a sentence. What only comes from it, and does not come, tells as much as asking it. */
export function originFailure({ origin, variants, crawler, edge }: Evidence): string | null {
  if (origin.basis !== 'none' && origin.status >= 500) return `The origin answers with status ${origin.status}.`
  if (origin.basis === 'none' && origin.failure !== undefined) return `The origin did not answer: ${sentence(origin.failure)}`
  if (origin.basis !== 'none') return null
  const others = [...variants.map(({ exchange }) => exchange), crawler, edge?.again ?? null]
  const failed = others.filter(wasAnswered).find(({ status, cache }) => [502, 503, 504].includes(status) && cache.state !== 'hit')
  return failed ? `Asked in another way, the edge had to ask the origin and answered with status ${failed.status}.` : null
}

/** The origin says that there is no such page. */
export function originIsGone({ origin, rule }: Evidence, live: KnownRelease | null): boolean {
  if (origin.basis !== 'none') return origin.status === 404 || origin.status === 410
  return live?.hash === null && (rule === null || rule.status >= 400)
}
