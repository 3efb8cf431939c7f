/** Where a sorted list goes on: after this value, among equal ones after the slot before `slot`. */
export interface After {
  readonly key: number
  /** Ascending: the first slot that may follow among equal keys. Descending: the first that may not. */
  readonly slot: number
}

/**
 * The first `limit` found slots by their key, equal ones by slot, both descending when asked for. One pass and a heap of
 * `limit`: since slots come in the order in which ties are shown, a later one never replaces an equal one.
 */
export function firstSlots(
  found: Uint8Array,
  keys: Float64Array,
  descending: boolean,
  after: After | null,
  limit: number,
): number[] {
  const sign = descending ? -1 : 1
  const step = sign
  const from = after === null ? -Infinity : after.key * sign
  const heap = new WorstFirst(limit)
  const end = descending ? -1 : found.length
  for (let slot = descending ? found.length - 1 : 0; slot !== end; slot += step) {
    if (found[slot] === 0) continue
    const key = (keys[slot] ?? 0) * sign
    if (key >= heap.worst || key < from) continue
    if (after !== null && key === from && (descending ? slot >= after.slot : slot < after.slot)) continue
    heap.add(key, slot)
  }
  return heap.sorted(descending)
}

/** Keeps the `limit` smallest keys; the worst of them is on top, of equal ones the one that came last. */
class WorstFirst {
  readonly #keys: Float64Array
  readonly #slots: Uint32Array
  readonly #came: Uint32Array
  #count = 0
  #next = 0
  /** A key must be below this to be kept. */
  worst = Infinity

  constructor(limit: number) {
    this.#keys = new Float64Array(limit)
    this.#slots = new Uint32Array(limit)
    this.#came = new Uint32Array(limit)
  }

  add(key: number, slot: number): void {
    const limit = this.#keys.length
    if (this.#count < limit) {
      this.#rise(this.#count, key, slot)
      this.#count += 1
    } else {
      this.#sink(key, slot)
    }
    this.#next += 1
    if (this.#count === limit) this.worst = this.#keys[0] ?? Infinity
  }

  sorted(descending: boolean): number[] {
    const places = Array.from({ length: this.#count }, (_, place) => place)
    const sign = descending ? -1 : 1
    places.sort((a, b) => this.#key(a) - this.#key(b) || sign * ((this.#slots[a] ?? 0) - (this.#slots[b] ?? 0)))
    return places.map((place) => this.#slots[place] ?? 0)
  }

  #key(place: number): number {
    return this.#keys[place] ?? 0
  }

  #isWorse(key: number, came: number, place: number): boolean {
    return key > this.#key(place) || (key === this.#key(place) && came > (this.#came[place] ?? 0))
  }

  #put(place: number, key: number, slot: number, came: number): void {
    this.#keys[place] = key
    this.#slots[place] = slot
    this.#came[place] = came
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#key(from), this.#slots[from] ?? 0, this.#came[from] ?? 0)
  }

  #rise(start: number, key: number, slot: number): void {
    let place = start
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!this.#isWorse(key, this.#next, parent)) break
      this.#move(parent, place)
      place = parent
    }
    this.#put(place, key, slot, this.#next)
  }

  #sink(key: number, slot: number): void {
    let place = 0
    for (;;) {
      let child = place * 2 + 1
      if (child >= this.#count) break
      if (child + 1 < this.#count && this.#isWorse(this.#key(child + 1), this.#came[child + 1] ?? 0, child)) child += 1
      if (this.#isWorse(key, this.#next, child)) break
      this.#move(child, place)
      place = child
    }
    this.#put(place, key, slot, this.#next)
  }
}
