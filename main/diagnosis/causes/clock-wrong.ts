import type { Cause } from '#shared/diagnosis.ts'
import { parseHttpDate } from '#shared/http-cache/http-date.ts'
import { fields } from '../answers.ts'
import type { Derived } from '../derive.ts'
import type { Answered, Evidence } from '../evidence.ts'
import { look } from '../remedies.ts'
import { at, cause, fact, quoted, span } from '../wording.ts'

/** Clocks differ by seconds everywhere; this much spoils lifetimes. */
const AHEAD_MS = 120_000
const BEHIND_MS = 300_000

/** `Date` or `Age` cannot be right, and every lifetime is counted from them. */
export function clockWrong({ origin }: Evidence, { copy }: Derived): Cause | null {
  const asked = origin.basis === 'none' ? null : origin.exchange
  const found = (copy?.answer ? oddOf(copy.answer, 'the edge') : null) ?? (asked ? oddOf(asked, 'the origin') : null)
  if (found === null) return null
  const { says, who, answer, sure } = found
  return cause(
    'clock-wrong',
    sure ? 'proven' : 'likely',
    `${says} Caches and browsers count lifetimes from it, so copies last too long or too short.`,
    [fact(who === 'the edge' ? 'edge' : 'origin', says, answer.atMs)],
    [
      look(
        `Set the clock of ${who === 'the edge' ? 'the server behind it' : 'the origin'} by NTP, and let no program write Date or Age itself`,
      ),
    ],
  )
}

function oddOf(answer: Answered, who: 'the edge' | 'the origin') {
  const found = (says: string, sure = true) => ({ says, who, answer, sure })
  const [date] = fields(answer).lines('date')
  const [age] = fields(answer).lines('age')
  if (age !== undefined && age.trim().startsWith('-'))
    return found(`The answer of ${who} has a negative Age, ${quoted(age, 30)}.`)
  if (date === undefined) return null
  const dateMs = parseHttpDate(date, answer.atMs)
  if (dateMs === undefined) return found(`The answer of ${who} has a Date that is none: “${quoted(date, 60)}”.`)
  const aheadMs = dateMs - answer.atMs
  if (aheadMs > AHEAD_MS)
    return found(`The answer of ${who} is dated ${at(dateMs)}, ${span(aheadMs / 1_000)} ahead of the time when it came.`)
  const { ageSeconds, state } = answer.cache
  const fresh = who === 'the origin' || state === 'miss' || state === 'bypass'
  const ageMs = ageSeconds === null ? (fresh ? 0 : null) : ageSeconds * 1_000
  // A store without an Age may well hold something that old.
  if (ageMs === null) return null
  const behindMs = answer.atMs - ageMs - dateMs
  return behindMs > BEHIND_MS
    ? found(`The answer of ${who} is dated ${at(dateMs)}, ${span(behindMs / 1_000)} earlier than its age allows.`, fresh)
    : null
}
