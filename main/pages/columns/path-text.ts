import { grown } from './grown.ts'

/** Ends every path; no UTF-8 text contains it, so that nothing is found across two paths. */
const END = 0xff
const GROWTH = 1.25

/**
 * Many paths in one buffer, letters A–Z in lower case so that a search is one pass over it; one bit a byte remembers which
 * were capitals, so that paths are compared as SQLite compares them: byte by byte.
 */
export class PathText {
  #bytes = Buffer.alloc(0)
  #capitals = new Uint8Array(0)
  #starts = new Uint32Array(1)
  #count = 0

  get count(): number {
    return this.#count
  }

  get byteLength(): number {
    return this.#bytes.length + this.#capitals.length + this.#starts.byteLength
  }

  /** Makes room for so many paths of so many bytes in all, so that filling them in copies nothing. */
  reserve(paths: number, bytes: number): void {
    this.#starts = grown(this.#starts, new Uint32Array(Math.max(this.#starts.length, paths + 2)))
    this.#reserveBytes(bytes + paths)
  }

  /** Adds the path of the next slot. */
  add(path: string): void {
    const start = this.#start(this.#count)
    // A UTF-16 unit is three bytes of UTF-8 at most.
    this.#reserve(start + path.length * 3 + 1)
    const length = this.#bytes.write(path, start, 'utf8')
    const end = start + length
    const bytes = this.#bytes
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0
      if (byte < 65 || byte > 90) continue
      bytes[at] = byte + 32
      this.#capitals[at >> 3] = (this.#capitals[at >> 3] ?? 0) | (1 << (at & 7))
    }
    bytes[end] = END
    this.#count += 1
    this.#starts[this.#count] = end + 1
  }

  /** The bytes of a slot's path, as they are stored in the database. */
  bytesOf(slot: number): Buffer {
    const start = this.#start(slot)
    const bytes = Buffer.from(this.#bytes.subarray(start, this.#start(slot + 1) - 1))
    for (let at = 0; at < bytes.length; at += 1) {
      const from = start + at
      if (((this.#capitals[from >> 3] ?? 0) >> (from & 7)) & 1) bytes[at] = (bytes[at] ?? 0) - 32
    }
    return bytes
  }

  /** Sets `found` to 1 for every slot whose path contains one of the texts, which are in lower case. */
  search(texts: readonly string[], found: Uint8Array): void {
    const bytes = this.#bytes.subarray(0, this.#start(this.#count))
    for (const text of texts) {
      const wanted = Buffer.from(text)
      let slot = 0
      for (let at = bytes.indexOf(wanted); at !== -1;) {
        while (this.#start(slot + 1) <= at) slot += 1
        found[slot] = 1
        slot += 1
        at = slot < this.#count ? bytes.indexOf(wanted, this.#start(slot)) : -1
      }
    }
  }

  #start(slot: number): number {
    return this.#starts[slot] ?? 0
  }

  #reserve(length: number): void {
    if (this.#count + 2 > this.#starts.length)
      this.#starts = grown(this.#starts, new Uint32Array(Math.ceil((this.#count + 1_024) * GROWTH)))
    if (length > this.#bytes.length) this.#reserveBytes(Math.ceil(length * GROWTH))
  }

  #reserveBytes(length: number): void {
    // The last path is written before its length is known.
    const size = length + 65_536
    const bytes = Buffer.allocUnsafeSlow(size)
    bytes.set(this.#bytes)
    this.#bytes = bytes
    this.#capitals = grown(this.#capitals, new Uint8Array((size >> 3) + 1))
  }
}
