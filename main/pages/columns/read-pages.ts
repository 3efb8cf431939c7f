import { sql } from 'kysely'
import type { FreshnessWord } from '#shared/http-cache/freshness.ts'
import type { Database } from '#main/platform/database.ts'
import { freshnessSql } from '../freshness-sql.ts'
import type { PageFacts } from './page-columns.ts'

/** Tag ids are below this; page ids up to 2^29 then leave the numbers exact. */
export const TAG_IDS = 2 ** 24

/** What changed of a page: its facts, its tags too, or it is gone (`facts` is null). */
export interface PageChange {
  readonly pageId: number
  readonly tags: boolean
  readonly siteId: string | null
  readonly facts: PageFacts | null
}

/** The reads that fill an index and keep it up to date. */
export interface PageReader {
  /** Changes with this number or a lower one are in everything that is read from now on. */
  lastChange(): number
  size(siteId: string): { readonly pages: number; readonly pathBytes: number; readonly tags: number }
  facts(siteId: string, afterId: number, limit: number): PageFacts[]
  /** Ids in the order of path and id; `after` is the last one of the part before. */
  order(siteId: string, after: PathPlace | null, limit: number): PathPlace[]
  /** What pages of these ids carry, of whichever site, in the order of the pages: page × `TAG_IDS` + tag. */
  tags(afterPageId: number, upToPageId: number): number[]
  tagsOf(pageId: number): number[]
  /** What changed after `after`, up to and with `upTo`, each page once. */
  changes(after: number, upTo: number): PageChange[]
  /** The number of the oldest change that is stored. */
  firstChange(): number
  /** Forgets changes up to `upTo`; false when somebody else was writing and nothing was forgotten. */
  forgetChanges(upTo: number): boolean
}

export interface PathPlace {
  readonly id: number
  readonly path: string
}

type FactsTuple = [
  id: number,
  zoneId: number,
  path: string,
  servedAs: string,
  word: FreshnessWord,
  equal: number,
  usable: number,
  rendersOnDemand: number,
  observedAt: number,
  freshUntil: number,
  staleUntil: number,
  ttfbMs: number,
  vantage: string | null,
]

export function createPageReader(db: Database): PageReader {
  const { raw } = db
  const { word, content } = freshnessSql(0)
  // The rule stays where it is: this is its text, asked at instant 0.
  const columns = db.query
    .selectFrom('pages')
    .select(['pages.id', 'pages.zone_id', 'pages.path', 'pages.served_as'])
    .select([word.as('word'), sql<number>`${content} = 'current'`.as('equal')])
    .select(
      sql<number>`COALESCE(pages.stored = 'stored' AND (pages.purged_at IS NULL OR pages.purged_at <= pages.observed_at), 0)`.as(
        'usable',
      ),
    )
    .select('pages.renders_on_demand')
    .select(
      ['observed_at', 'fresh_until', 'stale_until', 'ttfb_ms'].map((name) =>
        sql`COALESCE(${sql.ref(`pages.${name}`)}, 0)`.as(name),
      ),
    )
    .select('pages.vantage')
    .compile().sql
  const list = columns.slice('select '.length, columns.lastIndexOf(' from '))
  const facts = raw
    .prepare<[string, number, number], FactsTuple>(
      // In the order in which the rows lie in the file, rather than through an index of the site.
      `SELECT ${list} FROM pages NOT INDEXED WHERE pages.site_id = ? AND pages.id > ? ORDER BY pages.id LIMIT ?`,
    )
    .raw()
  const first = raw
    .prepare<[string, number], [number, string]>('SELECT id, path FROM pages WHERE site_id = ? ORDER BY path, id LIMIT ?')
    .raw()
  const next = raw
    .prepare<[string, string, number, number], [number, string]>(
      'SELECT id, path FROM pages WHERE site_id = ? AND (path, id) > (?, ?) ORDER BY path, id LIMIT ?',
    )
    .raw()
  // One number a row, since an array for each of five million would take most of the time.
  const tags = raw
    .prepare<[number, number], number>(
      `SELECT page_id * ${TAG_IDS} + tag_id FROM page_tags WHERE page_id > ? AND page_id <= ? ORDER BY page_id`,
    )
    .pluck()
  const tagsOf = raw.prepare<[number], number>('SELECT tag_id FROM page_tags WHERE page_id = ?').pluck()
  const last = raw.prepare<[], number>('SELECT COALESCE(max(seq), 0) FROM page_changes').pluck()
  const oldest = raw.prepare<[], number>('SELECT COALESCE(min(seq), 0) FROM page_changes').pluck()
  const changes = raw
    .prepare<[number, number], [number, number, string | null, ...FactsTuple]>(
      `SELECT changed.page_id, changed.tags, pages.site_id, ${list} FROM
        (SELECT page_id, max(tags) AS tags FROM page_changes WHERE seq > ? AND seq <= ? GROUP BY page_id) AS changed
        LEFT JOIN pages ON pages.id = changed.page_id ORDER BY changed.page_id`,
    )
    .raw()
  const size = raw.prepare<[string], { pages: number; bytes: number }>(
    'SELECT count(*) AS pages, COALESCE(sum(octet_length(path)), 0) AS bytes FROM pages WHERE site_id = ?',
  )
  const carried = raw.prepare<[string], number>('SELECT COALESCE(sum(pages), 0) FROM tags WHERE site_id = ?').pluck()
  const forget = raw.prepare('DELETE FROM page_changes WHERE seq <= ?')
  return {
    lastChange: () => last.get() ?? 0,
    firstChange: () => oldest.get() ?? 0,
    size(siteId) {
      const { pages, bytes } = size.get(siteId) ?? { pages: 0, bytes: 0 }
      return { pages, pathBytes: bytes, tags: carried.get(siteId) ?? 0 }
    },
    facts: (siteId, afterId, limit) => facts.all(siteId, afterId, limit).map(toFacts),
    order: (siteId, after, limit) =>
      (after === null ? first.all(siteId, limit) : next.all(siteId, after.path, after.id, limit)).map(([id, path]) => ({
        id,
        path,
      })),
    tags: (afterPageId, upToPageId) => tags.all(afterPageId, upToPageId),
    tagsOf: (pageId) => tagsOf.all(pageId),
    changes: (after, upTo) =>
      changes.all(after, upTo).map(([pageId, tagsToo, siteId, ...row]) => ({
        pageId,
        tags: tagsToo === 1,
        siteId,
        facts: siteId === null ? null : toFacts(row),
      })),
    forgetChanges(upTo) {
      // Answers must not wait for the lock.
      const waitMs = Number(raw.pragma('busy_timeout', { simple: true }))
      raw.pragma('busy_timeout = 0')
      try {
        forget.run(upTo)
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))) throw error
        return false
      } finally {
        raw.pragma(`busy_timeout = ${waitMs}`)
      }
      return true
    },
  }
}

function toFacts(row: FactsTuple): PageFacts {
  return {
    id: row[0],
    zoneId: row[1],
    path: row[2],
    servedAs: row[3],
    word: row[4],
    equal: row[5] === 1,
    usable: row[6] === 1,
    rendersOnDemand: row[7] === 1,
    observedAt: row[8],
    freshUntil: row[9],
    staleUntil: row[10],
    ttfbMs: row[11],
    vantage: row[12],
  }
}
