import { sql, type RawBuilder } from 'kysely'
import * as z from 'zod'
import { FRESHNESS_WORDS, type FreshnessWord } from '#shared/http-cache/freshness.ts'
import { AppError } from '#shared/errors.ts'
import { PageSort } from '#shared/pages.ts'
import { freshnessSql } from './freshness-sql.ts'

/** The words in the order in which an operator wants to see them: what needs work first. */
export const URGENCY: readonly FreshnessWord[] = [
  'outdated',
  'error',
  'failed',
  'pending',
  'absent',
  'expired',
  'stale-allowed',
  'unknown',
  'uncached',
  'fresh',
]

/** The value a list is sorted by; never null, so that a cursor can continue after it. Ties go by id. */
export function sortValue(sort: PageSort, nowMs: number): RawBuilder<string | number> {
  switch (sort.by) {
    case 'path':
      return sql`pages.path`
    case 'zone':
      return sql`pages.zone_id`
    case 'servedAs':
      return sql`pages.served_as`
    case 'checked':
      return sql`COALESCE(pages.observed_at, 0)`
    case 'timeLeft':
      return sql`COALESCE(pages.fresh_until, 0)`
    case 'ttfb':
      return sql`COALESCE(pages.ttfb_ms, 0)`
    case 'freshness': {
      const cases = FRESHNESS_WORDS.map((word) => sql`WHEN ${sql.lit(word)} THEN ${sql.lit(URGENCY.indexOf(word))}`)
      return sql`CASE ${freshnessSql(nowMs).word} ${sql.join(cases, sql` `)} END`
    }
  }
}

const Cursor = z.tuple([PageSort, z.union([z.string(), z.number()]), z.number(), z.number()])

/** Where a list goes on: after this value and id, judged at the instant of the first page. */
export interface Position {
  readonly value: string | number
  readonly id: number
  readonly nowMs: number
}

export function encodeCursor(sort: PageSort, position: Position): string {
  return Buffer.from(JSON.stringify([sort, position.value, position.id, position.nowMs])).toString('base64url')
}

/** Throws `BAD_INPUT` when the text is no cursor of ours, or one of a list that was sorted otherwise. */
export function decodeCursor(sort: PageSort, text: string): Position {
  const cursor = Cursor.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  const [of, value, id, nowMs] = cursor.data ?? []
  if (of?.by === sort.by && of.descending === sort.descending && value !== undefined && id !== undefined && nowMs !== undefined) {
    return { value, id, nowMs }
  }
  throw new AppError(
    'BAD_INPUT',
    'This place in the list is not known any more. Load the list again.',
    { field: 'cursor' },
    cursor.error,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Rows after a position in the sort order. */
export function afterSql(sort: PageSort, position: Position): RawBuilder<boolean> {
  const value = sortValue(sort, position.nowMs)
  return sort.descending
    ? sql<boolean>`(${value} < ${position.value} OR (${value} = ${position.value} AND pages.id < ${position.id}))`
    : sql<boolean>`(${value} > ${position.value} OR (${value} = ${position.value} AND pages.id > ${position.id}))`
}
