/** One rule of a redirects file. `from` may end in `*` (a splat) and have `:name` parts. */
export interface Rule {
  readonly from: string
  readonly to: string
  readonly status: number
}

/** A target that begins so is a function that renders on demand. */
const FUNCTIONS = '/.functions/'

/**
 * The first rule that matches a path; files win over rules, so ask only for paths that have no file.
 * Source: Netlify docs, "Redirects and rewrites": rules are tried from top to bottom and the first match wins.
 */
export function matchingRule(path: string, rules: readonly Rule[]): Rule | undefined {
  const [plain] = path.split('?', 1)
  return rules.find((rule) => matches(rule.from, plain ?? path))
}

function matches(from: string, path: string): boolean {
  const pattern = trimSlash(from).split('/')
  const parts = trimSlash(path).split('/')
  for (const [index, part] of pattern.entries()) {
    if (part === '*' && index === pattern.length - 1) return true
    const actual = parts[index]
    if (actual === undefined) return false
    if (part.startsWith(':') ? actual === '' : part !== actual) return false
  }
  return parts.length === pattern.length
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

/** How a path without a file is answered, as far as the rules tell. */
export function servedByRule(path: string, rules: readonly Rule[]): 'fallback' | 'redirect' | 'missing' | 'unknown' {
  const rule = matchingRule(path, rules)
  if (!rule) return 'missing'
  if (rule.status >= 300 && rule.status < 400) return 'redirect'
  if (rule.status >= 400) return 'missing'
  return rule.to.startsWith(FUNCTIONS) ? 'fallback' : 'unknown'
}
