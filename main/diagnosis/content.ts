import { classify } from '#shared/http-cache/freshness.ts'
import { parseHttpDate } from '#shared/http-cache/http-date.ts'
import { fields, sameBody } from './answers.ts'
import type { Copy } from './copies.ts'
import { wasAnswered, type Answered, type Evidence } from './evidence.ts'

/** What the copy has, against what the origin has. */
export interface Content {
  /** Null: not compared, or a comparison says nothing. */
  readonly is: 'same' | 'different' | null
  /** `bytes`: hashes or validators say it. `date`: the origin's copy was changed later. */
  readonly by: 'bytes' | 'date' | null
  /** The page is another one at every render, so that a difference says nothing. */
  readonly changesByItself: boolean
}

const UNKNOWN: Content = { is: null, by: null, changesByItself: false }

/** Compares the copy with the origin's. Errors are compared with nothing: they are no version of the page. */
export function contentOf(evidence: Evidence, copy: Copy | null): Content {
  if (copy === null) return UNKNOWN
  if (copy.answer === null) return pastContent(evidence, copy)
  const { answer } = copy
  if (answer.status >= 400) return UNKNOWN
  const { origin, edge } = evidence
  if (changesByItself(evidence, answer, copy)) return { ...UNKNOWN, changesByItself: true }
  if (origin.basis === 'none' || origin.status >= 400) return UNKNOWN
  if (origin.hash !== null) {
    const same = origin.steady ? origin.hash === answer.steadyHash : copy.hashes.includes(origin.hash)
    return { is: same ? 'same' : 'different', by: 'bytes', changesByItself: false }
  }
  const again = edge?.again ?? null
  if (origin.sameAsEdge !== null) {
    // The validators were those of the last answer; of the first one they tell only when both are alike.
    if (!wasAnswered(again) || again === answer || sameBody(again, answer)) {
      return { is: origin.sameAsEdge ? 'same' : 'different', by: 'bytes', changesByItself: false }
    }
    return origin.sameAsEdge ? { is: 'different', by: 'bytes', changesByItself: false } : UNKNOWN
  }
  const modified = fields(answer).lines('last-modified')[0]
  const modifiedMs = parseHttpDate(modified, answer.atMs)
  const later = modifiedMs !== undefined && origin.lastModifiedMs !== null && origin.lastModifiedMs >= modifiedMs + 1_000
  return later ? { is: 'different', by: 'date', changesByItself: false } : UNKNOWN
}

/** Two answers that both came from the origin just now and yet differ. */
function changesByItself({ edge, origin }: Evidence, answer: Answered, copy: Copy): boolean {
  const again = edge?.again ?? null
  if (copy.stored !== false || (answer.cache.ageSeconds ?? 0) > 0 || behindIsOld(answer)) return false
  const fresh = (other: Answered) => other.cache.state === 'miss' || other.cache.state === 'bypass'
  if (wasAnswered(again) && again.status === answer.status && fresh(again) && !sameBody(again, answer)) return true
  return origin.basis === 'origin' && origin.exchange !== null && origin.hash !== null && origin.hash !== answer.steadyHash
}

/** A cache behind the nearest one answered from its store. */
export function behindIsOld({ cache }: Answered): boolean {
  return cache.hops.slice(0, -1).some(({ state }) => state === 'hit' || state === 'stale')
}

function pastContent({ page, origin, seenAtMs }: Evidence, copy: Copy): Content {
  const [hash] = copy.hashes
  if (hash !== undefined && origin.basis !== 'none' && origin.hash !== null) {
    return { is: hash === origin.hash ? 'same' : 'different', by: 'bytes', changesByItself: false }
  }
  const known = page === null ? null : classify(page.facts, seenAtMs ?? copy.atMs).content
  if (known === 'superseded') return { is: 'different', by: 'date', changesByItself: false }
  return known === 'current' ? { is: 'same', by: 'bytes', changesByItself: false } : UNKNOWN
}
