/** Characters that an edge wants encoded in an item and that the addresses of many sites carry as they are. */
const ENCODED = /%(?:22|3C|3E|5B|5C|5D|5E|60|7B|7C|7D|7E)/g
const HEX = /%[0-9A-F]{2}/g

/**
 * The ways in which a path may be written in our list: as it was pasted, as the edge wants it (`item`), and as sitemaps
 * have it, with `~` or `[` as they are or with small hex digits.
 */
export function spellingsOf(pasted: string, item: string): string[] {
  const decoded = item.replace(ENCODED, (code) => decodeURIComponent(code))
  const small = (path: string) => path.replace(HEX, (code) => code.toLowerCase())
  return [...new Set([pasted, item, decoded, small(item), small(decoded)])]
}
