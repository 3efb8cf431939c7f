/** What a text of hosts or addresses comes to. */
export interface ReadZones {
  readonly zones: readonly string[]
  /** `*.example.com`: they name no host that could be asked. */
  readonly wildcards: readonly string[]
  readonly notTaken: readonly string[]
}

/**
 * Hosts or addresses, one a line, or the first column of a CSV.
 *
 * @param like an address whose scheme and port hosts alone get.
 */
export function readZones(text: string, like: string): ReadZones {
  const zones = new Set<string>()
  const wildcards = new Set<string>()
  const notTaken: string[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [first = ''] = line.split(/[,;\t]/)
    const word = first.trim().replace(/^"(.*)"$/, '$1')
    if (word === '' || /^(host|url|zone|domain|address)$/i.test(word)) continue
    if (word.startsWith('*.')) wildcards.add(word.toLowerCase())
    else {
      const zone = zoneOf(word, like)
      if (zone === null) notTaken.push(word)
      else zones.add(zone)
    }
  }
  return { zones: [...zones], wildcards: [...wildcards], notTaken }
}

function zoneOf(word: string, like: string): string | null {
  if (/^https?:\/\//i.test(word)) return URL.parse(word)?.origin ?? null
  if (!/^[a-z0-9.-]+(:\d{1,5})?$/i.test(word) || !/[a-z0-9]/i.test(word)) return null
  const near = URL.parse(like)
  const port = word.includes(':') || !near?.port ? '' : `:${near.port}`
  return URL.parse(`${near?.protocol ?? 'https:'}//${word}${port}`)?.origin ?? null
}

/** The zones that a distribution's aliases propose, the one that was looked at first. */
export function zonesOfAliases(aliases: readonly string[], seen: string): ReadZones {
  const read = readZones(aliases.join('\n'), seen)
  return { ...read, zones: [...new Set([seen, ...read.zones])] }
}
