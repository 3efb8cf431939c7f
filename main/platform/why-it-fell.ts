import { DAMAGED, DAMAGED_FIX } from '#shared/damage.ts'
import { isDamage } from './failure-code.ts'

/** What people are told when the core has fallen, after "Frostline stopped". */
export function whyItFell(error: Error | null, logFolder: string): string {
  return isDamage(error) ? `${DAMAGED} ${DAMAGED_FIX}` : `Its core failed. The log in ${logFolder} says more.`
}
