import { sql, type RawBuilder } from 'kysely'
import type { Build } from '#shared/builds.ts'
import type { Home } from '#shared/home.ts'
import type { ContentFact, FreshnessWord } from '#shared/http-cache/freshness.ts'
import { ServedAs } from '#shared/pages.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { buildsOf } from './builds-of.ts'
import type { PageGroup } from './page-groups.ts'

export interface HomeWorld {
  readonly db: Database
  readonly clock: Clock
  /** Reads over every page of a site, which do not run on the core thread. */
  readonly reads: {
    groupPages(siteId: string, nowMs: number): Promise<PageGroup[]>
    countChangesWaiting(siteId: string): Promise<number>
  }
  /** The pages feature's words as SQL over `pages`. */
  classify(nowMs: number): { readonly word: RawBuilder<FreshnessWord>; readonly content: RawBuilder<ContentFact> }
  readonly builds: { list(siteId: string): Promise<Build[]> }
  /** Null when the site has no build hook. */
  builderOf(siteId: string): Promise<unknown>
  /** When the build that waits begins by itself; null when none does. */
  nextBuildAtMs(siteId: string): Promise<number | null>
}

const NEWEST = 5

/** Everything that the first screen tells, in a handful of statements however many pages there are. */
export async function readHome(world: HomeWorld, siteId: string): Promise<Home> {
  const nowMs = world.clock()
  const { query } = world.db
  const [groups, releases, builds, builder, changesWaiting, nextBuildAtMs, newest] = await Promise.all([
    world.reads.groupPages(siteId, nowMs),
    query.selectFrom('releases').selectAll().where('site_id', '=', siteId).orderBy('started_at', 'desc').execute(),
    world.builds.list(siteId),
    world.builderOf(siteId),
    world.reads.countChangesWaiting(siteId),
    world.nextBuildAtMs(siteId),
    readNewest(world, siteId, nowMs),
  ])
  const build = buildsOf(builds)
  const live = releases.find((release) => release.live === 1)
  // One that something newer was published over is waited for by nobody.
  const [newestRelease] = releases
  const waits = newestRelease?.published === 0 && (!live || newestRelease.started_at > live.started_at)
  const staged = waits ? newestRelease : undefined
  const old = groups.filter((group) => group.word === 'outdated')
  const sum = (some: readonly { pages: number }[]) => some.reduce((total, group) => total + group.pages, 0)
  const words = Map.groupBy(groups, (group) => `${group.word} ${group.proven}`)
  const madeBy = builds.find((build) => build.release !== null && build.release.id === live?.release_id)
  return {
    nowMs,
    pages: sum(groups),
    freshness: [...words.values()].flatMap(([first, ...others]) =>
      first ? [{ word: first.word, proven: first.proven, pages: sum([first, ...others]) }] : [],
    ),
    oldCopies: sum(old),
    oldSeenFrom: [...new Set(old.flatMap((group) => group.vantage ?? []))].sort(),
    neverChecked: sum(groups.filter((group) => group.word === 'unknown')),
    changesWaiting,
    release: live ? { id: live.release_id, title: live.title, builtAtMs: madeBy?.endedAtMs ?? live.started_at } : null,
    stagedReleaseId: staged?.release_id ?? null,
    build: { possible: builder !== null, ...build, nextStartsAtMs: build.nextStartsAtMs ?? nextBuildAtMs },
    newest,
  }
}

async function readNewest({ db, classify }: HomeWorld, siteId: string, nowMs: number): Promise<Home['newest']> {
  const { word, content } = classify(nowMs)
  const rows = await db.query
    .selectFrom('pages')
    .innerJoin('zones', 'zones.id', 'pages.zone_id')
    .select(['pages.id', 'pages.path', 'zones.host', 'pages.found_at', 'pages.served_as'])
    .select([word.as('word'), sql<number>`${content} = 'current'`.as('proven')])
    .where('pages.site_id', '=', siteId)
    .orderBy('pages.found_at', 'desc')
    .orderBy('pages.id', 'desc')
    .limit(NEWEST)
    .execute()
  return rows.map((row) => ({
    pageId: row.id,
    path: row.path,
    zoneHost: row.host,
    foundAtMs: row.found_at,
    servedAs: ServedAs.parse(row.served_as),
    word: row.word,
    proven: row.proven === 1,
  }))
}
