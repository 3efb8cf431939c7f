import { startSiteServer, type Seen, type Served, type SiteServer } from './site-server.ts'
import { SITE, storedSite } from './stored-site.ts'

export interface CheckedSite {
  readonly server: SiteServer
  readonly dataFolder: string
  readonly pageIds: readonly number[]
  /** Paths of pages that were asked for, in order, with their repetitions; robots.txt and sitemaps left out. */
  asked(): string[]
}

const isPage = (path: string) => path.startsWith('/p/')

export interface SiteSettings {
  readonly pages: number
  readonly parallel?: number
  readonly perSecond?: number | null
}

/** A data folder with a site of pages `/p/0`, `/p/1`, … on a real server, and how hard it may be asked. */
export async function checkedSite(
  settings: SiteSettings,
  answer: (seen: Seen) => Served | Promise<Served>,
): Promise<CheckedSite> {
  const server = await startSiteServer((seen) => (isPage(seen.path) ? answer(seen) : undefined))
  const { db, dataFolder, page } = await storedSite([server.url])
  const pageIds = Array.from({ length: settings.pages }, (_, index) => page(`/p/${index}`))
  db.raw
    .prepare(
      `UPDATE sites SET discovered_at = 1, settings_json = json_set(settings_json, '$.edge.endpoint', 'http://127.0.0.1:9')`,
    )
    .run()
  db.raw
    .prepare(
      `INSERT INTO inspection_settings (site_id, parallel, per_second, renders_at_most, schedule_json, counted_from)
       VALUES (?, ?, ?, 1000, '{"kind":"off"}', 0)`,
    )
    .run(SITE, settings.parallel ?? 8, settings.perSecond ?? null)
  db.close()
  return {
    server,
    dataFolder,
    pageIds,
    asked: () => server.requests.map(({ path }) => path).filter(isPage),
  }
}

/** An answer from the edge's copy. */
export function hit(body: string, headers: Readonly<Record<string, string>> = {}): Served {
  return {
    headers: {
      'content-type': 'text/html',
      'x-cache': 'Hit from cloudfront',
      'cache-control': 's-maxage=60',
      age: '1',
      ...headers,
    },
    body,
  }
}

/** Holds answers back until it is opened. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}
