import { sql, type RawBuilder } from 'kysely'
import type { PageRow, PageSort } from '#shared/pages.ts'
import { ServedAs } from '#shared/pages.ts'
import type { Query } from '#main/platform/database.ts'
import { freshnessSql } from './freshness-sql.ts'
import { sortValue } from './sort.ts'

interface Selected {
  readonly where: RawBuilder<boolean>
  readonly sort: PageSort
  readonly nowMs: number
  readonly limit: number
}

/** Rows with what a list shows of them, tags in one second query. `sortedBy` is the value for a cursor. */
export async function selectRows(db: Query, selected: Selected): Promise<{ row: PageRow; sortedBy: string | number }[]> {
  const { nowMs, sort } = selected
  const { word, time, content } = freshnessSql(nowMs)
  const direction = sort.descending ? sql`DESC` : sql`ASC`
  const value = sortValue(sort, nowMs)
  const found = await db
    .selectFrom('pages')
    .select([
      'pages.id',
      'pages.path',
      'pages.zone_id',
      'pages.served_as',
      'pages.copy_made_at',
      'pages.fresh_until',
      'pages.stale_until',
      'pages.observed_at',
      'pages.failed_at',
      'pages.failure',
      'pages.vantage',
      'pages.ttfb_ms',
      'pages.status',
      'pages.filled_by_check',
      'pages.site_id',
      'pages.changed_since',
      'pages.staged_hash',
      'pages.origin_hash',
      'pages.origin_basis',
    ])
    .select([word.as('word'), time.as('time'), content.as('content'), value.as('sorted_by')])
    .where(selected.where)
    .orderBy(sql`${value} ${direction}, pages.id ${direction}`)
    .limit(selected.limit)
    .execute()
  const tags = await tagsOf(
    db,
    found.map((page) => page.id),
  )
  const waits = await waitingReasons(
    db,
    found.filter((page) => page.content === 'pending').map((page) => page.id),
  )
  return found.map((page) => ({
    sortedBy: page.sorted_by,
    row: {
      id: page.id,
      path: page.path,
      zoneId: page.zone_id,
      word: page.word,
      proven: page.content === 'current',
      time: page.time,
      content: page.content,
      servedAs: ServedAs.parse(page.served_as),
      tags: tags.get(page.id) ?? [],
      copyMadeAtMs: page.copy_made_at,
      freshUntilMs: page.fresh_until,
      staleUntilMs: page.stale_until,
      observedAtMs: page.observed_at,
      failedAtMs: page.failed_at,
      failure: page.failure,
      vantage: page.vantage,
      ttfbMs: page.ttfb_ms,
      status: page.status,
      filledByCheck: page.filled_by_check === 1,
      waitsFor: page.content === 'pending' ? (waits.get(page.id) ?? waitsAnyway(page.origin_basis)) : null,
    },
  }))
}

function waitsAnyway(originBasis: string | null): string {
  return originBasis === 'renderer' ? 'The renderer keeps it marked as expired.' : 'A release is built and waits to be published.'
}

async function tagsOf(db: Query, pageIds: readonly number[]): Promise<Map<number, string[]>> {
  const byPage = new Map<number, string[]>()
  if (pageIds.length === 0) return byPage
  const found = await db
    .selectFrom('page_tags')
    .innerJoin('tags', 'tags.id', 'page_tags.tag_id')
    .select(['page_tags.page_id', 'tags.tag'])
    .where('page_tags.page_id', 'in', pageIds)
    .orderBy('tags.folded')
    .execute()
  for (const { page_id, tag } of found) {
    const list = byPage.get(page_id)
    if (list) list.push(tag)
    else byPage.set(page_id, [tag])
  }
  return byPage
}

async function waitingReasons(db: Query, pageIds: readonly number[]): Promise<Map<number, string>> {
  if (pageIds.length === 0) return new Map()
  const found = await db
    .selectFrom('mark_pages')
    .innerJoin('marks', 'marks.id', 'mark_pages.mark_id')
    .innerJoin('pages', 'pages.id', 'mark_pages.page_id')
    .select(['mark_pages.page_id', 'marks.what', 'marks.target'])
    .where('mark_pages.page_id', 'in', pageIds)
    .where('marks.undone_at', 'is', null)
    .whereRef('marks.since', '=', 'pages.changed_since')
    .where(({ eb, or, ref }) =>
      or([eb('pages.origin_started_at', 'is', null), eb('marks.since', '>', ref('pages.origin_started_at'))]),
    )
    .execute()
  return new Map(found.map((mark) => [mark.page_id, `${mark.what} (${mark.target})`]))
}
