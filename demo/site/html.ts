const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

/** What a page depends on: a class and, except for the whole class, an id. */
export interface CacheTag {
  readonly class: string
  readonly id?: string
}

export function tagElement(tag: CacheTag): string {
  const id = tag.id === undefined ? '' : ` data-id="${escapeHtml(tag.id)}"`
  return `<ssr-cache data-class="${escapeHtml(tag.class)}"${id}></ssr-cache>`
}

/** A tag as the header writes it. */
export function tagText(tag: CacheTag): string {
  return tag.id === undefined ? tag.class : `${tag.class}:${tag.id}`
}

/** A tag as the header writes it, `class:id` or `class`, taken apart at its first colon. */
export function parseTag(text: string): CacheTag {
  const [, tagClass = text, id] = /^([^:]*):(.*)$/.exec(text) ?? []
  return id === undefined ? { class: tagClass } : { class: tagClass, id }
}

const tagPattern = /<ssr-cache data-class="([^"]*)"(?: data-id="([^"]*)")?><\/ssr-cache>/g

/** The tags in a page as the header writes them: `class:id` or `class`, in the order of the page, each once. */
export function tagsIn(html: string): readonly string[] {
  const tags = Array.from(html.matchAll(tagPattern), ([, tagClass, id]) =>
    id === undefined ? (tagClass ?? '') : `${tagClass ?? ''}:${id}`,
  )
  return [...new Set(tags)]
}
