const PERCENT = 37

/**
 * How many leading characters two paths share, cut so that a percent-encoded character is never torn apart: a prefix that
 * ends inside one would be no valid path. Source: RFC 3986 §2.1; RFC 3629 §3 for how many bytes make a character.
 */
export function sharedPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length)
  let length = 0
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length++
  return wholeCharacters(a, length)
}

function wholeCharacters(path: string, length: number): number {
  // A torn triple: `%` or `%C` at the end.
  if (path.charCodeAt(length - 1) === PERCENT) return wholeCharacters(path, length - 1)
  if (path.charCodeAt(length - 2) === PERCENT) return wholeCharacters(path, length - 2)
  // A torn surrogate pair, where a path was not encoded.
  const last = path.charCodeAt(length - 1)
  if (last >= 0xd8_00 && last <= 0xdb_ff) return length - 1
  if (path.charCodeAt(length - 3) !== PERCENT) return length
  // Back over the bytes of one character to the one that says how many there are.
  for (let back = 1; back <= 4; back++) {
    const at = length - 3 * back
    if (path.charCodeAt(at) !== PERCENT) return length
    const byte = Number.parseInt(path.slice(at + 1, at + 3), 16)
    if (byte < 0x80) return length
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? at : length
  }
  return length
}
