import type { Query } from '#main/platform/database.ts'
import type { Changes } from '#main/platform/changes.ts'

interface Discovered {
  readonly found: number
  readonly added: number
  /** The first of the new pages. */
  readonly newPageIds: number[]
  readonly problems: string[]
}

export interface DiscoveryWorld {
  readonly db: Query
  readonly changes: Changes
  runTask(
    input: { siteId: string; zones: readonly { id: number; host: string; url: string }[] },
    onProgress: (progress: { found: number; files: number }) => void,
    signal: AbortSignal,
  ): Promise<Discovered>
  /** Pages to check first; it does not run on the core thread. */
  nextToCheck(siteId: string, limit: number): Promise<number[]>
  /** How many pages a first look checks by itself; each check may make the origin render one. The rest is for a person to start. */
  firstCheckPages(siteId: string): Promise<number>
  /** Checks pages in the background. */
  check(siteId: string, pageIds: readonly number[]): void
}

/** New pages of a known site are checked by themselves when they are few. */
export const NEW_CHECK_PAGES = 20

/** Looks for pages of a site and checks some of the new ones. */
export async function discoverPages(
  world: DiscoveryWorld,
  siteId: string,
  first: boolean,
  onProgress: (progress: { found: number; files: number }) => void,
  signal: AbortSignal,
): Promise<Discovered> {
  const zones = await world.db.selectFrom('zones').select(['id', 'host', 'url']).where('site_id', '=', siteId).execute()
  const found = await world.runTask({ siteId, zones }, onProgress, signal)
  if (found.newPageIds.length > 0) world.changes.tell('pages', 'tags')
  const toCheck = first
    ? await world.nextToCheck(siteId, await world.firstCheckPages(siteId))
    : found.added <= NEW_CHECK_PAGES
      ? found.newPageIds
      : []
  if (toCheck.length > 0) world.check(siteId, toCheck)
  return found
}

/** Pages that were never checked: first those of which the build knows nothing, then those near the top of the site. */
export async function nextToCheck(db: Query, siteId: string, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('pages')
    .select(['id', 'path'])
    .where('site_id', '=', siteId)
    .where('observed_at', 'is', null)
    .orderBy(({ eb }) => eb('origin_basis', 'is', null), 'desc')
    .orderBy(({ fn, val, eb }) =>
      eb(fn<number>('length', ['path']), '-', fn<number>('length', [fn('replace', ['path', val('/'), val('')])])),
    )
    .orderBy('path')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}
