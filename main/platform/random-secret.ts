import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits that can stand in an address. */
export function secretText(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret that is only ever compared: SHA-256, lower-case hex. Enough for 256 random bits. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
