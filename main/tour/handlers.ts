import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { DEMO_CONTROLS } from '#shared/tour.ts'
import type { Database } from '#main/platform/database.ts'
import type { Http } from '#main/platform/http.ts'
import { os } from '#main/platform/rpc.ts'

export interface TourWorld {
  readonly db: Database
  readonly http: Pick<Http, 'requestJson'>
  /** Whether the built-in stack is started, and the key of its site. */
  readonly demo: boolean
  readonly demoKey: string
}

const Settings = z.object({ links: z.array(z.object({ label: z.string(), url: z.string() })).default([]) })
const State = z.object({ mainMenu: z.unknown() })
const TIMEOUT_MS = 3_000

/** What the tour has to know of the built-in site. */
export function tourHandlers({ db, http, demo, demoKey }: TourWorld) {
  return os.tour.router({
    demo: os.tour.demo.handler(async ({ signal }) => {
      const nothing = { comes: demo, siteId: null, controlsUrl: null, menu: null }
      if (!demo) return nothing
      const site = await db.query
        .selectFrom('sites')
        .select(['id', 'settings_json'])
        .where('key', '=', demoKey)
        .where('removed_at', 'is', null)
        .executeTakeFirst()
      if (!site) return nothing
      const { links } = Settings.parse(JSON.parse(site.settings_json))
      const controlsUrl = links.find(({ label }) => label === DEMO_CONTROLS)?.url ?? null
      return { comes: demo, siteId: site.id, controlsUrl, menu: controlsUrl === null ? null : await menuOf(controlsUrl, signal) }
    }),
  })

  async function menuOf(controlsUrl: string, signal: AbortSignal | undefined): Promise<string | null> {
    try {
      const url = new URL('/api/state', controlsUrl)
      const { mainMenu } = await http.requestJson(url, State, { privateAllowed: true, timeoutMs: TIMEOUT_MS, signal })
      return JSON.stringify(mainMenu ?? null)
    } catch (error) {
      if (error instanceof AppError) return null
      throw error
    }
  }
}
