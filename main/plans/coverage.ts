import { isPrefix } from './requests.ts'

/**
 * Whether a purge of `items` also purges another item: the same one, one below a prefix, anything below `/*`. Paths are
 * compared as they are sent; tags as edges do, without their case.
 */
export function coverageOf(items: readonly string[]): (item: string) => boolean {
  const exact = new Set(items.map(fold))
  const beginnings = items.filter(isPrefix).map((item) => item.slice(0, -1))
  return (item) =>
    exact.has(fold(item)) ||
    (item.startsWith('#')
      ? beginnings.includes('/')
      : beginnings.some((beginning) => (isPrefix(item) ? item.slice(0, -1) : item).startsWith(beginning)))
}

function fold(item: string): string {
  return item.startsWith('#') ? item.toLowerCase() : item
}
