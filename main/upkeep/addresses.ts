const URL_HOST = /\b(https?|wss?):\/\/([^/\s"'<>\\?#]+)([^\s"'<>\\]*)/gi

/**
 * Takes addresses out of texts. A host has the same name in all of them, so that lines about it can still be told from
 * others; what stands behind it is left out.
 *
 * @param hosts that are known, for where they stand without a scheme.
 */
export function createAddressRemover(hosts: readonly string[]): (text: string) => string {
  const names = new Map<string, string>()
  const nameOf = (host: string): string => {
    const key = host.toLowerCase()
    const known = names.get(key) ?? `host-${names.size + 1}`
    names.set(key, known)
    return known
  }
  const longestFirst = [...new Set(hosts)].sort((a, b) => b.length - a.length)
  for (const host of longestFirst) nameOf(host)
  return (text) => {
    const withoutUrls = text.replace(
      URL_HOST,
      (_whole, scheme: string, host: string, rest: string) => `${scheme}://${nameOf(host)}${rest === '' ? '' : '/…'}`,
    )
    return longestFirst.reduce((left, host) => left.replaceAll(host, nameOf(host)), withoutUrls)
  }
}
