import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { EntryPage, Renderer } from '#main/providers/renderer.ts'
import type { DropEntriesInput, ImportedEntries, ImportEntriesInput } from './import-entries-task.ts'
import type { EntryPlace } from './read-entries.ts'

export interface SyncWorld {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  rendererOf(siteId: string): Promise<Renderer | null>
  importEntries(input: ImportEntriesInput): Promise<ImportedEntries>
  /** Pages that the renderer made known: visitors had them rendered. */
  found(siteId: string, pageIds: readonly number[]): void
  dropEntries(input: DropEntriesInput): Promise<{ dropped: number }>
}

/** Brings what renderers keep to the pages. Answers are written in the order in which they were asked for. */
export interface EntrySync {
  /** All entries of a site. Throws `AppError`. */
  all(siteId: string, signal: AbortSignal): Promise<void>
  /** The entries of these pages, all of one site. Throws `AppError`. */
  some(siteId: string, places: readonly EntryPlace[], signal: AbortSignal): Promise<void>
}

const ENTRIES_AT_ONCE = 500
/** Up to here each entry is asked for by itself; more are read with all the others. */
const ONE_BY_ONE_AT_MOST = 50

export function createEntrySync(world: SyncWorld): EntrySync {
  const last = new Map<string, Promise<unknown>>()

  /** One question to a renderer at a time, its answer written before the next is asked: no older one can come later. */
  async function bring(siteId: string, ask: () => Promise<EntryPage>): Promise<EntryPage> {
    const turn = (last.get(siteId) ?? Promise.resolve()).then(async () => {
      const askedAtMs = world.clock()
      const page = await ask()
      const offsetMs = clockOffset(askedAtMs, page.nowMs, world.clock())
      if (page.entries.length > 0) {
        const { changed, newPageIds } = await world.importEntries({
          siteId,
          entries: page.entries,
          offsetMs,
          seenAtMs: askedAtMs,
        })
        if (changed) world.changes.tell('pages', 'tags')
        if (newPageIds.length > 0) world.found(siteId, newPageIds)
      }
      return page
    })
    last.set(
      siteId,
      turn.catch(() => {}),
    )
    return turn
  }

  async function all(siteId: string, signal: AbortSignal): Promise<void> {
    const beganAtMs = world.clock()
    const renderer = await world.rendererOf(siteId)
    if (renderer) {
      for (let cursor: string | null = null; ;) {
        const from: string | null = cursor
        const page = await bring(siteId, () => renderer.list(from, ENTRIES_AT_ONCE, signal))
        if (page.next === null) break
        cursor = page.next
      }
    }
    const { dropped } = await world.dropEntries({ siteId, beforeMs: beganAtMs })
    if (dropped > 0) world.changes.tell('pages')
  }

  return {
    all,
    async some(siteId, places, signal) {
      const renderer = await world.rendererOf(siteId)
      if (!renderer) return
      if (places.length > ONE_BY_ONE_AT_MOST) return all(siteId, signal)
      for (const { host, path } of places) await bring(siteId, () => renderer.one(host, path, signal))
    },
  }
}

/**
 * What is to be added to the renderer's instants to have ours, in milliseconds: the smallest correction that agrees with
 * its answer having been given between our question and its arrival. Zero when the clocks agree as far as can be told.
 */
export function clockOffset(askedAtMs: number, theirNowMs: number, answeredAtMs: number): number {
  const [least, most] = [askedAtMs - theirNowMs, answeredAtMs - theirNowMs]
  return least > 0 ? least : most < 0 ? most : 0
}
