import type { Cause } from '#shared/diagnosis.ts'
import { isStored, madeAt } from '../answers.ts'
import { pathOf, type Derived } from '../derive.ts'
import { wasAnswered, type Answered, type Companion, type Evidence } from '../evidence.ts'
import { purgePath } from '../remedies.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** The page is new, and a data file or an asset that goes with it is an old copy. */
export function companionOld(evidence: Evidence, derived: Derived): Cause | null {
  if ((derived.copy?.status ?? 0) >= 400) return null
  const answered = evidence.companions.flatMap((one) =>
    wasAnswered(one.exchange) && one.exchange.status < 400 ? [{ ...one, exchange: one.exchange }] : [],
  )
  const sure = answered.find(
    ({ originHash, exchange }) => originHash !== null && originHash !== exchange.bodyHash && isStored(exchange.cache) !== false,
  )
  const found = sure ?? answered.find((one) => isSuspect(one, derived))
  if (!found) return null
  const { url, exchange, kind } = found
  const madeAtMs = madeAt(exchange)
  const made = madeAtMs === null ? '' : `, a copy of ${at(madeAtMs)}`
  const what = kind === 'data' ? 'its data file' : 'its file'
  const page = derived.content.is === 'different' ? 'With the page,' : 'The page itself is not old, but'
  return cause(
    'companion-old',
    sure ? (isStored(exchange.cache) === true ? 'proven' : 'likely') : 'possible',
    `${page} ${what} ${quoted(pathOf(url))} is old at the edge${made}. Visitors who come from another page of the site, or whose page loads it, see what it has.`,
    [
      fact(
        'edge',
        `${quoted(pathOf(url))}: ${exchange.cache.state}${exchange.cache.ageSeconds === null ? '' : `, Age ${exchange.cache.ageSeconds} s`}.`,
        exchange.atMs,
      ),
      sure
        ? fact('release', 'The origin has another one.')
        : fact('history', 'It was made before the page changed, and was not compared.', derived.changedAtMs),
    ],
    [purgePath(evidence, pathOf(url), 'Purge that file')],
  )
}

function isSuspect(
  { kind, exchange, originHash }: Companion & { readonly exchange: Answered },
  { content, changedAtMs }: Derived,
): boolean {
  const madeAtMs = madeAt(exchange)
  return (
    kind === 'data' &&
    originHash === null &&
    content.is === 'same' &&
    isStored(exchange.cache) === true &&
    madeAtMs !== null &&
    changedAtMs !== null &&
    madeAtMs < changedAtMs
  )
}
