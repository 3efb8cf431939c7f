import { AppError } from '#shared/errors.ts'
import type { PageEntry } from '#shared/pages.ts'
import type { Renderer } from '#main/providers/renderer.ts'
import { readEntry, readPlaces, type EntryPlace } from './read-entries.ts'
import { createRechecks, type Rechecks, type RechecksWorld } from './rechecks.ts'
import { refreshPages, type RefreshFailures } from './refresh.ts'
import { createEntrySync, type SyncWorld } from './sync.ts'

export interface EntriesWorld extends SyncWorld, Omit<RechecksWorld, 'sync'> {
  note(siteId: string, by: string, text: string): void
}

/** What renderers keep of pages that no release contains. */
export interface Entries extends Rechecks {
  /** Brings all entries of a site to its pages. Throws `AppError`. */
  sync(siteId: string, signal: AbortSignal): Promise<void>
  read(pageId: number): Promise<PageEntry | null>
  /** Marks one page's entry as expired. Throws `NOT_FOUND` when there is none. */
  expire(pageId: number, by: string): Promise<PageEntry>
  /** Has one page rendered again. Throws `PROVIDER_REFUSED` with the renderer's reason when that fails. */
  refreshOne(pageId: number, by: string): Promise<PageEntry>
  /** Has pages of one site rendered again and brings their entries up to date; returns why some could not be. */
  refresh(
    siteId: string,
    pageIds: readonly number[],
    progress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<RefreshFailures>
  /** Reads the entries of these pages anew. */
  look(siteId: string, pageIds: readonly number[], signal: AbortSignal): Promise<void>
}

export function createEntries(world: EntriesWorld): Entries {
  const { db, stopped } = world
  const sync = createEntrySync(world)

  async function rendererOf(siteId: string): Promise<Renderer> {
    const renderer = await world.rendererOf(siteId)
    if (renderer) return renderer
    throw new AppError('NOT_FOUND', 'This site has no renderer, so nothing can be refreshed from here.', {
      fix: 'Add the address of its entries to the site.',
    })
  }

  async function place(pageId: number): Promise<EntryPlace> {
    const [found] = await readPlaces(db.query, [pageId])
    if (found) return found
    throw new AppError('NOT_FOUND', 'This page is not in the list any more.', { field: 'pageId', fix: 'Load the list again.' })
  }

  async function reread(page: EntryPlace): Promise<PageEntry> {
    await sync.some(page.siteId, [page], stopped)
    const entry = await readEntry(db.query, page.pageId)
    if (entry) return entry
    throw new AppError('NOT_FOUND', 'The renderer keeps no entry of this page: its next visitor has it rendered anyway.', {
      field: 'pageId',
    })
  }

  const refresh: Entries['refresh'] = async (siteId, pageIds, progress, signal) => {
    const renderer = await rendererOf(siteId)
    const places = await readPlaces(db.query, pageIds)
    try {
      return await refreshPages(renderer, places, progress, signal)
    } finally {
      // What was refreshed before a cancel is known as well.
      if (!stopped.aborted) await sync.some(siteId, places, stopped)
    }
  }

  const rechecks = createRechecks({ ...world, sync })
  return {
    ...rechecks,
    async sync(siteId, signal) {
      await sync.all(siteId, signal)
      await rechecks.resume(siteId)
    },
    refresh,
    read: (pageId) => readEntry(db.query, pageId),
    look: async (siteId, pageIds, signal) => sync.some(siteId, await readPlaces(db.query, pageIds), signal),
    async expire(pageId, by) {
      const page = await place(pageId)
      await (await rendererOf(page.siteId)).expire({ host: page.host, paths: [page.path], tags: [] }, stopped)
      const entry = await reread(page)
      world.note(page.siteId, by, `Marked as expired at the renderer: ${page.path}`)
      return entry
    },
    async refreshOne(pageId, by) {
      const page = await place(pageId)
      const failures = await refresh(page.siteId, [pageId], () => {}, stopped)
      const reason = failures.get(pageId)
      if (reason !== undefined) {
        throw new AppError('PROVIDER_REFUSED', `The renderer could not refresh this page: ${reason}`, {
          fix: 'The older page is still given out. Look at the renderer, then try again.',
          retryable: true,
        })
      }
      world.note(page.siteId, by, `Refreshed at the renderer: ${page.path}`)
      return reread(page)
    },
  }
}
