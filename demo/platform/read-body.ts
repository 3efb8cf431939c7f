import type { IncomingMessage } from 'node:http'

export class BodyTooLargeError extends Error {}

/**
 * Reads a whole request body.
 *
 * @throws BodyTooLargeError beyond `limitBytes`.
 */
export async function readBody(request: IncomingMessage, limitBytes = 4_000_000): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    size += bytes.length
    if (size > limitBytes) throw new BodyTooLargeError(`The request body is larger than ${String(limitBytes)} bytes.`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
