import { reading, type Reading } from '../cache-hop.ts'
import type { Fields } from '../fields.ts'

/** Netlify tells its state in `Cache-Status` only; here it is told from others. */
export function readNetlify(fields: Fields): Reading | null {
  const known = fields.get('x-nf-request-id') !== undefined || /^netlify\b/i.test(fields.get('server') ?? '')
  return known ? reading('netlify', []) : null
}
