import { sql, type RawBuilder } from 'kysely'
import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { TagSort, type TagLint, type TagRow } from '#shared/tags.ts'
import type { Query } from '#main/platform/database.ts'

export interface TagsWish {
  readonly siteId: string
  readonly text: string
  readonly sort: TagSort
  readonly cursor: string | null
  readonly limit: number
}

/** Columns of an index that begins with the site, so that no list is sorted after it was found. */
const SORTED_BY = {
  name: ['tags.class', 'tags.folded'],
  pages: ['tags.pages', 'tags.id'],
  old: ['tags.differing', 'tags.id'],
  changed: ['tags.changed_at', 'tags.id'],
} as const satisfies Record<TagSort['by'], readonly [string, string]>

const Cursor = z.tuple([TagSort, z.union([z.string(), z.number()]), z.union([z.string(), z.number()])])

/** One part of a site's tags whose text contains `text`, and where the next part begins. Throws `BAD_INPUT`. */
export async function readTags(db: Query, wish: TagsWish): Promise<{ rows: TagRow[]; nextCursor: string | null }> {
  const { sort, limit } = wish
  const [first, second] = SORTED_BY[sort.by]
  const found = await tagsStatement(db, wish).execute()
  const shown = found.slice(0, limit)
  const spellings = await readSpellings(
    db,
    shown.map(({ id }) => id),
  )
  const last = shown.at(-1)
  const value = (column: string) => Object.entries(last ?? {}).find(([name]) => `tags.${name}` === column)?.[1]
  return {
    rows: shown.map((row) => toRow(row, spellings.get(row.id) ?? [])),
    nextCursor:
      found.length > limit && last
        ? Buffer.from(JSON.stringify([sort, value(first), value(second)])).toString('base64url')
        : null,
  }
}

/** The statement behind `readTags`; one row more than asked for tells whether there is a next part. */
export function tagsStatement(db: Query, { siteId, text, sort, cursor, limit }: TagsWish) {
  const [first, second] = SORTED_BY[sort.by].map((column) => sql.ref(column)) as [RawBuilder<unknown>, RawBuilder<unknown>]
  const direction = sort.descending ? sql`DESC` : sql`ASC`
  let statement = db
    .selectFrom('tags')
    .select(['id', 'tag', 'folded', 'class', 'pages', 'html_pages', 'header_pages', 'differing', 'changed_at'])
    .where('site_id', '=', siteId)
  if (text !== '') statement = statement.where(sql<boolean>`instr(tags.folded, ${text.toLowerCase()}) > 0`)
  if (cursor !== null) {
    const [one, two] = decodeCursor(sort, cursor)
    const after = sort.descending ? sql`<` : sql`>`
    statement = statement.where(sql<boolean>`(${first}, ${second}) ${after} (${one}, ${two})`)
  }
  return statement.orderBy(sql`${first} ${direction}, ${second} ${direction}`).limit(limit + 1)
}

function decodeCursor(sort: TagSort, text: string): [string | number, string | number] {
  const parsed = Cursor.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (parsed.data?.[0].by === sort.by && parsed.data[0].descending === sort.descending) return [parsed.data[1], parsed.data[2]]
  throw new AppError('BAD_INPUT', 'This place in the list is not known any more. Load the list again.', { field: 'cursor' })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readSpellings(db: Query, tagIds: readonly number[]): Promise<Map<number, string[]>> {
  const byTag = new Map<number, string[]>()
  if (tagIds.length === 0) return byTag
  const rows = await db.selectFrom('tag_spellings').selectAll().where('tag_id', 'in', tagIds).orderBy('spelling').execute()
  for (const { tag_id, spelling } of rows) byTag.set(tag_id, [...(byTag.get(tag_id) ?? []), spelling])
  return byTag
}

type Stored = Awaited<ReturnType<ReturnType<typeof tagsStatement>['execute']>>[number]

function toRow(row: Stored, spellings: string[]): TagRow {
  const lints: TagLint[] = []
  if (row.pages === 0) lints.push('unused')
  if (!row.tag.includes(':')) lints.push('no-id')
  // Pages that were never checked say nothing of their header.
  if (row.html_pages > 0 && row.header_pages === 0) lints.push('html-only')
  if (spellings.length > 0) lints.push('letter-case')
  return {
    id: row.id,
    tag: row.tag,
    class: row.class,
    pages: row.pages,
    htmlPages: row.html_pages,
    headerPages: row.header_pages,
    changedAtMs: row.changed_at === 0 ? null : row.changed_at,
    spellings,
    lints,
  }
}
