/** The most that one request may hold. */
export interface RequestLimits {
  readonly items: number
  readonly prefixes: number
}

/** An item that ends with a star purges everything that begins with it. */
export function isPrefix(item: string): boolean {
  return item.startsWith('/') && item.endsWith('*')
}

export function countPrefixes(items: readonly string[]): number {
  return items.filter(isPrefix).length
}

/** The items in requests, in their order. */
export function splitItems(items: readonly string[], limits: RequestLimits): string[][] {
  const requests: string[][] = []
  let prefixes = 0
  for (const item of items) {
    const last = requests.at(-1)
    const more = isPrefix(item) ? 1 : 0
    if (last === undefined || last.length >= limits.items || prefixes + more > limits.prefixes) {
      requests.push([item])
      prefixes = more
    } else {
      last.push(item)
      prefixes += more
    }
  }
  return requests
}
