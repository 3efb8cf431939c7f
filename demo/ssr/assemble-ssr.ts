import type { ContentStore } from '../content/content-store.ts'
import { SsrContent } from '../content/ssr-content.ts'
import type { SiteFunction } from '../origin/functions.ts'
import type { DemoClock } from '../platform/clock.ts'
import type { DemoDatabase } from '../platform/database.ts'
import type { StateStore } from '../platform/state.ts'
import type { Timings } from '../platform/timers.ts'
import { ssrPageHtml } from '../site/pages/ssr-pages.ts'
import { SsrEntryStore } from './entry-store.ts'
import { MarkNotes } from './mark-notes.ts'
import { purgePath, type PurgerParts } from './path-purger.ts'
import { RefreshJobs } from './refresh-jobs.ts'
import { Refresher } from './refresher.ts'
import { RendererApi } from './renderer-api.ts'
import { SsrCache } from './ssr-cache.ts'
import { ssrFunctions } from './ssr-functions.ts'
import { defaultSsrSettings, type SsrSettings } from './ssr-settings.ts'
import { VisitCheck } from './visit-check.ts'

export interface SsrAreaParts {
  readonly database: DemoDatabase
  readonly state: StateStore
  readonly clock: DemoClock
  /** For the menus. */
  readonly content: ContentStore
  readonly timings: Timings
  readonly port: number
  readonly secret: string
  /** The zone whose pages are rendered. */
  readonly host: string
  readonly purger: PurgerParts
}

/** The part of the site that is rendered on demand. */
export interface SsrArea {
  readonly content: SsrContent
  readonly cache: SsrCache
  readonly refresher: Refresher
  readonly jobs: RefreshJobs
  readonly visitCheck: VisitCheck
  readonly settings: SsrSettings
  readonly functions: ReadonlyMap<string, SiteFunction>
  readonly api: RendererApi
  /** Ends what runs and takes back all settings; call it before the tables are emptied. */
  reset(): Promise<void>
  close(): Promise<void>
}

export function assembleSsr(parts: SsrAreaParts): SsrArea {
  const { clock, timings, purger } = parts
  const settings = defaultSsrSettings(timings)
  const content = new SsrContent(parts.database)
  const store = new SsrEntryStore(parts.database)
  const notes = new MarkNotes()
  const render = (path: string): string | null => {
    const page = content.find(path)
    if (page === null) return null
    const menus = { mainMenu: parts.content.menu('main-menu'), footer: parts.content.menu('footer') }
    return ssrPageHtml(menus, page, content.list())
  }
  const refresher = new Refresher({ clock, store, notes, settings, render })
  const cache = new SsrCache({ clock, store, notes, refresher, isPage: (path) => content.find(path) !== null })
  const jobs = new RefreshJobs({ clock, store, refresher })
  const visitCheck = new VisitCheck({
    clock,
    state: parts.state,
    store,
    refresher,
    settings,
    purge: (path, reference) => purgePath(purger, path, reference),
  })
  const { port, secret, host } = parts
  return {
    content,
    cache,
    refresher,
    jobs,
    visitCheck,
    settings,
    functions: ssrFunctions(cache, visitCheck, settings),
    api: new RendererApi({ port, secret, host, clock, store, cache, refresher, jobs }),
    reset: async () => {
      jobs.reset()
      await Promise.all([refresher.stop(), visitCheck.reset()])
      Object.assign(settings, defaultSsrSettings(timings))
    },
    close: async () => {
      jobs.close()
      await Promise.all([refresher.close(), visitCheck.close()])
    },
  }
}
