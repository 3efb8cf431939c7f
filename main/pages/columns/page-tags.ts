import { grown } from './grown.ts'

/** The tags of every slot: one array of tag ids, and where in it a slot's part begins and how long it is. */
export class PageTags {
  #tags = new Uint32Array(0)
  #used = 0
  #starts = new Uint32Array(0)
  #lengths = new Uint16Array(0)

  /** Makes room for so many pages with so many tags in all. */
  reserve(pages: number, tags: number): void {
    this.#starts = grown(this.#starts, new Uint32Array(Math.max(pages, this.#starts.length)))
    this.#lengths = grown(this.#lengths, new Uint16Array(Math.max(pages, this.#lengths.length)))
    this.#tags = grown(this.#tags, new Uint32Array(Math.max(tags, this.#tags.length)))
  }

  /** Replaces the tags of a slot. */
  set(slot: number, tagIds: readonly number[]): void {
    if (slot >= this.#starts.length) {
      const size = Math.ceil((slot + 1_024) * 1.25)
      this.#starts = grown(this.#starts, new Uint32Array(size))
      this.#lengths = grown(this.#lengths, new Uint16Array(size))
    }
    // A page that gets more tags than it had leaves its old part unused: tags change seldom, and a start tidies up.
    if (tagIds.length > (this.#lengths[slot] ?? 0)) {
      this.#starts[slot] = this.#used
      this.#used += tagIds.length
      if (this.#used > this.#tags.length) this.#tags = grown(this.#tags, new Uint32Array(Math.ceil((this.#used + 4_096) * 1.25)))
    }
    this.#lengths[slot] = tagIds.length
    this.#tags.set(tagIds, this.#starts[slot])
  }

  countOf(slot: number): number {
    return this.#lengths[slot] ?? 0
  }

  /** Clears `found` for every slot that carries none of these tags. */
  keep(tagIds: readonly number[], found: Uint8Array): void {
    const wanted = new Uint8Array(tagIds.reduce((most, tagId) => Math.max(most, tagId), 0) + 1)
    for (const tagId of tagIds) wanted[tagId] = 1
    const [tags, starts, lengths] = [this.#tags, this.#starts, this.#lengths]
    for (let slot = 0; slot < found.length; slot += 1) {
      if (found[slot] === 0) continue
      const start = starts[slot] ?? 0
      const end = start + (lengths[slot] ?? 0)
      let at = start
      while (at < end && wanted[tags[at] ?? 0] !== 1) at += 1
      if (at === end) found[slot] = 0
    }
  }

  /** Calls `each` with every tag of a slot. */
  forEach(slot: number, each: (tagId: number) => void): void {
    const start = this.#starts[slot] ?? 0
    const end = start + (this.#lengths[slot] ?? 0)
    for (let at = start; at < end; at += 1) each(this.#tags[at] ?? 0)
  }
}
