import type { Cause } from '#shared/diagnosis.ts'
import type { Derived } from '../derive.ts'
import type { Evidence } from '../evidence.ts'
import { sendHeader } from '../remedies.ts'
import { cause, fact, quoted, span } from '../wording.ts'

/** No header says how long the page may be kept, so that every cache and browser guesses. */
export function lifetimeMissing(_: Evidence, { copy, browser }: Derived): Cause | null {
  const lasts = copy?.lifetime
  if (!lasts || !copy?.answer || copy.answer.status >= 400) return null
  const missing = lasts.heuristic || lasts.rule === 'no lifetime in the headers'
  const byPolicy = lasts.basis === 'edge-policy' && lasts.rule.startsWith('no lifetime in the headers')
  if (!missing && !(byPolicy && browser?.heuristic === true)) return null
  const guess = lasts.heuristic ? ` A usual guess here is ${span(lasts.lifetimeSeconds)}.` : ''
  return cause(
    'lifetime-missing',
    missing ? 'proven' : 'likely',
    missing
      ? `No header says how long this page may be kept, so every cache and browser guesses, each its own time.${guess}`
      : `No header says how long this page may be kept: the edge takes its default, ${span(lasts.lifetimeSeconds)}, and browsers guess.`,
    [
      fact('edge', `${quoted(lasts.rule)}.`, copy.atMs),
      browser?.heuristic === true ? fact('browser', `${quoted(browser.rule)}.`) : null,
    ],
    [sendHeader('Cache-Control', 'max-age=0, s-maxage=86400', 'a time for the edge, none for browsers; purge what changes')],
  )
}
