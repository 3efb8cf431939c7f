const NOBODY: ReadonlyMap<string, string> = new Map()

/** What a text of hosts or addresses comes to. */
export interface ReadZones {
  readonly zones: readonly string[]
  /** `*.example.com`: they name no host that could be asked. */
  readonly wildcards: readonly string[]
  readonly notTaken: readonly string[]
  /** Zones of other sites, with the lines that name them, from 1. */
  readonly ofOthers: readonly { readonly line: number; readonly host: string; readonly name: string }[]
}

/**
 * Hosts or addresses, one a line, or the first column of a CSV.
 *
 * @param like an address whose scheme and port hosts alone get.
 * @param names the sites that are here already, by host.
 */
export function readZones(text: string, like: string, names: ReadonlyMap<string, string> = NOBODY): ReadZones {
  const zones = new Set<string>()
  const wildcards = new Set<string>()
  const notTaken: string[] = []
  const ofOthers: { line: number; host: string; name: string }[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const [first = ''] = line.split(/[,;\t]/)
    const word = first.trim().replace(/^"(.*)"$/, '$1')
    if (word === '' || /^(host|url|zone|domain|address)$/i.test(word)) continue
    if (word.startsWith('*.')) wildcards.add(word.toLowerCase())
    else {
      const zone = zoneOf(word, like)
      const host = zone === null ? '' : new URL(zone).host
      const name = names.get(host)
      if (zone === null) notTaken.push(word)
      else if (name !== undefined) ofOthers.push({ line: index + 1, host, name })
      else zones.add(zone)
    }
  }
  return { zones: [...zones], wildcards: [...wildcards], notTaken, ofOthers }
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
