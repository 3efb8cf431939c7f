import type { Answer } from './read-answer.ts'

/** Header fields that make a request conditional. */
export type Condition = Readonly<Record<string, string>>

/** What the check before saw of a page's copy. */
export interface Before {
  readonly edgeHash: string
  readonly sizeBytes: number
  readonly headers: readonly (readonly [string, string])[]
  /** How to ask whether the copy is still that one; null where what was seen proves nothing any more. */
  readonly condition: Condition | null
}

/** One answer of the edge with its body. */
export interface Seen extends Answer {
  readonly body: Buffer
  /** The edge said that its copy is the one of the check before, and sent no body. */
  readonly confirmed?: boolean
}

/** Fields that describe the copy rather than the answer. A 304 may leave them out (RFC 9110 §15.4.5). */
const OF_THE_COPY = new Set([
  'cache-control',
  'content-encoding',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'vary',
])
const NO_BODY = Buffer.alloc(0)

/** The stored copy with the fields of the 304 that confirmed it (RFC 9111 §3.2, §4.3.4). */
export function confirmedCopy(answer: Seen, before: Before, tagHeader: string | null): Seen {
  const told = new Set(answer.headers.map(([name]) => name))
  const kept = before.headers.filter(([name]) => OF_THE_COPY.has(name) && name !== tagHeader && !told.has(name))
  const headers = kept.length === 0 ? answer.headers : [...kept, ...answer.headers]
  return {
    status: 200,
    header: (name) => answer.header(name) ?? kept.find(([field]) => field === name)?.[1],
    headers,
    bodyHash: before.edgeHash,
    sizeBytes: before.sizeBytes,
    ttfbMs: answer.ttfbMs,
    atMs: answer.atMs,
    body: NO_BODY,
    confirmed: true,
  }
}

/** RFC 9110 §8.8.2.2: a date is a strong validator only when the copy was a while old when it was sent. */
const STRONG_AFTER_MS = 60_000

/** How to ask for the copy with these headers. A tag is exact; a date only where the copy was not made in its second. */
export function conditionOf(headers: Before['headers']): Condition | null {
  const value = (name: string) => headers.find(([field]) => field === name)?.[1]
  const etag = value('etag')
  // A header that was cut when it was stored would match nothing.
  if (etag !== undefined && etag.length < 1_000) return { 'if-none-match': etag }
  const [modified, date] = [value('last-modified'), value('date')]
  if (modified === undefined || date === undefined) return null
  return Date.parse(date) - Date.parse(modified) >= STRONG_AFTER_MS ? { 'if-modified-since': modified } : null
}
