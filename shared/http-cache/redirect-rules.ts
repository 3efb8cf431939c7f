/** One rule of a redirects file. `from` may end in `*` (a splat), have `:name` parts, and begin with a host. */
export interface Rule {
  readonly from: string
  readonly to: string
  readonly status: number
  /** It answers although a file lies at the address. */
  readonly force?: boolean | undefined
  /** Parameters that the query must have: a text, or `:name` for whatever stands there. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** What depends on the visitor, such as `Country=de`: nobody else can decide it. */
  readonly conditions?: readonly string[] | undefined
}

/** What answers an address, as far as the rules tell. */
export interface RuleAnswer {
  /** The first rule that matches whoever asks. */
  readonly rule: Rule | null
  /** Where it leads, with its parts filled in. */
  readonly target: string | null
  /** Rules above it that match some visitors only. */
  readonly depending: readonly Rule[]
}

/** A target that begins so is a function that renders on demand. */
const FUNCTIONS = '/.functions/'

/**
 * Which rule answers a path with its query, when no file does. `host`: of the address; a rule that names a host is left out
 * without it. Source: Netlify docs, "Redirects and rewrites": rules are tried from top to bottom, the first match wins.
 */
export function ruleAnswer(path: string, rules: readonly Rule[], host?: string): RuleAnswer {
  const [plain = path, query = ''] = path.split(/\?(.*)/s, 2)
  const asked: Asked = { parts: partsOf(plain), host, query: new URLSearchParams(query) }
  const depending: Rule[] = []
  for (const rule of rules) {
    const found = match(rule, asked)
    if (found === null) continue
    if ((rule.conditions ?? []).length === 0) return { rule, target: filled(rule.to, found), depending }
    depending.push(rule)
  }
  return { rule: null, target: null, depending }
}

/** The first rule that matches a path for every visitor; files win over rules, so ask only for paths that have no file. */
export function matchingRule(path: string, rules: readonly Rule[]): Rule | undefined {
  return ruleAnswer(path, rules).rule ?? undefined
}

/** The rules that answer although a file lies at the address. */
export function forcedRules(rules: readonly Rule[]): Rule[] {
  return rules.filter(({ force, conditions = [] }) => force === true && conditions.length === 0)
}

interface Asked {
  readonly parts: readonly string[]
  readonly host: string | undefined
  readonly query: URLSearchParams
}

/** What the placeholders stand for; null when the rule does not match. */
function match(rule: Rule, { parts, host, query }: Asked): Map<string, string> | null {
  const found = new Map<string, string>()
  const absolute = /^https?:\/\/([^/]+)(.*)$/i.exec(rule.from)
  if (absolute !== null && absolute[1]?.toLowerCase() !== host) return null
  const pattern = partsOf(absolute?.[2] ?? rule.from)
  for (const [index, part] of pattern.entries()) {
    if (part === '*' && index === pattern.length - 1) {
      found.set('splat', parts.slice(index).join('/'))
      return matchQuery(rule, query, found)
    }
    const actual = parts[index]
    if (actual === undefined) return null
    if (part.startsWith(':') ? actual === '' : part !== actual) return null
    if (part.startsWith(':')) found.set(part.slice(1), actual)
  }
  return parts.length === pattern.length ? matchQuery(rule, query, found) : null
}

function matchQuery(rule: Rule, query: URLSearchParams, found: Map<string, string>): Map<string, string> | null {
  for (const [name, wanted] of Object.entries(rule.query ?? {})) {
    const actual = query.get(name)
    if (actual === null || (!wanted.startsWith(':') && wanted !== actual)) return null
    if (wanted.startsWith(':')) found.set(wanted.slice(1), actual)
  }
  return found
}

function filled(to: string, found: ReadonlyMap<string, string>): string {
  return to.replace(/:([a-z_]\w*)/gi, (whole, name: string) => found.get(name) ?? whole)
}

/** A slash at the end makes no difference. */
function partsOf(path: string): string[] {
  const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  return trimmed.split('/')
}

/** How a path without a file is answered, as far as the rules tell. */
export function servedByRule(path: string, rules: readonly Rule[]): 'fallback' | 'redirect' | 'missing' | 'unknown' {
  const { rule, depending } = ruleAnswer(path, rules)
  if (depending.length > 0) return 'unknown'
  if (!rule) return 'missing'
  if (rule.status >= 300 && rule.status < 400) return 'redirect'
  if (rule.status >= 400) return 'missing'
  return rule.to.startsWith(FUNCTIONS) ? 'fallback' : 'unknown'
}
