import type { Cause } from '#shared/diagnosis.ts'
import { fromHere } from '../answers.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { checkAgain, purgeThis } from '../remedies.ts'
import { at, cause, fact, quoted } from '../wording.ts'

/** Another location of the edge has another copy than the one that answers here. */
export function vantagesDiffer(evidence: Evidence, derived: Derived): Cause | null {
  return byCustomer(evidence, derived) ?? byLooks(evidence, derived)
}

function byCustomer(evidence: Evidence, derived: Derived): Cause | null {
  const { customer, copy, content, oldHashes } = derived
  const theirs = customer?.copy.cache.vantage ?? null
  if (!customer || copy?.answer == null || theirs === null || copy.vantage === null || theirs === copy.vantage) return null
  if (customer.old !== true || content.is === 'different' || customer.copy.fromBrowserCache === true) return null
  const { bodyHash } = customer.copy
  const known = bodyHash !== null && oldHashes.has(bodyHash)
  const stored = customer.copy.cache.state === 'hit' || customer.copy.cache.state === 'stale'
  return cause(
    'vantages-differ',
    known && stored ? 'proven' : 'likely',
    `The customer was answered by ${quoted(theirs, 40)}, which had an older copy than the one seen ${fromHere(copy.vantage)}. One location is not the whole edge.`,
    [
      fact(
        'customer',
        `Answered by ${quoted(theirs, 40)}${customer.copy.cache.ageSeconds === null ? '' : ` with Age ${customer.copy.cache.ageSeconds} s`}.`,
        customer.copy.atMs,
      ),
      known ? fact('history', 'What they got is what the page was before.') : null,
      fact('edge', `${quoted(copy.vantage, 40)} has another copy.`, copy.atMs),
    ],
    [purgeThis(evidence, derived), checkAgain('Ask the customer to try again after the purge')],
  )
}

function byLooks({ history, site }: Evidence, { copy, content, oldHashes, changedAtMs }: Derived): Cause | null {
  const here = copy?.vantage ?? null
  if (copy === null || here === null || content.is !== 'same' || site === null) return null
  const other = history.looks.find(
    ({ vantage, edgeHash, atMs }) =>
      vantage !== null &&
      vantage !== here &&
      edgeHash !== null &&
      oldHashes.has(edgeHash) &&
      changedAtMs !== null &&
      atMs > changedAtMs &&
      atMs <= copy.atMs,
  )
  if (!other) return null
  return cause(
    'vantages-differ',
    'possible',
    `Right ${fromHere(here)}; but ${quoted(other.vantage ?? '', 40)} still had an older copy at ${at(other.atMs)}.`,
    [fact('history', `Seen from ${quoted(other.vantage ?? '', 40)}: an earlier page.`, other.atMs)],
    [checkAgain('Ask the customer for their city, and check from there')],
  )
}
