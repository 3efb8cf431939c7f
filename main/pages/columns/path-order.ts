import type { PageColumns } from './page-columns.ts'
import { grown } from './grown.ts'

/** Slots in the order of their paths; pages with one path in several zones are in the order of their ids. */
export class PathOrder {
  #slots = new Uint32Array(0)
  #count = 0
  readonly #columns: PageColumns

  constructor(columns: PageColumns) {
    this.#columns = columns
  }

  get count(): number {
    return this.#count
  }

  /** The slots; only the first `count` of them are meant. */
  get slots(): Uint32Array {
    return this.#slots
  }

  /** Makes room for so many slots. */
  reserve(count: number): void {
    this.#slots = grown(this.#slots, new Uint32Array(Math.max(count, this.#slots.length)))
  }

  /** Adds a slot that comes after every other: for reading the order out of a sorted index. */
  append(slot: number): void {
    this.#makeRoom(1)
    this.#slots[this.#count++] = slot
  }

  /** Puts new slots where they belong. */
  insert(added: readonly number[]): void {
    const bytes = new Map(added.map((slot) => [slot, this.#columns.paths.bytesOf(slot)]))
    const sorted = [...added].sort((a, b) => compare(bytes.get(a), bytes.get(b)) || a - b)
    const places = sorted.map((slot) => this.firstAfter(bytes.get(slot) ?? Buffer.alloc(0), slot))
    this.#makeRoom(added.length)
    let end = this.#count
    for (let index = sorted.length - 1; index >= 0; index -= 1) {
      const place = places[index] ?? 0
      this.#slots.copyWithin(place + index + 1, place, end)
      this.#slots[place + index] = sorted[index] ?? 0
      end = place
    }
    this.#count += added.length
  }

  /** How many slots come before or at this path and slot. A slot between two, such as 2.5, is none of the pages. */
  firstAfter(path: Buffer, slot: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >> 1
      const there = this.#slots[middle] ?? 0
      const order = Buffer.compare(this.#columns.paths.bytesOf(there), path)
      if (order < 0 || (order === 0 && there <= slot)) low = middle + 1
      else high = middle
    }
    return low
  }

  #makeRoom(more: number): void {
    if (this.#count + more <= this.#slots.length) return
    this.#slots = grown(this.#slots, new Uint32Array(Math.ceil((this.#count + more + 1_024) * 1.25)))
  }
}

function compare(a: Buffer | undefined, b: Buffer | undefined): number {
  return a && b ? Buffer.compare(a, b) : 0
}
