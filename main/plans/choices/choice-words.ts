import type { When, WhenChoice } from '#shared/plan-choices.ts'
import { pagesText } from '../wording.ts'

const WORDS: Record<When, string> = { now: 'Now', 'when-visited': 'When visited', expire: 'Let expire' }

/** The last choice, in words; null when none was made. */
export function lastChoice(choices: readonly WhenChoice[]): string | null {
  const last = choices.at(-1)
  if (!last) return null
  const { choice, pageIds, tagClass } = last
  const whom = pageIds ? pagesText(pageIds.length) : tagClass === undefined ? 'all pages' : `pages with ${tagClass}`
  return `${WORDS[choice]}: ${whom}`
}
