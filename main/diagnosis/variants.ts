import type { Answered, VariantKind } from './evidence.ts'
import { otherEncoding, otherIndex, otherSlash, splitPath } from './spelling.ts'

/** Another way to ask for a page. */
export interface VariantRequest {
  readonly kind: VariantKind
  readonly how: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
}

/** As a browser of today sends them; without cookies, and only encodings that can be unpacked here. */
export const BROWSER_HEADERS = {
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en-US,en;q=0.9',
} as const

/** Names itself like a crawler, as an edge that treats crawlers apart looks for it. */
export const CRAWLER_USER_AGENT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
const PHONE_USER_AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'

/** What another visitor would send in a field that an answer varies by. Cookies are a visitor's own and are not tried. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'accept-language': ['de', 'fr'],
  'user-agent': [PHONE_USER_AGENT],
  'sec-ch-ua-mobile': ['?1'],
  'save-data': ['on'],
  accept: ['*/*'],
}

/** More than `variantsOf` can come to. */
export const MAX_VARIANTS = 14

const ENCODINGS = [
  ['br', 'as brotli'],
  ['gzip', 'as gzip'],
  ['identity', 'not compressed'],
] as const

/**
 * The ways of asking for a page of which an edge may keep copies of their own, the likeliest first.
 *
 * @param path of the page, with its query.
 * @param knownQuery a query with which the list has the same page; null without one.
 */
export function variantsOf(path: string, seen: Answered, knownQuery: string | null): VariantRequest[] {
  const { bare, query } = splitPath(path)
  const variants: VariantRequest[] = []
  const add = (kind: VariantKind, how: string, other: string | null) => {
    if (other !== null && other !== path && !variants.some((known) => known.path === other))
      variants.push({ kind, how, path: other })
  }
  if (query === '') add('query', 'with a query string that the list has', knownQuery === null ? null : bare + knownQuery)
  else add('query', 'without the query string', bare)
  const slashed = otherSlash(bare)
  add('slash', slashed?.endsWith('/') ? 'with a slash at the end' : 'without the slash at the end', slashed && slashed + query)
  const index = otherIndex(bare)
  add('index', index?.endsWith('/') ? 'without index.html' : 'with index.html', index && index + query)
  add('case', 'in small letters', lowerCase(bare) + query)
  const encoding = otherEncoding(bare)
  add('encoding', 'with another percent-encoding', encoding && encoding + query)
  const had = headerOf(seen, 'content-encoding')?.toLowerCase() ?? 'identity'
  for (const [encoding, how] of ENCODINGS) {
    if (encoding !== had) variants.push({ kind: 'accept-encoding', how, path, headers: { 'accept-encoding': encoding } })
  }
  for (const name of varyFields(seen)) {
    for (const value of OTHERS[name] ?? []) {
      variants.push({ kind: 'vary', how: `with ${fieldName(name)}: ${value}`, path, headers: { [name]: value } })
    }
  }
  return variants
}

function varyFields(seen: Answered): string[] {
  const value = headerOf(seen, 'vary') ?? ''
  return [
    ...new Set(
      value
        .toLowerCase()
        .split(',')
        .map((name) => name.trim()),
    ),
  ]
    .filter((name) => name !== 'accept-encoding')
    .slice(0, 8)
}

/** Hex digits of an encoding keep their case: they are another matter. */
const lowerCase = (bare: string): string =>
  bare.replace(/%[0-9a-f]{2}|[A-Z]+/gi, (part) => (part.startsWith('%') ? part : part.toLowerCase()))

const fieldName = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())

/** The values of a response field, joined (RFC 9110 §5.3). */
export function headerOf(answer: Answered, name: string): string | undefined {
  const values = answer.headers.filter(([field]) => field === name).map(([, value]) => value)
  return values.length === 0 ? undefined : values.join(', ')
}
