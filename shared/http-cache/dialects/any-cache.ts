import { hop, reading, stateOfWord, type Reading } from '../cache-hop.ts'
import type { Fields } from '../fields.ts'

/** `X-Cache` of a cache that no other field names: its first word, and the name after `from`. */
export function readAnyCache(fields: Fields): Reading | null {
  const mark = fields.items('x-cache').at(-1)
  if (mark === undefined) return null
  const state = stateOfWord(/^[a-z]+/i.exec(mark)?.[0] ?? '')
  if (state === 'unknown') return null
  return reading('unknown', [hop('unknown', state, `x-cache: ${mark}`, { name: / from (\S+)/i.exec(mark)?.[1] ?? null })])
}
