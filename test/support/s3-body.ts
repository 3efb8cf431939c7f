import { hash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { crc32 } from 'node:zlib'

/** What S3 says instead of an answer. */
export class S3Refusal extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}

/**
 * The body of an upload, its chunks and trailers taken apart, and held against every checksum that came with it.
 * Source: Amazon S3 API reference, "Signature calculations … including trailing headers".
 */
export async function readS3Body(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const raw = Buffer.concat(parts)
  const { headers } = request
  const streamed = headers['x-amz-content-sha256']?.toString().startsWith('STREAMING-') === true
  const { body, trailers } = streamed ? unchunk(raw) : { body: raw, trailers: {} }
  const told = { ...headers, ...trailers }
  const wanted = headers['x-amz-decoded-content-length']
  if (wanted !== undefined && Number(wanted) !== body.length) throw new S3Refusal(400, 'IncompleteBody')
  const sums: Readonly<Record<string, () => string>> = {
    'content-md5': () => hash('md5', body, 'base64'),
    'x-amz-checksum-sha256': () => hash('sha256', body, 'base64'),
    'x-amz-checksum-sha1': () => hash('sha1', body, 'base64'),
    'x-amz-checksum-crc32': () => {
      const sum = Buffer.alloc(4)
      sum.writeUInt32BE(crc32(body))
      return sum.toString('base64')
    },
  }
  for (const [name, sum] of Object.entries(sums)) {
    const value = told[name]
    if (value !== undefined && value !== sum()) throw new S3Refusal(400, 'BadDigest')
  }
  const trailer = headers['x-amz-trailer']?.toString()
  if (trailer !== undefined && told[trailer] === undefined) throw new S3Refusal(400, 'MalformedTrailerError')
  return body
}

function unchunk(raw: Buffer): { body: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = []
  for (let at = 0; ;) {
    const end = raw.indexOf('\r\n', at)
    if (end === -1) throw new S3Refusal(400, 'IncompleteBody')
    const size = Number.parseInt(raw.toString('latin1', at, end).split(';')[0] ?? '', 16)
    if (!Number.isInteger(size)) throw new S3Refusal(400, 'InvalidChunkSizeError')
    at = end + 2
    if (size === 0) {
      const lines = raw.toString('latin1', at).split('\r\n').filter(Boolean)
      const trailers = lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ])
      return { body: Buffer.concat(chunks), trailers: Object.fromEntries(trailers) }
    }
    chunks.push(raw.subarray(at, at + size))
    at += size + 2
  }
}
