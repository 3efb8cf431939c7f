export interface RedirectRule {
  readonly from: string
  readonly to: string
  readonly status: number
}

/** Reads a `_redirects` file: `from to status`, one rule a line, `#` begins a comment. */
export function parseRedirects(text: string): readonly RedirectRule[] {
  return text.split('\n').flatMap((line) => {
    const [from, to, status] = line.trim().split(/\s+/)
    if (from === undefined || to === undefined || from === '' || from.startsWith('#')) return []
    return [{ from, to, status: Number(status ?? 301) }]
  })
}

export interface RuleMatch {
  readonly rule: RedirectRule
  /** The target with `:splat` filled in. */
  readonly target: string
}

/** The first rule that matches wins; a final `*` matches any rest, also none. */
export function matchRedirect(rules: readonly RedirectRule[], path: string): RuleMatch | null {
  for (const rule of rules) {
    if (!rule.from.endsWith('*')) {
      if (rule.from === path) return { rule, target: rule.to }
      continue
    }
    const prefix = rule.from.slice(0, -1)
    if (path.startsWith(prefix)) return { rule, target: rule.to.replace(':splat', path.slice(prefix.length)) }
  }
  return null
}
