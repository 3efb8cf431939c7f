import type { RedirectRule } from '../builder.ts'

/** Rules in the order of matching, and what could not be read, a sentence each. */
export interface ReadRules {
  readonly rules: readonly RedirectRule[]
  readonly problems: readonly string[]
}

const STATUS = /^([1-5]\d\d)(!?)$/
const CONDITION = /^(country|language|role|cookie)=(.+)$/i
const PARAMETER = /^([^=\s]+)=(.+)$/

/**
 * A `_redirects` file: `from [name=value …] [to] [status[!]] [Condition=value …]`, one rule a line, `#` begins a comment.
 * A line that cannot be taken is told with its number, and the rest is kept. Source: Netlify docs, "Redirects and rewrites".
 */
export function readRedirectsFile(text: string): ReadRules {
  const rules: RedirectRule[] = []
  const problems: string[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = line
      .replace(/(^|\s)#.*$/, '')
      .trim()
      .split(/\s+/)
    if (words[0] === '' || words[0] === undefined) continue
    const read = ruleOf(words[0], words.slice(1))
    if (typeof read === 'string') problems.push(`_redirects, line ${index + 1}: ${read}`)
    else rules.push(read)
  }
  return { rules, problems }
}

function ruleOf(from: string, rest: readonly string[]): RedirectRule | string {
  if (!/^(\/|https?:\/\/)/i.test(from)) return `“${from}” is no path: it must begin with a slash.`
  const query: Record<string, string> = {}
  let to: string | null = null
  let status: RegExpExecArray | null = null
  const conditions: string[] = []
  for (const word of rest) {
    const isTarget = /^(\/|https?:\/\/)/i.test(word)
    const parameter = PARAMETER.exec(word)
    if (to === null && isTarget) to = word
    else if (status === null && STATUS.test(word)) status = STATUS.exec(word)
    else if (CONDITION.test(word)) conditions.push(word)
    else if (to === null && parameter) query[parameter[1] ?? ''] = parameter[2] ?? ''
    else return `“${word}” is neither a target, a status nor a condition.`
  }
  const code = Number(status?.[1] ?? 301)
  // A status of its own, such as a 404 for a whole folder, needs no target.
  if (to === null && code < 400) return 'It has no target.'
  return rule({ from, to: to ?? from, status: code, force: status?.[2] === '!', query, conditions })
}

/** Without the parts that say nothing. */
export function rule(parts: Required<Pick<RedirectRule, 'from' | 'to' | 'status'>> & Partial<RedirectRule>): RedirectRule {
  const { from, to, status, force = false, query = {}, conditions = [] } = parts
  return {
    from,
    to,
    status,
    ...(force ? { force } : {}),
    ...(Object.keys(query).length > 0 ? { query } : {}),
    ...(conditions.length > 0 ? { conditions } : {}),
  }
}
