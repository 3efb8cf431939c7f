import { sql } from 'kysely'
import { AppError } from '#shared/errors.ts'
import type { Selection } from '#shared/pages.ts'
import type { Query } from '#main/platform/database.ts'
import { filterSql, pagesWithTagSql } from './filter.ts'

/**
 * Turns one pasted line into a path of one of the site's zones, or says why it cannot. `spellings`: every way in which
 * the list may have it.
 */
export type ReadLine = (
  line: string,
) =>
  | { readonly zoneId: number | null; readonly path: string; readonly spellings: readonly string[] }
  | { readonly refused: string }

/** The known pages that a selection means, and the pasted lines that are none of them. */
export interface Resolved {
  readonly pageIds: number[]
  /** Paths that are in no list of ours but can be purged all the same. */
  readonly unknownPaths: { readonly path: string; readonly zoneId: number | null }[]
  readonly refused: { readonly line: string; readonly reason: string }[]
}

/** Ids of a selection's pages at `nowMs`, in path order. Throws `BAD_INPUT` when pages are not of this site. */
export async function resolveSelection(
  db: Query,
  siteId: string,
  selection: Selection,
  nowMs: number,
  readLine: ReadLine,
): Promise<Resolved> {
  const none = { unknownPaths: [], refused: [] }
  switch (selection.kind) {
    case 'pages': {
      const ids = [...new Set(selection.pageIds)]
      const known: number[] = []
      for (let at = 0; at < ids.length; at += 5_000) {
        const rows = await db
          .selectFrom('pages')
          .select('id')
          .where('site_id', '=', siteId)
          .where('id', 'in', ids.slice(at, at + 5_000))
          .orderBy('path')
          .execute()
        for (const row of rows) known.push(row.id)
      }
      if (known.length < ids.length) {
        throw new AppError('NOT_FOUND', `${ids.length - known.length} of the selected pages are not in this site any more.`, {
          field: 'selection.pageIds',
          fix: 'Load the list again and select anew.',
        })
      }
      return { pageIds: known, ...none }
    }
    case 'filter': {
      const except = new Set(selection.exceptPageIds)
      const rows = await db
        .selectFrom('pages')
        .select('id')
        .where(filterSql(siteId, selection.filter, nowMs))
        .orderBy('path')
        .execute()
      return { pageIds: rows.map((row) => row.id).filter((id) => !except.has(id)), ...none }
    }
    case 'tag': {
      const rows = await db
        .selectFrom('pages')
        .select('id')
        .where(sql<boolean>`pages.id IN (${pagesWithTagSql(siteId, selection.tag)})`)
        .orderBy('path')
        .execute()
      if (rows.length === 0) {
        throw new AppError('NOT_FOUND', `No page of this site carries the tag ${selection.tag}.`, {
          field: 'selection.tag',
          fix: 'Check the spelling on the Tags screen, or check some pages so that their tags are read.',
        })
      }
      return { pageIds: rows.map((row) => row.id), ...none }
    }
    case 'paths':
      return resolveLines(db, siteId, selection.text, readLine)
  }
}

async function resolveLines(db: Query, siteId: string, text: string, readLine: ReadLine): Promise<Resolved> {
  const pageIds: number[] = []
  const unknownPaths: Resolved['unknownPaths'] = []
  const refused: Resolved['refused'] = []
  const lines = [
    ...new Set(
      text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ),
  ]
  for (const line of lines) {
    const read = readLine(line)
    if ('refused' in read) {
      refused.push({ line, reason: read.refused })
      continue
    }
    let found = db.selectFrom('pages').select('id').where('site_id', '=', siteId).where('path', 'in', read.spellings)
    if (read.zoneId !== null) found = found.where('zone_id', '=', read.zoneId)
    const rows = await found.execute()
    if (rows.length > 0) pageIds.push(...rows.map((row) => row.id))
    else unknownPaths.push({ path: read.path, zoneId: read.zoneId })
  }
  return { pageIds: [...new Set(pageIds)], unknownPaths, refused }
}
