import { canonicalPath, KEEP_ALL, type PageRules } from '#shared/page-identity.ts'
import { spellingsOf } from './spellings.ts'

/**
 * Turns one pasted line into a path of one of the site's zones, or says why it cannot. `spellings`: every way in which
 * the list may have it.
 */
export type ReadLine = (
  line: string,
) =>
  | { readonly zoneId: number | null; readonly path: string; readonly spellings: readonly string[] }
  | { readonly refused: string }

interface ZoneRef {
  readonly id: number
  readonly host: string
}

/**
 * Reads pasted lines for a site: whole addresses of its zones, or paths. `rules`: how the list spells a page; `check` knows
 * the vendor's rules for items. `siteOf`: the name of the other site that a host belongs to.
 */
export function createReadLine(
  zones: readonly ZoneRef[],
  check: (text: string) => { readonly ok: true; readonly item: string } | { readonly ok: false; readonly reason: string },
  rules: PageRules = KEEP_ALL,
  siteOf: (host: string) => string | null = () => null,
): ReadLine {
  const hosts = new Set(zones.map(({ host }) => host))
  return (pasted) => {
    // A parsed address would have it replaced, and name another page.
    if (!pasted.isWellFormed())
      return { refused: 'There is half a character inside, which no address can have. Copy the line again.' }
    const line = withScheme(pasted, hosts)
    if (line.startsWith('#'))
      return { refused: 'This is a tag. Plan a purge of it on the Tags screen, where its pages are shown.' }
    const address = /^https?:\/\//i.test(line) ? URL.parse(line) : null
    if (address === null && /^[a-z][a-z0-9+.-]*:\/\//i.test(line))
      return { refused: 'Not a web address that can be read. Paste it again, or paste only its path.' }
    const zone = address === null ? null : zones.find((candidate) => candidate.host === address.host)
    if (zone === undefined) {
      const other = siteOf(address?.host ?? '')
      if (other !== null)
        return { refused: `This is a page of ${other}. Choose that site in the menu at the top, and paste it there.` }
      return {
        refused: `${address?.host} is no zone of this site (${zones.map(({ host }) => host).join(', ')}). Paste the path alone if it is served there too.`,
      }
    }
    const path = address === null ? line : address.pathname + address.search
    // The vendor's own rules would answer with another wildcard, which is refused here as well.
    if (path.includes('*')) {
      return {
        refused:
          'A pasted line names one page and has no wildcard. Search for the beginning on the Pages screen, then plan for the pages that match.',
      }
    }
    const checked = check(path)
    if (!checked.ok) return { refused: checked.reason }
    const spellings = spellingsOf(path, checked.item)
    return {
      zoneId: zone?.id ?? null,
      path: checked.item,
      spellings: [...new Set(spellings.flatMap((one) => [one, canonicalPath(one, rules).path]))],
    }
  }
}

/** People leave the scheme away: a line that begins with the host of a zone is an address. */
function withScheme(line: string, hosts: ReadonlySet<string>): string {
  const host = line.split(/[/?#]/, 1)[0]?.toLowerCase() ?? ''
  return hosts.has(host) ? `http://${line}` : line
}
