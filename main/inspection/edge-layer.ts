import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import type { Layers } from '#shared/layers.ts'
import type { Query } from '#main/platform/database.ts'

const StoredHeaders = z.array(z.tuple([z.string(), z.string()]))

export interface StoredEdge {
  readonly siteId: string
  readonly edge: Layers['edge']
  readonly cost: string
}

/** The edge's layer of a page as the last check found it; asks nobody. Throws `NOT_FOUND`. */
export async function readEdgeLayer(db: Query, pageId: number): Promise<StoredEdge> {
  const page = await db
    .selectFrom('pages')
    .innerJoin('zones', 'zones.id', 'pages.zone_id')
    .selectAll('pages')
    .select('zones.host')
    .where('pages.id', '=', pageId)
    .executeTakeFirst()
  if (!page)
    throw new AppError('NOT_FOUND', 'This page is not in the list any more.', { field: 'pageId', fix: 'Load the list again.' })
  const known = { siteId: page.site_id, cost: costOf(page.host, page.served_as, page.renders_on_demand === 1) }
  if (page.observed_at === null || page.status === null) {
    return { ...known, edge: { state: 'none', why: page.failure ?? 'The edge has not been asked for this page yet.' } }
  }
  const tags = await db
    .selectFrom('page_tags')
    .innerJoin('tags', 'tags.id', 'page_tags.tag_id')
    .select(['tags.tag', 'page_tags.in_html', 'page_tags.in_header'])
    .where('page_tags.page_id', '=', pageId)
    .where(({ eb, or }) => or([eb('page_tags.in_html', '=', 1), eb('page_tags.in_header', '=', 1)]))
    .orderBy('tags.folded')
    .execute()
  const headers = page.headers_json === null ? [] : StoredHeaders.parse(JSON.parse(page.headers_json))
  const kept = page.fresh_until !== null && page.copy_made_at !== null
  return {
    ...known,
    edge: {
      state: 'seen',
      vantage: page.vantage,
      layer: {
        atMs: page.observed_at,
        status: page.status,
        headers,
        ageSeconds: page.age_seconds ?? 0,
        lifetimeSeconds: kept ? Math.round(((page.fresh_until ?? 0) - (page.copy_made_at ?? 0)) / 1_000) : null,
        lifetimeRule: page.lifetime_rule,
        lifetimeBasis: page.lifetime_basis,
        etag: headers.find(([name]) => name === 'etag')?.[1] ?? null,
        bodyHash: page.edge_hash,
        sizeBytes: page.size_bytes,
        tags: tags.map((tag) => ({ tag: tag.tag, html: tag.in_html === 1, header: tag.in_header === 1 })),
      },
    },
  }
}

const RENDERED = new Set(['rendered', 'fallback'])

/** What asking the origin costs, before it is asked. */
function costOf(host: string, servedAs: string, rendersOnDemand: boolean): string {
  const asks = `1 request to the origin, for the host ${host}. No purges are used.`
  if (rendersOnDemand || RENDERED.has(servedAs))
    return `${asks} This page is rendered on demand: the origin renders it for this request, with whatever else that does.`
  return servedAs === 'static'
    ? `${asks} The live release has a file for it, so nothing is rendered.`
    : `${asks} Where the page is rendered on demand, the origin renders it for this request.`
}
