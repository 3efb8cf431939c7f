/**
 * Non-ASCII characters and the ones that RFC 1738 §2.2 calls unsafe. CloudFront wants exactly these encoded: one more,
 * and the object is not found. `#` never gets here, and a `%` is one only when no two hex digits follow it.
 */
const UNSAFE = /%(?![0-9a-fA-F]{2})|[^\u0021-\u007e]|["#<>[\\\]^`{|}~]/gu
const ENCODED = /%[0-9a-f]{2}/gi
const utf8 = new TextEncoder()

/**
 * Percent-encodes what CloudFront wants encoded and keeps what is encoded already, its digits in upper case.
 *
 * @param path well-formed text; query included.
 */
export function encodePath(path: string): string {
  const encoded = path.replace(UNSAFE, encodeCharacter)
  return encoded.includes('%') ? encoded.replace(ENCODED, (digits) => digits.toUpperCase()) : encoded
}

function encodeCharacter(character: string): string {
  let encoded = ''
  for (const byte of utf8.encode(character)) encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  return encoded
}
