import { sql } from 'kysely'
import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import type { PageDetail } from '#shared/pages.ts'
import type { Query } from '#main/platform/database.ts'
import { chainOf } from './chain.ts'
import { selectRows } from './rows.ts'
import { sentenceFor } from './sentence.ts'

const StoredHeaders = z.array(z.tuple([z.string(), z.string()]))

/** Everything known of one page. Throws `NOT_FOUND`. */
export async function readDetail(db: Query, pageId: number, nowMs: number): Promise<PageDetail> {
  const more = await db
    .selectFrom('pages')
    .innerJoin('zones', 'zones.id', 'pages.zone_id')
    .innerJoin('sites', 'sites.id', 'pages.site_id')
    .select([
      'pages.lifetime_rule',
      'pages.lifetime_basis',
      'pages.edge_hash',
      'pages.origin_hash',
      'pages.origin_basis',
      'pages.age_seconds',
      'pages.headers_json',
      'pages.first_answer',
      'pages.size_bytes',
      'pages.site_id',
      'pages.renders_on_demand',
      'pages.origin_started_at',
      'pages.changed_since',
      'pages.staged_hash',
      'zones.host',
      'zones.url',
    ])
    .where('pages.id', '=', pageId)
    .where('sites.removed_at', 'is', null)
    .executeTakeFirst()
  const [found] = await selectRows(db, {
    where: sql<boolean>`pages.id = ${pageId}`,
    sort: { by: 'path', descending: false },
    nowMs,
    limit: 1,
  })
  if (!more || !found)
    throw new AppError('NOT_FOUND', 'This page is not in the list any more.', { field: 'pageId', fix: 'Load the list again.' })
  const tags = await db
    .selectFrom('page_tags')
    .innerJoin('tags', 'tags.id', 'page_tags.tag_id')
    .select(['tags.tag', 'page_tags.in_html', 'page_tags.in_header'])
    .where('page_tags.page_id', '=', pageId)
    .orderBy('tags.folded')
    .execute()
  const live = await db
    .selectFrom('releases')
    .select(['release_id', 'title', 'started_at'])
    .where('site_id', '=', more.site_id)
    .where('live', '=', 1)
    .executeTakeFirst()
  const { row } = found
  const detail = {
    ...row,
    url: more.url + row.path,
    zoneHost: more.host,
    lifetimeRule: more.lifetime_rule,
    lifetimeBasis: more.lifetime_basis,
    edgeHash: more.edge_hash,
    originHash: more.origin_hash,
    originBasis: more.origin_basis,
    ageSeconds: more.age_seconds,
    headers: more.headers_json === null ? [] : StoredHeaders.parse(JSON.parse(more.headers_json)),
    tagSources: tags.map((tag) => ({ tag: tag.tag, html: tag.in_html === 1, header: tag.in_header === 1 })),
    firstAnswer: more.first_answer,
    sizeBytes: more.size_bytes,
    siteId: more.site_id,
  }
  const chain = chainOf(detail, {
    rendersOnDemand: more.renders_on_demand === 1,
    originStartedAtMs: more.origin_started_at,
    changedSinceMs: more.changed_since,
    staged: more.staged_hash !== null && more.origin_hash !== null && more.staged_hash !== more.origin_hash,
    live: live ? { id: live.release_id, title: live.title, startedAtMs: live.started_at } : null,
  })
  return { ...detail, chain, sentence: sentenceFor(detail) }
}
