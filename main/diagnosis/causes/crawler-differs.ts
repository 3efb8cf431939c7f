import type { Cause } from '#shared/diagnosis.ts'
import { sameBody } from '../answers.ts'
import type { Derived } from '../derive.ts'
import { wasAnswered, type Evidence } from '../evidence.ts'
import { look } from '../remedies.ts'
import { cause, fact } from '../wording.ts'

/** A crawler is given another page than a visitor, and not merely an older or a newer copy of it. */
export function crawlerDiffers(evidence: Evidence, { copy, content, oldHashes }: Derived): Cause | null {
  const { crawler, edge, variants, origin } = evidence
  const seen = copy?.answer
  if (!seen || !wasAnswered(crawler) || seen.status >= 400 || content.changesByItself) return null
  const says = 'Crawlers and visitors get different pages'
  const remedy = look(
    'Look for a rule at the edge or the origin that goes by User-Agent; search engines may hold it against the site',
  )
  if (crawler.status >= 400) {
    if (crawler.status === 429 || crawler.status >= 500) return null
    return cause(
      'crawler-differs',
      'proven',
      `${says}: a crawler is answered with status ${crawler.status}.`,
      [fact('edge', `Asked as a crawler: status ${crawler.status}.`, crawler.atMs)],
      [remedy],
    )
  }
  if (sameBody(crawler, seen)) return null
  const isAge = [crawler.steadyHash, crawler.bodyHash].some(
    (hash) => oldHashes.has(hash) || (origin.basis !== 'none' && origin.hash === hash),
  )
  if (isAge || (content.is === 'different' && origin.basis !== 'none' && origin.hash === null)) return null
  const others = [
    edge?.again ?? null,
    ...variants.filter(({ kind }) => kind === 'accept-encoding').map(({ exchange }) => exchange),
  ]
  const steady = others.filter(wasAnswered).some((other) => other !== seen && sameBody(other, seen))
  const [theirs, ours] = [crawler.textLength, seen.textLength]
  const shape =
    theirs === null || ours === null
      ? ''
      : ` The crawler's has ${theirs.toLocaleString('en-US')} characters of text, the visitor's ${ours.toLocaleString('en-US')}.`
  return cause(
    'crawler-differs',
    steady && content.is === 'same' ? 'proven' : steady ? 'likely' : 'possible',
    `${says}, and not because one is older.${shape}`,
    [
      fact('edge', 'Asked as a crawler, it answers with another page.', crawler.atMs),
      steady ? fact('edge', 'Asked twice as a visitor, it answered with the same page.', seen.atMs) : null,
    ],
    [remedy],
  )
}
