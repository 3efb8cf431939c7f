import type { PageFacts } from './page-columns.ts'
import { PageColumns } from './page-columns.ts'
import { PageTags } from './page-tags.ts'
import { PathOrder } from './path-order.ts'
import { TAG_IDS, type PageChange, type PageReader, type PathPlace } from './read-pages.ts'

/** Rows a step at most: between two of them other questions are answered. */
const ROWS_A_STEP = 1_000

/** One entry a slot each. What they hold is of no use after the next `await`: another question may have begun. */
class Scratch {
  #bytes: Uint8Array[] = []
  #keys = new Float64Array(0)

  found(count: number): Uint8Array {
    return this.#byte(0, count)
  }

  words(count: number): Uint8Array {
    return this.#byte(1, count)
  }

  keys(count: number): Float64Array {
    if (this.#keys.length < count) this.#keys = new Float64Array(count)
    return this.#keys
  }

  #byte(which: number, count: number): Uint8Array {
    const held = this.#bytes[which]
    if (held && held.length >= count) return held.subarray(0, count)
    const made = new Uint8Array(Math.ceil(count * 1.05))
    this.#bytes[which] = made
    return made.subarray(0, count)
  }
}

/** The pages of one site in memory: their facts, their tags and the order of their paths. */
export class SiteIndex {
  readonly siteId: string
  readonly columns = new PageColumns()
  readonly tags = new PageTags()
  readonly order = new PathOrder(this.columns)
  /** False when a page is gone or another one: then the site is read anew. */
  sound = true
  /** Arrays that questions use one after the other, so that none leaves megabytes behind. */
  readonly scratch = new Scratch()

  constructor(siteId: string) {
    this.siteId = siteId
  }

  get count(): number {
    return this.columns.count
  }

  /** Takes in what changed. A page that is not of this site any more makes the index unsound. */
  apply(changes: readonly PageChange[], tagsOf: (pageId: number) => readonly number[]): void {
    const added: number[] = []
    for (const { pageId, tags, siteId, facts } of changes) {
      const known = this.columns.slotOf(pageId)
      const mine = facts !== null && siteId === this.siteId
      if (known === -1 && !mine) continue
      if (!mine || !this.#fits(known, facts)) {
        this.sound = false
        return
      }
      const slot = this.columns.put(facts)
      if (known === -1) added.push(slot)
      if (tags || known === -1) this.tags.set(slot, tagsOf(pageId))
    }
    if (added.length > 0) this.order.insert(added)
  }

  /** An id may be given again after the newest page was removed; its path tells. */
  #fits(known: number, facts: PageFacts): boolean {
    const { columns } = this
    if (known === -1) return columns.count === 0 || facts.id > (columns.ids[columns.count - 1] ?? 0)
    return Buffer.compare(columns.paths.bytesOf(known), Buffer.from(facts.path)) === 0
  }
}

/**
 * Reads a site's pages into an index, in steps; each `yield` is a good moment for something else. What changes meanwhile
 * must be applied afterwards.
 */
export function* loadSite(reader: PageReader, index: SiteIndex): Generator<void, void> {
  const { columns, tags, order, siteId } = index
  const size = reader.size(siteId)
  // Some more than there are, for pages that come later.
  const pages = Math.ceil(size.pages * 1.05)
  columns.reserve(pages)
  columns.paths.reserve(pages, Math.ceil(size.pathBytes * 1.05))
  order.reserve(pages)
  tags.reserve(pages, Math.ceil(size.tags * 1.05))
  yield
  let lastId = 0
  for (;;) {
    const rows = reader.facts(siteId, lastId, ROWS_A_STEP)
    const last = rows.at(-1)
    if (!last) break
    for (const row of rows) columns.put(row)
    yield
    putTags(tags, columns, reader.tags(lastId, last.id))
    lastId = last.id
    yield
  }
  let after: PathPlace | null = null
  for (;;) {
    const places: PathPlace[] = reader.order(siteId, after, ROWS_A_STEP)
    const last = places.at(-1)
    if (!last) break
    for (const { id } of places) {
      const slot = columns.slotOf(id)
      // A page that came meanwhile is put in its place with the other changes.
      if (slot !== -1) order.append(slot)
    }
    after = last
    yield
  }
  // A page that went meanwhile has a slot and no place.
  if (order.count !== columns.count) index.sound = false
}

function putTags(tags: PageTags, columns: PageColumns, rows: readonly number[]): void {
  let pageId = 0
  let carried: number[] = []
  const put = () => {
    const slot = columns.slotOf(pageId)
    if (slot !== -1) tags.set(slot, carried)
  }
  for (const row of rows) {
    const page = Math.floor(row / TAG_IDS)
    if (page !== pageId) {
      if (carried.length > 0) put()
      pageId = page
      carried = []
    }
    carried.push(row % TAG_IDS)
  }
  if (carried.length > 0) put()
}
