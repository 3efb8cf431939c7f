import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import { wasAnswered, type Evidence } from '../evidence.ts'
import { makeOriginNew, purgeThis } from '../remedies.ts'
import { cause, fact } from '../wording.ts'

/** An empty shell has far less text than the page: at most this share of it, and at most so many characters. */
const SHARE = 0.4
const MOST_CHARACTERS = 2_000
/** So little is a page of nothing but its frame, with nothing to compare it with. */
const NEXT_TO_NOTHING = 40

/** The edge stored the page before its content had come. */
export function skeletonStored(evidence: Evidence, derived: Derived): Cause | null {
  const { copy, content } = derived
  const answer = copy?.answer
  const text = answer?.textLength ?? null
  if (!answer || text === null || answer.status !== 200 || copy?.stored === false || !isRendered(evidence)) return null
  const full = fullText(evidence, answer.bodyHash)
  const shell = full !== null && text <= MOST_CHARACTERS && text < full.text * SHARE
  if (content.is === 'same' || (!shell && !(full === null && text < NEXT_TO_NOTHING))) return null
  const confidence = !shell
    ? 'possible'
    : full.from === 'origin' && content.is === 'different' && copy?.stored === true
      ? 'proven'
      : 'likely'
  const than =
    full === null ? '' : `; ${full.from === 'origin' ? 'the origin' : 'another answer'} has ${full.text.toLocaleString('en-US')}`
  return cause(
    'skeleton-stored',
    confidence,
    `The edge stored the page before its content had come: the copy has ${text.toLocaleString('en-US')} characters of text${than}.`,
    [
      fact('edge', `The copy has ${text.toLocaleString('en-US')} characters of text.`, answer.atMs),
      full === null
        ? null
        : fact(full.from, `The whole page has ${full.text.toLocaleString('en-US')} characters of text.`, full.atMs),
    ],
    [
      purgeThis(evidence, derived),
      full === null ? makeOriginNew(evidence, evidence.askedAtMs) : null,
      { kind: 'look', says: 'Send the shell with Cache-Control: no-store, so that no cache keeps it' },
    ],
  )
}

function isRendered({ page, rule }: Evidence): boolean {
  if (page === null) return rule === null || rule.status === 200
  return page.rendersOnDemand || page.servedAs === 'rendered' || page.servedAs === 'fallback'
}

function fullText({ origin, edge, crawler }: Evidence, shellHash: string) {
  const exchange = origin.basis === 'none' ? null : origin.exchange
  if (exchange !== null && exchange.textLength !== null && exchange.status === 200 && exchange.bodyHash !== shellHash) {
    return { from: 'origin' as const, text: exchange.textLength, atMs: exchange.atMs }
  }
  const other = [edge?.again ?? null, crawler]
    .filter(wasAnswered)
    .find(({ status, bodyHash }) => status === 200 && bodyHash !== shellHash)
  return other && other.textLength !== null ? { from: 'edge' as const, text: other.textLength, atMs: other.atMs } : null
}
