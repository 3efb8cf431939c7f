import { crc32, deflateRawSync } from 'node:zlib'

/** A file in an archive. */
export interface ZipEntry {
  readonly name: string
  readonly content: string | Uint8Array
}

const LOCAL = 0x04_03_4b_50
const CENTRAL = 0x02_01_4b_50
const END = 0x06_05_4b_50
/** 2.0: what deflated entries need. */
const VERSION = 20
/** Names are UTF-8. */
const UTF8 = 0x08_00
const DEFLATED = 8

/**
 * A .zip archive of a few small files (PKWARE APPNOTE 6.3, §4.3). Blocks for as long as packing takes.
 *
 * @param atMs when the files were made; the format has no time zone and is written in UTC.
 */
export function zip(entries: readonly ZipEntry[], atMs: number): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content } of entries) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const nameBytes = Buffer.from(name)
    const facts = factsOf({ bytes, packed, nameBytes, atMs })
    const local = Buffer.concat([fields([LOCAL, 4], [VERSION, 2]), facts, fields([0, 2]), nameBytes, packed])
    directory.push(
      Buffer.concat([
        fields([CENTRAL, 4], [VERSION, 2], [VERSION, 2]),
        facts,
        fields([0, 2], [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]),
        nameBytes,
      ]),
    )
    bodies.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const count = entries.length
  const end = fields([END, 4], [0, 2], [0, 2], [count, 2], [count, 2], [central.length, 4], [offset, 4], [0, 2])
  return Buffer.concat([...bodies, central, end])
}

/** What both headers of an entry say, from its flags to the length of its name. */
function factsOf(entry: { bytes: Buffer; packed: Buffer; nameBytes: Buffer; atMs: number }): Buffer {
  const at = new Date(entry.atMs)
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)
  const day = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()
  return fields(
    [UTF8, 2],
    [DEFLATED, 2],
    [time, 2],
    [day, 2],
    [crc32(entry.bytes), 4],
    [entry.packed.length, 4],
    [entry.bytes.length, 4],
    [entry.nameBytes.length, 2],
  )
}

/** Numbers in little-endian order, each with its size in bytes. */
function fields(...values: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  const buffer = Buffer.alloc(values.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of values) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}
