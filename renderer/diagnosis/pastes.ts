/** What customers sent along, kept in this window's memory alone: the address of a question holds only a name for it. */
const kept = new Map<string, string>()
/** Each may have megabytes. */
const MOST = 8

/** Keeps a text and names it; null for an empty one. The same text has the same name. */
export function keepPaste(text: string): string | null {
  if (text.trim() === '') return null
  for (const [name, known] of kept) if (known === text) return name
  const name = crypto.randomUUID()
  kept.set(name, text)
  const [oldest] = kept.keys()
  if (kept.size > MOST && oldest !== undefined) kept.delete(oldest)
  return name
}

/** The text of that name; null after a reload, or when newer ones took its place. */
export function pasteOf(name: string | null): string | null {
  return name === null ? null : (kept.get(name) ?? null)
}
