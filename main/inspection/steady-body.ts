import { Parser } from 'htmlparser2'

/** One part of a page that changes at every render, by a simple selector: `#id`, `.class`, `tag`, `[attr]`, `[attr=value]`. */
type Matches = (name: string, attributes: Readonly<Record<string, string>>) => boolean

const SIMPLE =
  /^(?:#(?<id>[\w-]+)|\.(?<class>[\w-]+)|\[(?<attr>[\w:-]+)(?:=(?:"(?<quoted>[^"]*)"|(?<bare>[^\]"]*)))?\]|(?<tag>[a-z][a-z0-9-]*))$/i

/** Names that frameworks give to the field with their token against forged requests. */
const TOKEN =
  /^(_?csrf[\w-]*|[\w-]*csrf[_-]?token|_token|authenticity_token|csrfmiddlewaretoken|__requestverificationtoken|form_build_id|xsrf-token)$/i
/** Instants as programs write them: ISO 8601, HTTP dates, Unix seconds and milliseconds, `12:34:56`, `0.123s`. */
const INSTANTS =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?|[a-z]{3}, \d\d [a-z]{3} \d{4} \d\d:\d\d:\d\d GMT|\b\d{10}(?:\d{3})?\b|\b\d\d?:\d\d:\d\d\b|\b\d+(?:\.\d+)? ?(?:ms|s|seconds)\b/gi

/** Reads a selector; null when it is none of the simple ones. */
export function parseSelector(text: string): Matches | null {
  const part = SIMPLE.exec(text.trim())?.groups
  if (!part) return null
  const { id, class: className, attr, tag } = part
  const value = part['quoted'] ?? part['bare']
  if (id !== undefined) return (_name, attributes) => attributes['id'] === id
  if (className !== undefined) return (_name, attributes) => (attributes['class'] ?? '').split(/\s+/).includes(className)
  if (attr !== undefined) {
    const key = attr.toLowerCase()
    return (_name, attributes) => key in attributes && (value === undefined || attributes[key] === value)
  }
  return (name) => name === tag?.toLowerCase()
}

/**
 * The bytes of an HTML page without what changes at every render: nonces, tokens against forged requests, a policy in a
 * `meta`, instants in comments, and what the selectors name. A page that has none of it is returned as it is, so its hash
 * is the body's own.
 *
 * @param selectors of the site; what is none is passed over.
 */
export function steadyBody(body: Uint8Array, selectors: readonly string[]): Uint8Array {
  // One character a byte: places in the text are places in the body.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  const cuts = findCuts(text, [
    isVolatile,
    ...selectors.flatMap((selector) => parseSelector(Buffer.from(selector).toString('latin1')) ?? []),
  ])
  if (cuts.length === 0) return body
  let steady = ''
  let at = 0
  for (const [from, to] of cuts.sort((a, b) => a[0] - b[0])) {
    if (to <= at) continue
    steady += text.slice(at, Math.max(at, from))
    at = to
  }
  return Buffer.from(steady + text.slice(at), 'latin1')
}

function findCuts(text: string, volatile: readonly Matches[]): [from: number, to: number][] {
  const cuts: [number, number][] = []
  let depth = 0
  let open = { from: 0, tagEnd: 0 }
  const parser = new Parser({
    onattribute(name) {
      if (name === 'nonce') cuts.push([parser.startIndex, parser.endIndex])
    },
    onopentag(name, attributes) {
      if (depth > 0) depth += 1
      else if (volatile.some((matches) => matches(name, attributes))) {
        depth = 1
        open = { from: parser.startIndex, tagEnd: parser.endIndex + 1 }
      }
    },
    onclosetag(_name, isImplied) {
      if (depth === 0) return
      depth -= 1
      // What closes by itself ends before the tag that closed it.
      if (depth === 0) cuts.push([open.from, isImplied ? Math.max(open.tagEnd, parser.startIndex) : parser.endIndex + 1])
    },
    oncomment() {
      const from = parser.startIndex
      for (const found of text.slice(from, parser.endIndex + 1).matchAll(INSTANTS)) {
        cuts.push([from + found.index, from + found.index + found[0].length])
      }
    },
  })
  parser.end(text)
  return cuts
}

function isVolatile(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (name === 'input') return attributes['type']?.toLowerCase() === 'hidden' && TOKEN.test(attributes['name'] ?? '')
  if (name !== 'meta') return false
  return TOKEN.test(attributes['name'] ?? '') || /^content-security-policy(-report-only)?$/i.test(attributes['http-equiv'] ?? '')
}
