import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Insertable } from 'kysely'
import type { CopyFacts } from '#shared/http-cache/freshness.ts'
import { openDatabase, type Database } from '#main/platform/database.ts'
import type { PagesTable } from '#main/platform/schema.ts'
import type { TakeContext } from '#main/discovery/page-taker.ts'
import { readPageRules } from '#main/pages/page-rules.ts'
import { createTagWriter, insertPages, type TagSource } from '#main/pages/write-pages.ts'

export const SITE = 'site-1'
export const WWW = 1
export const SHOP = 2

export interface StoredSite {
  readonly db: Database
  readonly dataFolder: string
  /** Stores a page; the id. Everything not given is as after its discovery. */
  page(path: string, facts?: Partial<Insertable<PagesTable>>): number
  tag(pageId: number, source: TagSource, ...tags: string[]): void
  row(pageId: number): PagesTable & { id: number }
}

/** A real database file with one site of two zones, `www.example.com` and `shop.example.com`. */
export async function storedSite(
  zones: readonly string[] = ['http://www.example.com', 'http://shop.example.com'],
): Promise<StoredSite> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-site-'))
  const db = await openDatabase(join(dataFolder, 'frostline.db'))
  const settings = {
    originUrl: null,
    builder: null,
    watchSeconds: 300,
    links: [],
    edge: {
      kind: 'cloudfront',
      distributionId: 'E2QWRUHAPOMQZL',
      endpoint: null,
      region: 'us-east-1',
      credentials: { kind: 'default' },
      account: 'aws',
    },
  }
  db.raw
    .prepare('INSERT INTO sites (id, name, settings_json, created_at) VALUES (?, ?, ?, 0)')
    .run(SITE, 'Example', JSON.stringify(settings))
  zones.forEach((url, index) =>
    db.raw.prepare('INSERT INTO zones (id, site_id, host, url) VALUES (?, ?, ?, ?)').run(index + 1, SITE, new URL(url).host, url),
  )
  return {
    db,
    dataFolder,
    page(path, facts = {}) {
      const row = { site_id: SITE, zone_id: WWW, path, found_at: 0, found_by: 'sitemap', ...facts }
      const names = Object.keys(row)
      const insert = db.raw.prepare(
        `INSERT INTO pages (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
      )
      return Number(insert.run(row).lastInsertRowid)
    },
    tag: (pageId, source, ...tags) => db.transact(() => createTagWriter(db.raw, SITE)(pageId, source, tags)),
    row: (pageId) =>
      db.raw.prepare<[number], PagesTable & { id: number }>('SELECT * FROM pages WHERE id = ?').get(pageId) ?? fail(pageId),
  }
}

/** What every way of finding pages is handed. */
export const taking = (site: Pick<StoredSite, 'db'>): TakeContext => ({
  db: site.db.raw,
  clock: Date.now,
  insertPages,
  readPageRules,
})

/** Facts as the columns that hold them. */
export function columnsOf(facts: CopyFacts): Partial<Insertable<PagesTable>> {
  return {
    observed_at: facts.observedAtMs,
    failed_at: facts.failedAtMs,
    status: facts.status,
    stored: facts.stored,
    fresh_until: facts.freshUntilMs,
    stale_until: facts.staleUntilMs,
    purged_at: facts.purgedAtMs,
    copy_made_at: facts.copyMadeAtMs,
    edge_hash: facts.edgeHash,
    origin_hash: facts.originHash,
    staged_hash: facts.stagedHash,
    changed_since: facts.changedSinceMs,
    origin_started_at: facts.originStartedAtMs,
    renders_on_demand: facts.rendersOnDemand ? 1 : 0,
  }
}

function fail(pageId: number): never {
  throw new Error(`There is no page ${pageId}.`)
}

/** A site whose pages no renderer keeps. */
export const noEntries = {
  read: async () => null,
  expire: async (pageId: number) => fail(pageId),
  refreshOne: async (pageId: number) => fail(pageId),
}
