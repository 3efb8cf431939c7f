import type { Cause } from '#shared/diagnosis.ts'
import { isStored, madeAt, sameBody } from '../answers.ts'
import type { Derived } from '../derive.ts'
import { wasAnswered, type Answered, type Evidence, type Variant } from '../evidence.ts'
import { oldCopy, oldCopyFacts } from '../old-copy-facts.ts'
import { purgePath, purgeThis } from '../remedies.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** The edge keeps several copies of the page, and what made one of them new missed the other. */
export function variantMissed(evidence: Evidence, derived: Derived): Cause | null {
  return missedByPurge(evidence, derived) ?? missedThis(evidence, derived) ?? missedOther(evidence, derived)
}

/** A purge that was meant for the page named another spelling of it. */
function missedByPurge(evidence: Evidence, derived: Derived): Cause | null {
  const copy = oldCopy(derived)
  if (copy === null) return null
  const missed = evidence.history.purges.find(
    ({ state, covering, nearMisses, completedAtMs }) =>
      state === 'completed' &&
      covering.length === 0 &&
      nearMisses.length > 0 &&
      completedAtMs !== null &&
      (copy.madeAtMs ?? 0) < completedAtMs,
  )
  const helped = derived.purges.some(({ completedAtMs }) => completedAtMs > (missed?.completedAtMs ?? 0))
  if (!missed || missed.completedAtMs === null || helped) return null
  const named = missed.nearMisses
    .slice(0, 3)
    .map((item) => quoted(item, 120))
    .join(', ')
  return cause(
    'variant-missed',
    copy.stored === true && copy.madeAtMs !== null ? 'proven' : 'likely',
    `The purge of ${at(missed.completedAtMs)} named ${named}, which the edge keeps apart from ${quoted(derived.path)}: this copy was not reached.`,
    [fact('history', `${quoted(missed.by)} purged ${named}.`, missed.completedAtMs), ...oldCopyFacts(evidence, derived)],
    [purgeThis(evidence, derived)],
  )
}

/** This copy is old, and another one of the same page in the edge's store is new. */
function missedThis(evidence: Evidence, derived: Derived): Cause | null {
  const copy = oldCopy(derived)
  const answer = copy?.answer
  if (!answer || copy === null) return null
  const renewed = stored(evidence).find(({ exchange, kind }) => {
    const madeAtMs = madeAt(exchange)
    const later = madeAtMs !== null && copy.madeAtMs !== null && madeAtMs > copy.madeAtMs
    return kind !== 'vary' && later && hasOriginPage(evidence, exchange) && !sameBody(exchange, answer)
  })
  if (!renewed) return null
  return cause(
    'variant-missed',
    'proven',
    `The edge keeps several copies of this page: the one asked for ${renewed.how} is new, this one is still old.`,
    [
      fact(
        'edge',
        `Asked for ${renewed.how} (${quoted(renewed.path)}), it answers with the origin's page from its store.`,
        renewed.exchange.atMs,
      ),
      ...oldCopyFacts(evidence, derived),
    ],
    [purgeThis(evidence, derived)],
  )
}

/** This copy is right, and another one is a copy that the page had before. */
function missedOther(evidence: Evidence, derived: Derived): Cause | null {
  const { copy, content, oldHashes, changedAtMs } = derived
  const answer = copy?.answer
  if (!answer || content.is === 'different') return null
  const isOlder = (exchange: Answered): boolean => {
    const madeAtMs = madeAt(exchange)
    return madeAtMs !== null && madeAtMs < (changedAtMs ?? copy.madeAtMs ?? 0)
  }
  const knownOld = (exchange: Answered) => oldHashes.has(exchange.steadyHash) || oldHashes.has(exchange.bodyHash)
  const others = stored(evidence).filter(({ exchange }) => !sameBody(exchange, answer) && exchange.status === answer.status)
  const sure = others.find(
    ({ exchange, kind }) => knownOld(exchange) || (kind === 'accept-encoding' && content.is === 'same' && isOlder(exchange)),
  )
  // A query, a language or letter case may well be another page.
  const likely = others.find(
    ({ exchange, kind }) => kind !== 'vary' && kind !== 'accept-encoding' && content.is === 'same' && isOlder(exchange),
  )
  const missed = sure ?? likely
  if (!missed) return null
  const madeAtMs = madeAt(missed.exchange)
  const since = madeAtMs === null ? '' : `, made ${at(madeAtMs)}`
  return cause(
    'variant-missed',
    sure
      ? content.is === 'same'
        ? 'proven'
        : 'likely'
      : missed.kind === 'query' || missed.kind === 'case'
        ? 'possible'
        : 'likely',
    `This copy is right, but the edge keeps another one of the page${since}, for whoever asks for it ${missed.how}: ${quoted(missed.path)}.`,
    [
      fact('edge', `Asked for ${missed.how}, it answers with another page from its store.`, missed.exchange.atMs),
      knownOld(missed.exchange) ? fact('history', 'That is what the page was before.') : null,
    ],
    [purgePath(evidence, missed.path, missed.path === derived.path ? 'Purge this page with all its copies' : 'Purge that copy')],
  )
}

type StoredVariant = Variant & { readonly exchange: Answered }

const stored = ({ variants }: Evidence): StoredVariant[] =>
  variants.flatMap((variant) => {
    const { exchange } = variant
    return wasAnswered(exchange) && isStored(exchange.cache) === true && exchange.status < 400 ? [{ ...variant, exchange }] : []
  })

function hasOriginPage({ origin }: Evidence, exchange: Answered): boolean {
  if (origin.basis === 'none' || origin.hash === null) return false
  return origin.steady
    ? origin.hash === exchange.steadyHash
    : origin.hash === exchange.bodyHash || origin.hash === exchange.steadyHash
}
