/** What the screen "Why?" is asked: an address, and the instant (Unix milliseconds) at which it was seen; null for now. */
export interface AskedAbout {
  readonly url: string
  readonly atMs: number | null
}

/** The screen's address for a question, so that it can be linked. */
export function whyPath({ url, atMs }: AskedAbout): string {
  const search = new URLSearchParams({ url })
  if (atMs !== null) search.set('at', new Date(atMs).toISOString())
  return `/why?${search}`
}

/** The question in the screen's address; null when there is none. An instant that cannot be read counts as now. */
export function readAskedAbout(search: URLSearchParams): AskedAbout | null {
  const url = search.get('url')?.trim() ?? ''
  if (url === '') return null
  const atMs = Date.parse(search.get('at') ?? '')
  return { url, atMs: Number.isNaN(atMs) ? null : atMs }
}

/** Hosts as people write them: with a dot inside and letters at the end, or `localhost`; a port may follow. */
const HOST = /^(?:[\p{L}\p{N}-]+\.)*(?:[\p{L}\p{N}-]+\.\p{L}{2,}|localhost)\.?(?::\d{1,5})?(?:[/?#]|$)/u

/** Whether a text is the address of a page rather than words to search for: `https://…`, or a host with a path or a port. */
export function looksLikeAddress(text: string): boolean {
  const address = text.trim()
  if (/\s/.test(address)) return false
  if (/^https?:\/\/[^/?#]+/i.test(address)) return true
  return HOST.test(address) && /[/:]|^(?:www\.|localhost)/i.test(address)
}
