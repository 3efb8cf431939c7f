import type { Database } from '#main/platform/database.ts'
import { createPageReader, type PageChange } from './read-pages.ts'
import { loadSite, SiteIndex } from './site-index.ts'

/** Above this many pages in memory the site that was asked for least recently is forgotten: about 150 bytes a page. */
const PAGES_AT_MOST = 2_000_000
/** How often changes are taken in while nobody asks, so that a question finds few of them. */
const TAKE_IN_MS = 50
/** Changes taken in at once while nobody asks. */
const CHANGES_AT_ONCE = 2_000
/** Changes that were taken in and are still stored. */
const STORED_AT_MOST = 100_000

/** The indexes of the sites that were asked for, each up to date with everything that is committed when it is handed out. */
export interface Indexes {
  /** The site's index, read first when it is not there; null for a site that is too large for memory. */
  of(siteId: string): Promise<SiteIndex | null>
  /** The site's index if it is there. */
  ready(siteId: string): SiteIndex | null
  close(): void
}

type Held =
  | { readonly state: 'loading'; readonly changes: PageChange[]; readonly loaded: Promise<SiteIndex | null> }
  | { readonly state: 'ready'; readonly index: SiteIndex }
  | { readonly state: 'too-large' }

export function createIndexes(db: Database, pagesAtMost = PAGES_AT_MOST): Indexes {
  const reader = createPageReader(db)
  /** The least recently asked for is the first. */
  const sites = new Map<string, Held>()
  let taken = reader.lastChange()
  let oldest = reader.firstChange()
  let dataVersion = 0

  /** Takes in what was committed, `most` changes at a time. */
  function takeIn(most = Infinity): void {
    const version = Number(db.raw.pragma('data_version', { simple: true }))
    if (version === dataVersion) return
    const last = reader.lastChange()
    const upTo = Math.min(last, taken + most)
    if (upTo > taken && sites.size > 0) {
      const changes = reader.changes(taken, upTo)
      for (const [siteId, held] of sites) {
        if (held.state === 'loading') held.changes.push(...changes)
        else if (held.state === 'ready') apply(siteId, held.index, changes)
      }
    }
    taken = upTo
    if (upTo === last) dataVersion = version
  }

  function apply(siteId: string, index: SiteIndex, changes: readonly PageChange[]): void {
    index.apply(changes, reader.tagsOf)
    if (!index.sound) sites.delete(siteId)
  }

  async function load(siteId: string, changes: PageChange[]): Promise<SiteIndex | null> {
    for (;;) {
      if (reader.size(siteId).pages > pagesAtMost) {
        sites.set(siteId, { state: 'too-large' })
        return null
      }
      const index = new SiteIndex(siteId)
      for (const _step of loadSite(reader, index)) await pause()
      takeIn()
      if (index.sound) index.apply(changes, reader.tagsOf)
      changes.length = 0
      if (!index.sound) continue
      sites.set(siteId, { state: 'ready', index })
      forgetOthers(siteId)
      return index
    }
  }

  function forgetOthers(siteId: string): void {
    let pages = 0
    for (const held of sites.values()) if (held.state === 'ready') pages += held.index.count
    for (const [other, held] of sites) {
      if (pages <= pagesAtMost) return
      if (other === siteId || held.state !== 'ready') continue
      pages -= held.index.count
      sites.delete(other)
    }
  }

  function of(siteId: string): Promise<SiteIndex | null> {
    takeIn()
    const held = sites.get(siteId)
    if (held?.state === 'loading') return held.loaded
    if (held) {
      sites.delete(siteId)
      sites.set(siteId, held)
      return Promise.resolve(held.state === 'ready' ? held.index : null)
    }
    const changes: PageChange[] = []
    const loaded = load(siteId, changes).catch((error: unknown) => {
      sites.delete(siteId)
      throw error
    })
    sites.set(siteId, { state: 'loading', changes, loaded })
    return loaded
  }

  const timer = setInterval(() => {
    takeIn(CHANGES_AT_ONCE)
    if (taken - oldest > STORED_AT_MOST && reader.forgetChanges(taken)) oldest = taken
  }, TAKE_IN_MS)

  return {
    of,
    ready(siteId) {
      takeIn()
      const held = sites.get(siteId)
      return held?.state === 'ready' ? held.index : null
    },
    close: () => clearInterval(timer),
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
