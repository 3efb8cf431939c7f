import type { IncomingMessage } from 'node:http'

/** The bodies that the shells accept hold one token or one switch. */
export const MAX_BODY_BYTES = 1024

/** Reads a small JSON body. Undefined when it is no JSON, null when it is too long. */
export async function readSmallJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) return undefined
    length += chunk.length
    if (length > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    return value ?? undefined
  } catch {
    return undefined
  }
}
