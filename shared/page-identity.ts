import * as z from 'zod'

/** Which spellings of an address are one page, by site. As they are by default, every spelling is a page of its own. */
export const PageRules = z.object({
  /** The slash at the end of a path; a path whose last part has a dot gets none. */
  slash: z.enum(['keep', 'add', 'remove']).default('keep'),
  index: z.enum(['keep', 'strip']).default('keep'),
  /** Of paths; hosts are always in lower case. */
  letterCase: z.enum(['keep', 'lower']).default('keep'),
  encoding: z.enum(['keep', 'normalise']).default('keep'),
  query: z.enum(['keep', 'listed', 'drop']).default('keep'),
  /** Parameters that stay when `query` is `listed`. */
  queryNames: z
    .array(z.string().trim().min(1, 'A parameter has a name').max(200))
    .max(100, 'At most 100 parameters can be named')
    .default([]),
  sortQuery: z.boolean().default(false),
})
export type PageRules = z.infer<typeof PageRules>

export const KEEP_ALL: PageRules = PageRules.parse({})

/** `address`: what every browser does with a typed address before it sends it. */
export const RULE_NAMES = ['address', 'encoding', 'letterCase', 'index', 'slash', 'query', 'sortQuery'] as const
export type RuleName = (typeof RULE_NAMES)[number]

export interface CanonicalPath {
  /** With its query, when one is left. */
  readonly path: string
  /** In the order in which they changed something. */
  readonly changedBy: readonly RuleName[]
}
export interface CanonicalPage extends CanonicalPath {
  /** With its port, when it has one that is not usual. */
  readonly host: string
}

/** The page that an address means under a site's rules; null when it is no web address. Never throws. */
export function canonicalPage(address: string, rules: PageRules): CanonicalPage | null {
  const text = address.trim()
  const url = /^https?:\/\//i.test(text) ? URL.parse(text) : null
  if (url === null || url.host === '') return null
  const { path, changedBy } = canonicalPath(url.pathname + url.search, rules)
  const asSent = url.origin + url.pathname + url.search
  const typed = text === asSent || `${text}/` === asSent
  return { host: url.host, path, changedBy: typed ? changedBy : ['address', ...changedBy] }
}

/** The same for a path with its query, as a sitemap or a manifest has it. */
export function canonicalPath(pathWithQuery: string, rules: PageRules): CanonicalPath {
  const queryAt = pathWithQuery.indexOf('?')
  let path = queryAt === -1 ? pathWithQuery : pathWithQuery.slice(0, queryAt)
  let query = queryAt === -1 ? '' : pathWithQuery.slice(queryAt)
  const changedBy = new Set<RuleName>()
  const turn = (by: RuleName, to: string) => {
    if (to !== path) changedBy.add(by)
    path = to
  }
  if (rules.encoding === 'normalise') {
    turn('encoding', normalised(path))
    const plain = normalised(query)
    if (plain !== query) changedBy.add('encoding')
    query = plain
  }
  if (rules.letterCase === 'lower') turn('letterCase', lowered(path))
  // Without its slash a path may end in index.html, and the other way round: until nothing changes any more.
  for (let before = ''; before !== path;) {
    before = path
    if (rules.index === 'strip') turn('index', path.replace(/\/index\.html$/, '/'))
    turn('slash', withSlash(path, rules.slash))
  }
  const kept = keptParameters(query, rules)
  if (kept !== query) changedBy.add('query')
  const sorted = rules.sortQuery ? sortedQuery(kept) : kept
  if (sorted !== kept) changedBy.add('sortQuery')
  return { path: path + sorted, changedBy: [...changedBy] }
}

/**
 * Letters, digits and `-._~` as they are, all other codes with capital digits. Source: RFC 3986 §6.2.2. A `%` that begins no
 * code is one itself: beside a letter that was decoded it would look like another code.
 */
function normalised(text: string): string {
  return text.replace(/%(?:[0-9a-f]{2})?/gi, (code) => {
    if (code === '%') return '%25'
    const character = String.fromCharCode(Number.parseInt(code.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : code.toUpperCase()
  })
}

/** ASCII letters only, and none of a percent code: what other letters become depends on the server. */
function lowered(path: string): string {
  return path.replace(/%[0-9a-f]{2}|[A-Z]/gi, (part) => (part.length === 1 ? part.toLowerCase() : part))
}

function withSlash(path: string, rule: PageRules['slash']): string {
  if (rule === 'remove') return path.replace(/\/+$/, '') || '/'
  if (rule === 'keep' || path.endsWith('/')) return path
  const last = path.slice(path.lastIndexOf('/') + 1)
  return last.includes('.') ? path : `${path}/`
}

function keptParameters(query: string, rules: PageRules): string {
  if (rules.query === 'keep' || query === '') return query
  if (rules.query === 'drop') return ''
  const names = new Set(rules.queryNames)
  const kept = query
    .slice(1)
    .split('&')
    .filter((part) => names.has(nameOf(part)))
  return kept.length === 0 ? '' : `?${kept.join('&')}`
}

/** Parameters of one name keep their order, which a server may read as a list. */
function sortedQuery(query: string): string {
  if (!query.includes('&')) return query
  const parts = query
    .slice(1)
    .split('&')
    .map((part) => ({ part, name: nameOf(part) }))
  parts.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return `?${parts.map(({ part }) => part).join('&')}`
}

function nameOf(parameter: string): string {
  const name = (parameter.split('=', 1)[0] ?? '').replaceAll('+', ' ')
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
