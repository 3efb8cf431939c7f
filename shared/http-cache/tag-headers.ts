import type { Fields } from './fields.ts'

/** Fields in which caches look for tags, and what separates the tags there. Sources: the vendors' docs on purging by tag. */
const SEPARATORS: ReadonlyMap<string, RegExp> = new Map([
  ['cache-tag', /,/],
  ['netlify-cache-tag', /,/],
  ['vercel-cache-tag', /,/],
  ['edge-cache-tag', /,/],
  ['x-amz-meta-cache-tag', /,/],
  ['x-next-cache-tags', /,/],
  ['x-cache-tags', /,/],
  ['surrogate-key', /\s+/],
  ['xkey', /[\s,]+/],
  ['x-hashtwo', /[\s,]+/],
])

/** More tags on one page than any vendor takes. */
const MAX_TAGS = 1_000

/** The tag fields of an answer with their tags, each once, as written. */
export function readTagHeaders(fields: Fields): { readonly name: string; readonly tags: readonly string[] }[] {
  return fields.names.flatMap((name) => {
    const separator = SEPARATORS.get(name)
    if (separator === undefined) return []
    const tags = fields.lines(name).flatMap((line) => line.split(separator).map((tag) => tag.trim()))
    return [{ name, tags: [...new Set(tags.filter((tag) => tag !== ''))].slice(0, MAX_TAGS) }]
  })
}
