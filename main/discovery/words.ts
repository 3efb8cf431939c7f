import { counted } from '#shared/count-of.ts'
import type { Found } from '#shared/discovery.ts'

/** "1,204 new, 300 known, 3 not taken (line 17: …)", then what could not be read. */
export function foundSentence(found: Found): string {
  const parts = [`${counted(found.added)} new`, `${counted(found.known)} known`]
  if (found.rewritten > 0) parts.push(`${counted(found.rewritten)} written as the rules say`)
  const first = found.notTaken[0]
  if (first) {
    const where = first.line === null ? first.text : `line ${counted(first.line)}`
    parts.push(`${counted(found.notTakenCount)} not taken (${where}: ${first.reason})`)
  }
  return [`${parts.join(', ')}${first ? '' : '.'}`, ...found.problems].join(' ')
}
