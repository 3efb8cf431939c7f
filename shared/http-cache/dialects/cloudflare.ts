import { hop, reading, stateOfWord, type Reading } from '../cache-hop.ts'
import type { Fields } from '../fields.ts'

/** Source: Cloudflare docs, "Cloudflare cache responses"; `cf-ray` ends in the location's code. */
export function readCloudflare(fields: Fields): Reading | null {
  const word = fields.lines('cf-cache-status').at(-1)
  const ray = fields.lines('cf-ray').at(-1)
  if (word === undefined && ray === undefined) return null
  const vantage = /^[0-9a-f]{1,40}-([A-Z]{3})$/i.exec(ray ?? '')?.[1]?.toUpperCase() ?? null
  // NONE and UNKNOWN: the answer was made before the cache was asked.
  const state = word === undefined ? null : /^(none\/)?unknown$/i.test(word) ? 'bypass' : stateOfWord(word)
  return reading('cloudflare', state === null ? [] : [hop('cloudflare', state, `cf-cache-status: ${word}`)], { vantage })
}
