import { canonicalPath, KEEP_ALL } from '#shared/page-identity.ts'
import type { Raw } from '#main/platform/database.ts'
import type { CheckItem } from './check-item.ts'
import type { Target } from './targets.ts'

/** Another address of a page that somebody asked for, which the list has as a page of its own. */
export interface Variant {
  readonly pageId: number
  /** "/a with a slash at the end". */
  readonly says: string
}

/** For more pages than this, what was chosen is a part of the site, and its spellings are in it. */
const PAGES_AT_MOST = 2_000
const QUERIES_AT_MOST = 50
const PAGES_AT_ONCE = 200

/**
 * Other spellings of these pages in the same zone: the slash at the end, `index.html`, the percent-encoding, and query
 * strings where they are a part of the edge's key and the answer has the same bytes. The edge keeps each as a copy of its
 * own, and an item for one leaves the others.
 */
export async function findVariants(db: Raw, siteId: string, targets: readonly Target[], keyOf: CheckItem): Promise<Variant[]> {
  if (targets.length > PAGES_AT_MOST) return []
  const spelled = db.prepare<[string, string, number], { id: number; path: string }>(
    'SELECT id, path FROM pages WHERE site_id = ? AND path IN (SELECT value FROM json_each(?)) AND zone_id = ?',
  )
  const queried = db.prepare<[string, string, string, number, string, string], { id: number; path: string }>(
    `SELECT id, path FROM pages WHERE site_id = ? AND path >= ? AND path < ? AND zone_id = ?
       AND (edge_hash IN (SELECT value FROM json_each(?)) OR origin_hash IN (SELECT value FROM json_each(?)))
     ORDER BY path LIMIT ${QUERIES_AT_MOST}`,
  )
  const known = new Set(targets.map(({ pageId }) => pageId))
  const found: Variant[] = []
  for (const [at, { path, zoneId, edgeHash, originHash }] of targets.entries()) {
    if (at % PAGES_AT_ONCE === PAGES_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve))
    const others = otherWays(path, keyOf)
    const rows = spelled.all(siteId, JSON.stringify([...others.keys()]), zoneId)
    const hashes = [edgeHash, originHash].filter((hash) => hash !== null)
    if (!path.includes('?') && hashes.length > 0 && inKey(path, keyOf)) {
      const same = JSON.stringify(hashes)
      rows.push(...queried.all(siteId, `${path}?`, `${path}@`, zoneId, same, same))
    }
    for (const row of rows) {
      if (known.has(row.id)) continue
      known.add(row.id)
      found.push({ pageId: row.id, says: `${path} ${others.get(row.path) ?? 'with a query string'}` })
    }
  }
  return found
}

/** Every other way in which the list may have a path, with how it differs. */
function otherWays(path: string, keyOf: CheckItem): Map<string, string> {
  const queryAt = path.indexOf('?')
  const bare = queryAt === -1 ? path : path.slice(0, queryAt)
  const query = queryAt === -1 ? '' : path.slice(queryAt)
  const ways = new Map<string, string>()
  for (const [other, how] of otherEnds(bare)) ways.set(other + query, how)
  const checked = keyOf(path)
  const encodings = [
    checked.ok ? checked.item : path,
    canonicalPath(path, { ...KEEP_ALL, encoding: 'normalise' }).path,
    decoded(path),
    path.replace(/%[0-9a-f]{2}/gi, (code) => code.toLowerCase()),
  ]
  for (const other of encodings) if (!ways.has(other)) ways.set(other, 'in another encoding')
  ways.delete(path)
  return ways
}

function otherEnds(bare: string): [string, string][] {
  if (bare.endsWith('/')) {
    const slashless: [string, string][] = bare === '/' ? [] : [[bare.slice(0, -1), 'without the slash at the end']]
    return [...slashless, [`${bare}index.html`, 'with index.html']]
  }
  const folder = bare.endsWith('/index.html') ? bare.slice(0, -'index.html'.length) : null
  if (folder !== null) {
    const short: [string, string] = [folder, 'without index.html']
    return folder === '/' ? [short] : [short, [folder.slice(0, -1), 'without index.html']]
  }
  return /\.[a-z0-9]{1,8}$/i.test(bare)
    ? []
    : [
        [`${bare}/`, 'with a slash at the end'],
        [`${bare}/index.html`, 'with index.html'],
      ]
}

function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

function inKey(path: string, keyOf: CheckItem): boolean {
  const checked = keyOf(`${path}?a=b`)
  return checked.ok && checked.item.includes('?')
}
