import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export type HmacAlgorithm = 'sha256' | 'sha1'
export type HmacEncoding = 'hex' | 'base64' | 'base64url'

/** The HMAC of parts that are joined as they are: texts as UTF-8, bytes untouched. */
export function hmac(
  algorithm: HmacAlgorithm,
  secret: string,
  parts: readonly (string | Uint8Array)[],
  encoding: HmacEncoding,
): string {
  const made = createHmac(algorithm, secret)
  for (const part of parts) made.update(part)
  return made.digest(encoding)
}

/** Compares two texts in a time that does not tell how much of them is the same. */
export function sameText(left: string, right: string): boolean {
  return timingSafeEqual(createHash('sha256').update(left).digest(), createHash('sha256').update(right).digest())
}

/** The SHA-256 of a text, in hex. */
export function digestText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Random letters of base64url; 32 bytes are 43 of them, 48 are 64. */
export function randomText(bytes: number): string {
  return randomBytes(bytes).toString('base64url')
}
