import { CAUSES, type CauseId } from '#shared/diagnosis.ts'

/** The documentation pages of the causes; each is fetched when it is opened. */
const PAGES = import.meta.glob<string>('../../docs/causes/*.md', { query: '?raw', import: 'default' })

/** Reads a cause's documentation page as Markdown; null when it has none. */
export function causeDoc(id: CauseId): (() => Promise<string>) | null {
  return PAGES[`../../docs/causes/${id}.md`] ?? null
}

/** The address at which a cause's page is shown. */
export function causePath(id: CauseId): string {
  return `/why?about=${id}`
}

/** The cause that an address is about; null when it names none that has a page. */
export function readAbout(search: URLSearchParams): CauseId | null {
  const id = CAUSES.find((each) => each === search.get('about'))
  return id !== undefined && causeDoc(id) !== null ? id : null
}
