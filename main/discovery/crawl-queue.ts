import type { Raw } from '#main/platform/database.ts'

export interface CrawlAddress {
  readonly rowid: number
  readonly zone_id: number
  readonly path: string
  readonly depth: number
}

/** What a crawl has met, in the database: its memory does not grow, and a crawl that was stopped goes on. */
export interface CrawlQueue {
  add(addresses: readonly { readonly zoneId: number; readonly path: string }[], depth: number): void
  /** The next addresses that nobody has, those with the fewest links first. */
  take(count: number): CrawlAddress[]
  visited(address: CrawlAddress): void
  /** It was taken and not visited: it waits again. */
  giveBack(address: CrawlAddress): void
  /** Addresses that wait, taken ones too. */
  waiting(): number
}

/** Addresses that are kept beyond those that may be visited: a trap makes new ones for ever. */
const KEPT_FOR_EACH_PAGE = 20

export function createCrawlQueue(db: Raw, siteId: string, pagesAtMost: number): CrawlQueue {
  const taken = new Set<number>()
  const insert = db.prepare(
    'INSERT INTO crawl_addresses (site_id, zone_id, path, depth) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  )
  const next = db.prepare<[string, number], CrawlAddress>(
    'SELECT rowid, zone_id, path, depth FROM crawl_addresses WHERE site_id = ? AND visited = 0 ORDER BY depth, rowid LIMIT ?',
  )
  const done = db.prepare('UPDATE crawl_addresses SET visited = 1 WHERE rowid = ?')
  let met = countAddresses(db, siteId, 'visited IN (0, 1)')
  const room = met + pagesAtMost * KEPT_FOR_EACH_PAGE
  return {
    add(addresses, depth) {
      db.transaction(() => {
        for (const { zoneId, path } of addresses) if (met < room) met += insert.run(siteId, zoneId, path, depth).changes
      }).immediate()
    },
    take(count) {
      const free = next.all(siteId, count + taken.size).filter(({ rowid }) => !taken.has(rowid))
      for (const { rowid } of free.slice(0, count)) taken.add(rowid)
      return free.slice(0, count)
    },
    visited({ rowid }) {
      done.run(rowid)
      taken.delete(rowid)
    },
    giveBack: ({ rowid }) => void taken.delete(rowid),
    waiting: () => countAddresses(db, siteId, 'visited = 0'),
  }
}

/** Addresses that the site's last crawl found and did not visit. */
export function waitingAddresses(db: Raw, siteId: string): number {
  return countAddresses(db, siteId, 'visited = 0')
}

export function forgetCrawl(db: Raw, siteId: string): void {
  db.prepare('DELETE FROM crawl_addresses WHERE site_id = ?').run(siteId)
}

function countAddresses(db: Raw, siteId: string, which: string): number {
  const row = db
    .prepare<[string], { count: number }>(`SELECT count(*) AS count FROM crawl_addresses WHERE site_id = ? AND ${which}`)
    .get(siteId)
  return row?.count ?? 0
}
