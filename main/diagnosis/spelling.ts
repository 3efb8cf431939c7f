/** Letters, digits and marks that need no encoding (RFC 3986 §2.3), as codes. */
const NEEDLESS = /%(?:2D|2E|5F|7E|3[0-9]|4[1-9A-F]|5[0-9A]|6[1-9A-F]|7[0-9A])/gi
const CODE = /%[0-9a-f]{2}/gi

/** Needless percent-encoding undone, hex digits in upper case (RFC 3986 §6.2.2): one spelling for the same path. */
export function plainEncoding(path: string): string {
  return path.replace(NEEDLESS, (code) => decodeURIComponent(code)).replace(CODE, (code) => code.toUpperCase())
}

/** Another way to encode the same path; null when there is nothing to encode otherwise. */
export function otherEncoding(path: string): string | null {
  const plain = plainEncoding(path)
  if (plain !== path) return plain
  const small = path.replace(CODE, (code) => code.toLowerCase())
  if (small !== path) return small
  return path.includes('~') ? path.replaceAll('~', '%7E') : null
}

/** The path and the query of an address, apart; the query with its question mark, or empty. */
export function splitPath(path: string): { readonly bare: string; readonly query: string } {
  const at = path.indexOf('?')
  return at === -1 ? { bare: path, query: '' } : { bare: path.slice(0, at), query: path.slice(at) }
}

/** With a slash at the end when there is none, and the other way round; null where that is no other page. */
export function otherSlash(bare: string): string | null {
  if (bare === '/' || bare === '') return null
  if (bare.endsWith('/')) return bare.slice(0, -1)
  return /\.[a-z0-9]{1,8}$/i.test(bare) ? null : `${bare}/`
}

/** With `index.html` when it ends in a slash, and the other way round; null elsewhere. */
export function otherIndex(bare: string): string | null {
  if (bare.endsWith('/')) return `${bare}index.html`
  return bare.endsWith('/index.html') ? bare.slice(0, -'index.html'.length) : null
}

/** Every other way in which somebody may have written this path. None of them is the path itself. */
export function otherSpellings(path: string): string[] {
  const { bare, query } = splitPath(path)
  const index = otherIndex(bare)
  const bares = [
    bare,
    otherSlash(bare),
    index,
    index === null ? null : otherSlash(index),
    otherEncoding(bare),
    bare.toLowerCase(),
  ]
  const spelled = bares.flatMap((other) => (other === null ? [] : query === '' ? [other] : [other, other + query]))
  return [...new Set(spelled)].filter((other) => other !== path)
}
