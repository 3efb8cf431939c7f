import { gunzipSync, gzipSync } from 'node:zlib'

/** JSON, compressed: for large values that are kept and seldom read. Blocks for as long as it takes: about 1 s for 50 MB. */
export function packJson(value: unknown): Uint8Array {
  return gzipSync(JSON.stringify(value))
}

/** The JSON that was packed, as UTF-8: for finding one value without reading all of them. Throws as `unpackJson`. */
export function unpackBytes(packed: Uint8Array): Buffer {
  return gunzipSync(packed)
}

/** The value that was packed; parse it unless we packed it ourselves. Throws when the bytes are damaged. */
export function unpackJson(packed: Uint8Array): unknown {
  return JSON.parse(gunzipSync(packed).toString('utf8'))
}
