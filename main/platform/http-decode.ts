import {
  brotliDecompress,
  brotliDecompressSync,
  gunzip,
  gunzipSync,
  inflate,
  inflateRaw,
  inflateRawSync,
  inflateSync,
} from 'node:zlib'
import { HttpLimitError } from './http-failure.ts'

/** A body as its sender meant it, or as it came when its encoding is not one that we know. */
export interface Decoded {
  readonly bytes: Buffer
  /** The encoding that was not understood; null when everything was. */
  readonly unknownEncoding: string | null
}

interface Limit {
  readonly maxOutputLength: number
}
interface Unpack {
  readonly now: (bytes: Buffer, limit: Limit) => Buffer
  readonly later: (bytes: Buffer, limit: Limit, done: (error: Error | null, result: Buffer) => void) => void
}

const GZIP: Unpack = { now: gunzipSync, later: gunzip }
const BROTLI: Unpack = { now: brotliDecompressSync, later: brotliDecompress }
const ZLIB: Unpack = { now: inflateSync, later: inflate }
const RAW_DEFLATE: Unpack = { now: inflateRawSync, later: inflateRaw }

/** A page of this wire size unpacks in well under a millisecond: quicker at once than by way of a thread. */
const AT_ONCE_WIRE_BYTES = 32_768
const AT_ONCE_DECODED_BYTES = 1_048_576
/** RFC 9110 §8.4 allows any number; nobody honest sends more than two. */
const MAX_ENCODINGS = 3

/**
 * Undoes `Content-Encoding`, the last one first (RFC 9110 §8.4).
 *
 * @param maxDecodedBytes limit of every intermediate result.
 * @throws HttpLimitError when a result is larger, or zlib's error when the data are damaged.
 */
export async function decodeBody(bytes: Buffer, encoding: string | undefined, maxDecodedBytes: number): Promise<Decoded> {
  const names = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity')
  if (names.length > MAX_ENCODINGS) throw new HttpLimitError('encoding', MAX_ENCODINGS)
  let current = bytes
  // An answer without a body (304, HEAD) may still name the encoding.
  if (bytes.length > 0) {
    for (const name of names.reverse()) {
      const unpack = unpackerOf(name, current)
      if (!unpack) return { bytes, unknownEncoding: name }
      current = await run(unpack, current, maxDecodedBytes)
    }
  }
  if (current.length > maxDecodedBytes) throw new HttpLimitError('decoded', maxDecodedBytes)
  return { bytes: current, unknownEncoding: null }
}

/** Whether bytes are a gzip file by their first two (RFC 1952 §2.3.1). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

function unpackerOf(name: string, bytes: Buffer): Unpack | undefined {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return GZIP
    case 'br':
      return BROTLI
    case 'deflate':
      // RFC 9110 §8.4.1.2: some servers leave the zlib wrapper out, whose first byte ends in 8.
      return ((bytes[0] ?? 0) & 0x0f) === 8 ? ZLIB : RAW_DEFLATE
    default:
      return undefined
  }
}

async function run(unpack: Unpack, bytes: Buffer, maxDecodedBytes: number): Promise<Buffer> {
  if (bytes.length <= AT_ONCE_WIRE_BYTES) {
    try {
      return unpack.now(bytes, { maxOutputLength: Math.min(AT_ONCE_DECODED_BYTES, maxDecodedBytes) })
    } catch (error) {
      if (!isTooLarge(error)) throw error
      if (maxDecodedBytes <= AT_ONCE_DECODED_BYTES) throw new HttpLimitError('decoded', maxDecodedBytes)
    }
  }
  return await new Promise((resolve, reject) => {
    unpack.later(bytes, { maxOutputLength: maxDecodedBytes }, (error, result) => {
      if (!error) resolve(result)
      else reject(isTooLarge(error) ? new HttpLimitError('decoded', maxDecodedBytes) : error)
    })
  })
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}
