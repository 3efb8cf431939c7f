import { countOf } from '#shared/count-of.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Query } from '#main/platform/database.ts'
import type { Job } from '#shared/activity.ts'
import type { Selection } from '#shared/pages.ts'
import { discoverPages, NEW_CHECK_PAGES, type DiscoveryWorld } from './discovery.ts'
import { freshnessSql } from './freshness-sql.ts'
import type { Resolved } from './selection.ts'

interface JobsPort {
  start(
    what: { siteId: string; kind: 'discover'; title: string },
    work: (update: (change: { done?: number; note?: string }) => void, signal: AbortSignal) => Promise<string>,
  ): { job: Job }
}

export interface PagesPortWorld extends DiscoveryWorld {
  readonly jobs: JobsPort
  readonly changes: Changes
  readonly db: Query
  /** The pages that a selection means; it does not run on the core thread. */
  resolve(siteId: string, selection: Selection, nowMs: number): Promise<Resolved>
}

/** What other features may ask of the pages. */
export interface PagesPort {
  readonly classify: typeof freshnessSql
  resolve(siteId: string, selection: Selection, nowMs: number): Promise<Resolved>
  zones(siteId: string): Promise<{ id: number; host: string; url: string }[]>
  /** Looks for pages as a job of its own; returns its id. */
  discover(siteId: string): Promise<string>
  /** Checks pages that became known by themselves, when they are few. */
  found(siteId: string, pageIds: readonly number[]): void
  /** The same of a search that a person began: of a site that was never checked, it checks the first pages. */
  searched(siteId: string, pageIds: readonly number[]): Promise<void>
  /** Looks for pages as part of the watching; returns what could not be read. */
  find(siteId: string, first: boolean, signal: AbortSignal): Promise<readonly string[]>
}

export function createPagesPort(world: PagesPortWorld): PagesPort {
  const zones = (siteId: string) =>
    world.db.selectFrom('zones').select(['id', 'host', 'url']).where('site_id', '=', siteId).orderBy('id').execute()
  const found = (siteId: string, pageIds: readonly number[]) => {
    if (pageIds.length <= NEW_CHECK_PAGES) world.check(siteId, pageIds)
  }
  async function checkFirst(siteId: string): Promise<void> {
    const seen = await world.db
      .selectFrom('pages')
      .select('id')
      .where('site_id', '=', siteId)
      .where('observed_at', 'is not', null)
      .limit(1)
      .execute()
    if (seen.length > 0) return
    const pageIds = await world.nextToCheck(siteId, await world.firstCheckPages(siteId))
    if (pageIds.length > 0) world.check(siteId, pageIds)
  }
  return {
    classify: freshnessSql,
    zones,
    resolve: world.resolve,
    async discover(siteId) {
      const { job } = world.jobs.start({ siteId, kind: 'discover', title: 'Look for pages' }, async (update, signal) => {
        const found = await discoverPages(
          world,
          siteId,
          false,
          (progress) => update({ done: progress.found, note: `${countOf(progress.files, 'file')} read` }),
          signal,
        )
        return [`${countOf(found.found, 'page')} found, ${found.added} of them new.`, ...found.problems].join(' ')
      })
      return job.id
    },
    found,
    async searched(siteId, pageIds) {
      if (pageIds.length <= NEW_CHECK_PAGES) found(siteId, pageIds)
      else await checkFirst(siteId)
    },
    async find(siteId, first, signal) {
      return (await discoverPages(world, siteId, first, () => {}, signal)).problems
    },
  }
}
