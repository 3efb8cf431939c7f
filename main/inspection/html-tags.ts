import { Parser } from 'htmlparser2'

const ELEMENTS = new Set(['ssr-cache', 'ps-tag'])
/** What the elements' names begin with, as bytes: pages without them need no parsing. */
const MARKERS = [Buffer.from('<ssr-cache'), Buffer.from('<ps-tag')]

/**
 * Tags that a page names in its HTML: `<ssr-cache data-class="pb-menu" data-id="main-menu">` is `pb-menu:main-menu`;
 * without an id the class alone. In order of appearance, each once.
 */
export function htmlTags(body: Buffer): string[] {
  if (!MARKERS.some((marker) => body.includes(marker))) return []
  const found = new Map<string, string>()
  const parser = new Parser({
    onopentag(name, attributes) {
      if (!ELEMENTS.has(name)) return
      const className = attributes['data-class']?.trim()
      if (!className) return
      const id = attributes['data-id']?.trim()
      const tag = id ? `${className}:${id}` : className
      if (!found.has(tag.toLowerCase())) found.set(tag.toLowerCase(), tag)
    },
  })
  parser.end(body.toString('utf8'))
  return [...found.values()]
}

/** Tags of a vendor's tag header: separated by commas or white space. */
export function headerTags(value: string | undefined): string[] {
  const parts = (value ?? '').split(/[,\s]+/).filter((part) => part !== '')
  return [...new Map(parts.map((part) => [part.toLowerCase(), part])).values()]
}
