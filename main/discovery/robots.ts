/** What a robots.txt asks of us. Source: RFC 9309. */
export interface Robots {
  readonly sitemaps: readonly string[]
  /** The least pause between two requests; not part of RFC 9309, and kept all the same. */
  readonly crawlDelaySeconds: number
  allows(path: string): boolean
}

/** Of our `User-Agent`, as robots.txt names it. */
const PRODUCT = 'frostline'
/** RFC 9309 §2.5 wants at least 500 KiB to be read. */
const CHARACTERS_AT_MOST = 512_000
const CRAWL_DELAY_SECONDS_AT_MOST = 30

interface PathRule {
  readonly allow: boolean
  readonly pattern: string
}

/** Reads a robots.txt; whatever is no rule in it is passed over. */
export function readRobots(text: string): Robots {
  const sitemaps: string[] = []
  const groups = new Map<string, { rules: PathRule[]; delay: number }>()
  let names: string[] = []
  let inRules = false
  for (const line of text.slice(0, CHARACTERS_AT_MOST).split(/\r\n|\r|\n/)) {
    const [, field = '', rest = ''] = /^\uFEFF?[ \t]*([A-Za-z-]+)[ \t]*:(.*)$/.exec(line) ?? []
    const value = (rest.split('#', 1)[0] ?? '').trim()
    switch (field.toLowerCase()) {
      case 'sitemap':
        // A fragment has no meaning to a server, but an address may be written with one.
        if (rest.trim() !== '') sitemaps.push(rest.trim().split(/\s/, 1)[0] ?? '')
        break
      case 'user-agent':
        if (inRules) names = []
        inRules = false
        names.push(value.toLowerCase())
        break
      case 'allow':
      case 'disallow':
        inRules = true
        if (value !== '')
          for (const name of names) group(name).rules.push({ allow: field.toLowerCase() === 'allow', pattern: value })
        break
      case 'crawl-delay':
        inRules = true
        for (const name of names) group(name).delay = Math.min(CRAWL_DELAY_SECONDS_AT_MOST, Math.max(0, Number(value) || 0))
        break
      default:
    }
  }
  function group(name: string) {
    const known = groups.get(name) ?? { rules: [], delay: 0 }
    groups.set(name, known)
    return known
  }
  const mine = groups.get(PRODUCT) ?? groups.get('*')
  return {
    sitemaps,
    crawlDelaySeconds: mine?.delay ?? 0,
    allows: (path) => path === '/robots.txt' || allowed(mine?.rules ?? [], path),
  }
}

export const ALLOWS_ALL: Robots = { sitemaps: [], crawlDelaySeconds: 0, allows: () => true }
/** A host whose robots.txt cannot be had may not be crawled. Source: RFC 9309 §2.3.1.4. */
export const ALLOWS_NONE: Robots = { sitemaps: [], crawlDelaySeconds: 0, allows: () => false }

/** The longest pattern decides, and of two as long the one that allows. Source: RFC 9309 §2.2.2. */
function allowed(rules: readonly PathRule[], path: string): boolean {
  let best: PathRule | null = null
  for (const rule of rules) {
    if (!matches(rule.pattern, path)) continue
    if (best === null || rule.pattern.length > best.pattern.length || (rule.pattern.length === best.pattern.length && rule.allow))
      best = rule
  }
  return best?.allow ?? true
}

/** `*` is any characters, `$` at the end is the end. Every part is looked for once, so that no pattern takes long. */
function matches(pattern: string, path: string): boolean {
  const ends = pattern.endsWith('$')
  const [first = '', ...parts] = (ends ? pattern.slice(0, -1) : pattern).split('*')
  if (!path.startsWith(first)) return false
  let at = first.length
  const last = parts.pop()
  if (last === undefined) return !ends || at === path.length
  for (const part of parts) {
    const found = path.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return ends ? path.length - last.length >= at && path.endsWith(last) : path.indexOf(last, at) !== -1
}
