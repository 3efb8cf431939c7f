import { hop, reading, stateOfWord, type Reading } from '../cache-hop.ts'
import type { Fields } from '../fields.ts'

/** Source: Vercel docs, "Response headers": `x-vercel-cache`, and `x-vercel-id` as `edge region::function region::id`. */
export function readVercel(fields: Fields): Reading | null {
  const word = fields.lines('x-vercel-cache').at(-1)
  const id = fields.lines('x-vercel-id').at(-1)
  if (word === undefined && id === undefined) return null
  const [region = '', ...more] = (id ?? '').split('::', 3)
  const vantage = more.length > 0 && /^[a-z]{3}\d+$/.test(region) ? region : null
  return reading('vercel', word === undefined ? [] : [hop('vercel', stateOfWord(word), `x-vercel-cache: ${word}`)], { vantage })
}

/** A Next.js server's own cache of rendered pages. Source: Next.js, `x-nextjs-cache`. */
export function readNext(fields: Fields): Reading | null {
  const word = fields.lines('x-nextjs-cache').at(-1)
  return word === undefined ? null : reading('next', [hop('next', stateOfWord(word), `x-nextjs-cache: ${word}`)])
}
