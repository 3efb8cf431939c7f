/** The part of a copy that an invalidation looks at. */
export interface Purgeable {
  readonly path: string
  readonly tags: readonly string[]
}

/**
 * What the items of one invalidation remove. An item names no host, so it reaches the path in every zone, with every
 * variant. Tags are compared without case, paths with it; `*` is a wildcard only at the end of a path.
 *
 * @param tagsEnabled false on a distribution without `CacheTagConfig`: its tag items remove nothing.
 */
export function purgeMatcher(items: readonly string[], tagsEnabled: boolean): (copy: Purgeable) => boolean {
  const exact = new Set(items.filter((item) => item.startsWith('/') && !item.endsWith('*')))
  const prefixes = items.filter((item) => item.startsWith('/') && item.endsWith('*')).map((item) => item.slice(0, -1))
  const tags = new Set(tagsEnabled ? items.filter((item) => item.startsWith('#')).map((item) => item.slice(1).toLowerCase()) : [])
  return (copy) =>
    exact.has(copy.path) || prefixes.some((prefix) => copy.path.startsWith(prefix)) || copy.tags.some((tag) => tags.has(tag))
}
