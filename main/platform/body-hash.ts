import { hash } from 'node:crypto'

/** `sha256-` and lower-case hex, as every hash of a body is written here. */
export function bodyHash(bytes: Uint8Array | string): string {
  return `sha256-${hash('sha256', bytes, 'hex')}`
}

/** Lower-case hex: what an object store calls a whole object's ETag. Not for secrets. */
export function md5Of(bytes: Uint8Array): string {
  return hash('md5', bytes, 'hex')
}
