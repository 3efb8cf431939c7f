import { FRESHNESS_WORDS, type FreshnessWord } from '#shared/http-cache/freshness.ts'
import { SERVED_AS } from '#shared/pages.ts'
import { grown } from './grown.ts'
import { PathText } from './path-text.ts'

/**
 * One page as the index reads it. Instants are Unix milliseconds; 0 stands for none, as it does in the SQL that sorts. The
 * freshness is the one at instant 0, when every lifetime still runs: what it says then changes with the clock alone.
 */
export interface PageFacts {
  readonly id: number
  readonly zoneId: number
  readonly path: string
  readonly servedAs: string
  readonly word: FreshnessWord
  /** Compared with the origin and equal, as long as the observation is trusted. */
  readonly equal: boolean
  /** The edge stored a copy and no purge has taken it since. */
  readonly usable: boolean
  readonly rendersOnDemand: boolean
  readonly observedAt: number
  readonly freshUntil: number
  readonly staleUntil: number
  readonly ttfbMs: number
  readonly vantage: string | null
}

export const EQUAL = 1
export const USABLE = 2
export const ON_DEMAND = 4

export const WORD_CODE = Object.fromEntries(FRESHNESS_WORDS.map((word, code) => [word, code])) as Record<FreshnessWord, number>
const SERVED_CODE = new Map<string, number>(SERVED_AS.map((name, code) => [name, code]))
const UNKNOWN = SERVED_AS.indexOf('unknown')

/** `servedAs` of a stored text; what is not known counts as `unknown`. */
export const servedCode = (name: string): number => SERVED_CODE.get(name) ?? UNKNOWN

/** The facts of a site's pages in columns. A page's place in them is its slot; slots are in the order of the ids. */
export class PageColumns {
  count = 0
  ids = new Uint32Array(0)
  zones = new Uint32Array(0)
  served = new Uint8Array(0)
  words = new Uint8Array(0)
  flags = new Uint8Array(0)
  vantages = new Uint16Array(0)
  observedAt = new Float64Array(0)
  freshUntil = new Float64Array(0)
  staleUntil = new Float64Array(0)
  ttfbMs = new Float64Array(0)
  readonly paths = new PathText()
  /** By the codes in `vantages`. */
  readonly vantageNames: (string | null)[] = [null]
  readonly #vantageCode = new Map<string | null, number>([[null, 0]])

  /** Adds a page with an id above every other, or replaces the facts of one that is there; the slot. */
  put(page: PageFacts): number {
    let slot = this.slotOf(page.id)
    if (slot === -1) {
      slot = this.count
      if (slot > 0 && page.id < (this.ids[slot - 1] ?? 0)) throw new RangeError('Pages are added in the order of their ids.')
      if (slot >= this.ids.length) this.#grow()
      this.ids[slot] = page.id
      this.paths.add(page.path)
      this.count += 1
    }
    this.zones[slot] = page.zoneId
    this.served[slot] = servedCode(page.servedAs)
    this.words[slot] = WORD_CODE[page.word]
    this.flags[slot] = (page.equal ? EQUAL : 0) | (page.usable ? USABLE : 0) | (page.rendersOnDemand ? ON_DEMAND : 0)
    this.vantages[slot] = this.#codeOf(page.vantage)
    this.observedAt[slot] = page.observedAt
    this.freshUntil[slot] = page.freshUntil
    this.staleUntil[slot] = page.staleUntil
    this.ttfbMs[slot] = page.ttfbMs
    return slot
  }

  /** The slot of a page; -1 when it is not here. */
  slotOf(id: number): number {
    const slot = this.firstAtLeast(id)
    return slot < this.count && this.ids[slot] === id ? slot : -1
  }

  /** The first slot whose id is at least `id`. */
  firstAtLeast(id: number): number {
    let low = 0
    let high = this.count
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.ids[middle] ?? 0) < id) low = middle + 1
      else high = middle
    }
    return low
  }

  #codeOf(vantage: string | null): number {
    const known = this.#vantageCode.get(vantage)
    if (known !== undefined) return known
    const code = this.vantageNames.push(vantage) - 1
    this.#vantageCode.set(vantage, code)
    return code
  }

  #grow(): void {
    this.reserve(Math.ceil((this.count + 1_024) * 1.25))
  }

  /** Makes room for so many pages, so that filling them in copies nothing. */
  reserve(size: number): void {
    if (size <= this.ids.length) return
    this.ids = grown(this.ids, new Uint32Array(size))
    this.zones = grown(this.zones, new Uint32Array(size))
    this.served = grown(this.served, new Uint8Array(size))
    this.words = grown(this.words, new Uint8Array(size))
    this.flags = grown(this.flags, new Uint8Array(size))
    this.vantages = grown(this.vantages, new Uint16Array(size))
    this.observedAt = grown(this.observedAt, new Float64Array(size))
    this.freshUntil = grown(this.freshUntil, new Float64Array(size))
    this.staleUntil = grown(this.staleUntil, new Float64Array(size))
    this.ttfbMs = grown(this.ttfbMs, new Float64Array(size))
  }
}
