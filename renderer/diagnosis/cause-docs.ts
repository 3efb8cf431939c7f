import type { CauseId } from '#shared/diagnosis.ts'

/** The documentation pages of the causes; each is fetched when it is opened. */
const PAGES = import.meta.glob<string>('../../docs/causes/*.md', { query: '?raw', import: 'default' })

/** Reads a cause's documentation page as Markdown; null when it has none. */
export function causeDoc(id: CauseId): (() => Promise<string>) | null {
  return PAGES[`../../docs/causes/${id}.md`] ?? null
}
