import type { LinesRead } from '#shared/new-purge.ts'
import type { Query } from '#main/platform/database.ts'
import type { ReadLine } from './read-line.ts'

/** What one pasted line means. Exactly one of: known pages, a path that is in no list, or a reason against it. */
export interface LineRead {
  /** From 1, as the person sees it. */
  readonly number: number
  readonly line: string
  readonly pageIds: readonly number[]
  readonly unlisted: { readonly path: string; readonly zoneId: number | null } | null
  readonly refused: string | null
}

const LINES_AT_ONCE = 200

/** Reads pasted text line by line. Empty lines and repetitions are left out. */
export async function readLines(db: Query, siteId: string, text: string, readLine: ReadLine): Promise<LineRead[]> {
  const seen = new Set<string>()
  const read: LineRead[] = []
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '' || seen.has(line)) continue
    seen.add(line)
    // Many lines take a while; other questions are answered in between.
    if (seen.size % LINES_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve))
    const one = { number: index + 1, line, pageIds: [], unlisted: null, refused: null }
    const meant = readLine(line)
    if ('refused' in meant) {
      read.push({ ...one, refused: meant.refused })
      continue
    }
    let found = db.selectFrom('pages').select('id').where('site_id', '=', siteId).where('path', 'in', meant.spellings)
    if (meant.zoneId !== null) found = found.where('zone_id', '=', meant.zoneId)
    const pageIds = (await found.execute()).map(({ id }) => id)
    read.push(pageIds.length > 0 ? { ...one, pageIds } : { ...one, unlisted: { path: meant.path, zoneId: meant.zoneId } })
  }
  return read
}

const TOLD_AT_MOST = 100

/** The lines as a dialog tells them, before a plan is made of them. */
export function toldLines(lines: readonly LineRead[]): LinesRead {
  const refused = lines.flatMap(({ number, line, refused: reason }) =>
    reason === null ? [] : [{ number, line: line.slice(0, 300), says: reason }],
  )
  const unlisted = lines.flatMap(({ number, line, unlisted: path }) =>
    path === null
      ? []
      : [{ number, line: line.slice(0, 300), says: 'In no list of pages: purged in every zone, and not checked afterwards.' }],
  )
  return {
    lines: lines.length,
    pages: new Set(lines.flatMap(({ pageIds }) => pageIds)).size,
    unlistedCount: unlisted.length,
    refusedCount: refused.length,
    unlisted: unlisted.slice(0, TOLD_AT_MOST),
    refused: refused.slice(0, TOLD_AT_MOST),
  }
}
