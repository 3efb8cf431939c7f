import { Parser } from 'htmlparser2'

const ELEMENTS = new Set(['ssr-cache', 'ps-tag'])
/** What the elements' names begin with, as bytes: pages without them need no reading. */
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
  parser.end(elementsOf(body))
  return [...found.values()]
}

/** Where markup stops being markup, and the elements that we look for. */
const NEXT = /<(?:!--|(script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)[\s/>]|(?:ssr-cache|ps-tag)[\s/>])/gi
const WHOLE_TAG = /<[a-z][^\s/>]*(?:[^>"']|"[^"]*"|'[^']*')*>/iy
const CLOSED_BEFORE = /^<[a-z/!?](?:[^>"']|"[^"]*"|'[^']*')*>/i

/**
 * The opening tags of the elements alone, so that the parser need not read the whole page; the whole page where they are
 * not found beyond doubt, as inside another tag's attribute.
 */
function elementsOf(body: Buffer): string {
  // One character a byte: positions and ASCII are the same, and the bytes come back as they were.
  const text = body.toString('latin1')
  let elements = ''
  NEXT.lastIndex = 0
  for (let match = NEXT.exec(text); match; match = NEXT.exec(text)) {
    const raw = match[1]
    if (match[0] === '<!--') {
      const end = text.indexOf('-->', match.index + 2)
      if (end < 0) break
      NEXT.lastIndex = end + 3
    } else if (raw !== undefined) {
      const end = text.slice(match.index).search(new RegExp(`</${raw}[\\s/>]`, 'i'))
      if (end < 0) break
      NEXT.lastIndex = match.index + end
    } else {
      WHOLE_TAG.lastIndex = match.index
      const tag = WHOLE_TAG.exec(text)?.[0]
      const before = text.lastIndexOf('<', match.index - 1)
      const open = match.index > 0 && before >= 0 && !CLOSED_BEFORE.test(text.slice(before, match.index))
      if (tag === undefined || open) return body.toString('utf8')
      elements += tag
      NEXT.lastIndex = match.index + tag.length
    }
  }
  return Buffer.from(elements, 'latin1').toString('utf8')
}

/** Tags of a vendor's tag header: separated by commas or white space. */
export function headerTags(value: string | undefined): string[] {
  const parts = (value ?? '').split(/[,\s]+/).filter((part) => part !== '')
  return [...new Map(parts.map((part) => [part.toLowerCase(), part])).values()]
}
