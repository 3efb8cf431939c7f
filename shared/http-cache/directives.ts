/**
 * Response directives of a `Cache-Control` field, names in lower case. A directive without an argument has the value
 * `true`. When a directive appears twice the first one counts.
 */
export type Directives = ReadonlyMap<string, string | true>

const MEMBER = /([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",;]+)))?/g

/**
 * Parses a `Cache-Control` field value. Commas inside quoted strings do not separate directives; parts that follow no
 * grammar are skipped, since one bad directive must not hide the others.
 * Source: RFC 9111 §5.2.
 */
export function parseDirectives(value: string | undefined): Directives {
  const found = new Map<string, string | true>()
  for (const match of (value ?? '').matchAll(MEMBER)) {
    const name = (match[1] ?? '').toLowerCase()
    if (found.has(name)) continue
    found.set(name, match[2] !== undefined ? match[2].replace(/\\(.)/g, '$1') : (match[3] ?? true))
  }
  return found
}

/**
 * Reads a delta-seconds argument. A negative or unreadable number counts as 0 (stale), one too large to count as 2^31.
 * Returns undefined when the directive is not there.
 * Source: RFC 9111 §1.2.2 and §4.2.1.
 */
export function deltaSeconds(directives: Directives, name: string): number | undefined {
  const raw = directives.get(name)
  if (raw === undefined) return undefined
  if (raw === true || !/^\d+$/.test(raw)) return 0
  return Math.min(Number(raw), 2 ** 31)
}
