import type { Query, Raw } from '#main/platform/database.ts'
import type { CheckItem } from '../check-item.ts'
import type { Classification } from '../targets.ts'
import type { SharingSite } from './sharing-sites.ts'

/** A page of the distribution, or (`id` 0) a path to purge that is in no list. */
export interface LoadedPage {
  /** As the edge keys it. */
  readonly path: string
  readonly id: number
  readonly zoneId: number
  readonly must: boolean
  /** The edge has a copy, or may have one. */
  readonly held: boolean
  readonly unchecked: boolean
  /** Named by the live release's manifest or the renderer's entries, which leave none out. */
  readonly enumerated: boolean
  /** Of its last render, as it was measured; 0 when it was not. */
  readonly durationMs: number
  /** Rendered when it is asked for; otherwise fetched as a file. */
  readonly onDemand: boolean
}

interface Row {
  id: number
  zone_id: number
  path: string
  time: string | null
  purged: number
  duration: number
  on_demand: number
  enumerated: number
}

export interface PagesSource {
  readonly raw: Raw
  readonly query: Query
  readonly classify: Classification
  readonly keyOf: CheckItem
}

/** Every page of these sites in the order of the vendor's paths, and those wanted ones that no item can name. */
export function loadPages(
  { raw, query, classify, keyOf }: PagesSource,
  sites: readonly SharingSite[],
  wanted: ReadonlySet<number>,
  nowMs: number,
): { readonly pages: LoadedPage[]; readonly refused: { readonly pageId: number; readonly reason: string }[] } {
  const pages: LoadedPage[] = []
  const refused: { pageId: number; reason: string }[] = []
  for (const site of sites) {
    const held = query
      .selectFrom('pages')
      .leftJoin('page_entries', 'page_entries.page_id', 'pages.id')
      .select(['pages.id', 'pages.zone_id', 'pages.path', classify(nowMs).time.as('time')])
      .select((eb) => [
        eb('pages.purged_at', 'is not', null).as('purged'),
        // The first answer waited for the origin only where it filled the cache.
        eb.fn
          .coalesce(
            'page_entries.duration_ms',
            eb.case().when('pages.filled_by_check', '=', 1).then(eb.ref('pages.ttfb_ms')).end(),
            eb.lit(0),
          )
          .as('duration'),
        eb.or([eb('pages.renders_on_demand', '=', 1), eb('pages.served_as', 'in', ['rendered', 'fallback'])]).as('on_demand'),
        eb('pages.origin_basis', 'in', ['manifest', 'renderer']).as('enumerated'),
      ])
      .where('pages.site_id', '=', site.id)
      .orderBy('pages.path')
      .compile()
    for (const row of raw.prepare<unknown[], Row>(held.sql).iterate(...held.parameters)) {
      const must = wanted.has(row.id)
      const checked = keyOf(row.path)
      if (!checked.ok) {
        if (must) refused.push({ pageId: row.id, reason: checked.reason })
        continue
      }
      pages.push({
        path: checked.item,
        id: row.id,
        zoneId: row.zone_id,
        must,
        // A page that was never checked may be held, unless it was purged since it is known.
        held: row.time === 'in-date' || row.time === 'stale-allowed' || (row.time === null && row.purged === 0),
        unchecked: row.time === null,
        durationMs: row.duration,
        onDemand: row.on_demand === 1,
        enumerated: row.enumerated === 1,
      })
    }
  }
  return { pages, refused }
}
