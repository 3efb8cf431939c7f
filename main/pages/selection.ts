import { AppError } from '#shared/errors.ts'
import type { PageFilter, Selection } from '#shared/pages.ts'
import type { Query } from '#main/platform/database.ts'
import { filterSql } from './filter.ts'
import type { ReadLine } from './read-line.ts'
import { readLines } from './read-lines.ts'

/** The known pages that a selection means, and the pasted lines that are none of them. */
export interface Resolved {
  readonly pageIds: number[]
  /** Paths that are in no list of ours but can be purged all the same. */
  readonly unknownPaths: { readonly path: string; readonly zoneId: number | null }[]
  readonly refused: { readonly line: string; readonly reason: string }[]
}

/** Finds pages of a site, in path order: by SQL, or in memory. */
export interface PageFinder {
  matching(filter: PageFilter): Promise<number[]>
  /** Those of these ids that are pages of the site. */
  known(pageIds: readonly number[]): Promise<number[]>
}

/** Ids of a selection's pages at `nowMs`, in path order. Throws `BAD_INPUT` when pages are not of this site. */
export async function resolveSelection(
  db: Query,
  siteId: string,
  selection: Selection,
  nowMs: number,
  readLine: ReadLine,
  find: PageFinder = findBySql(db, siteId, nowMs),
): Promise<Resolved> {
  const none = { unknownPaths: [], refused: [] }
  switch (selection.kind) {
    case 'pages': {
      const ids = [...new Set(selection.pageIds)]
      const known = await find.known(ids)
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
      const matching = await find.matching(selection.filter)
      return { pageIds: except.size === 0 ? matching : matching.filter((id) => !except.has(id)), ...none }
    }
    case 'everything':
      return { pageIds: await find.matching({}), ...none }
    case 'tag': {
      const pageIds = await find.matching({ tag: selection.tag })
      if (pageIds.length === 0) {
        throw new AppError('NOT_FOUND', `No page of this site carries the tag ${selection.tag}.`, {
          field: 'selection.tag',
          fix: 'Check the spelling on the Tags screen, or check some pages so that their tags are read.',
        })
      }
      return { pageIds, ...none }
    }
    case 'paths':
      return resolveLines(db, siteId, selection.text, readLine)
  }
}

const IDS_AT_ONCE = 5_000

function findBySql(db: Query, siteId: string, nowMs: number): PageFinder {
  return {
    async matching(filter) {
      const rows = await db
        .selectFrom('pages')
        .select('id')
        .where(filterSql(siteId, filter, nowMs))
        .orderBy('path')
        .orderBy('id')
        .execute()
      return rows.map((row) => row.id)
    },
    async known(pageIds) {
      const found: { id: number; path: string }[] = []
      for (let at = 0; at < pageIds.length; at += IDS_AT_ONCE) {
        const some = db.selectFrom('pages').select(['id', 'path']).where('site_id', '=', siteId)
        found.push(...(await some.where('id', 'in', pageIds.slice(at, at + IDS_AT_ONCE)).execute()))
      }
      return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.id - b.id)).map(({ id }) => id)
    },
  }
}

async function resolveLines(db: Query, siteId: string, text: string, readLine: ReadLine): Promise<Resolved> {
  const lines = await readLines(db, siteId, text, readLine)
  return {
    pageIds: [...new Set(lines.flatMap(({ pageIds }) => pageIds))],
    unknownPaths: lines.flatMap(({ unlisted }) => unlisted ?? []),
    refused: lines.flatMap(({ line, refused }) => (refused === null ? [] : [{ line, reason: refused }])),
  }
}
