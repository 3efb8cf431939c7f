import { join } from 'node:path'
import { OBSERVATION_TRUST_MS } from '#shared/http-cache/freshness.ts'
import { openDatabase, type Raw } from '#main/platform/database.ts'

export const BENCH_SITE = 'bench'
export const BENCH_HOSTS = ['www.localhost', 'shop.localhost', 'blog.localhost', 'docs.localhost'] as const
export const MENU_TAG = 'pb-menu:main-menu'

const HOUR = 3_600_000
const TAGS_A_PAGE = 5
const ROWS_AT_ONCE = 50_000
const LOCALES = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja', 'nl', 'it']
const CATEGORIES = [
  'chairs',
  'tables',
  'lamps',
  'sofas',
  'beds',
  'shelves',
  'rugs',
  'desks',
  'mirrors',
  'outdoor',
  'kitchen',
  'bath',
]
const WORDS = [
  'oak',
  'linen',
  'round',
  'small',
  'classic',
  'folding',
  'walnut',
  'steel',
  'garden',
  'winter',
  'modern',
  'Nordic',
  'caf%C3%A9',
]
const VANTAGES = ['FRA56-P4', 'IAD89-C1', 'NRT57-P2']
const HEADERS = JSON.stringify([
  ['content-type', 'text/html; charset=utf-8'],
  ['cache-control', 'public, max-age=0, s-maxage=2592000, stale-while-revalidate=86400'],
  ['etag', '"b7c6f4f0a1"'],
  ['x-cache', 'Hit from cloudfront'],
  ['x-amz-cf-pop', 'FRA56-P4'],
  ['age', '5213'],
])

/** The same numbers in every run, so that runs can be compared. Source: Mulberry32, T. Ettinger. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Stores one site with `pages` pages of five tags each: four zones, paths with locales, dates and products, every freshness
 * word, and some history. Written with `synchronous = OFF`: nothing of it needs to survive.
 */
export async function buildPages(dataFolder: string, pages: number, nowMs: number): Promise<void> {
  const db = await openDatabase(join(dataFolder, 'frostline.db'))
  const { raw } = db
  raw.pragma('synchronous = OFF')
  raw.pragma('cache_size = -1048576')
  raw.prepare('INSERT INTO sites (id, name, settings_json, discovered_at, created_at) VALUES (?, ?, ?, ?, ?)').run(
    BENCH_SITE,
    'A million pages',
    JSON.stringify({
      originUrl: null,
      builder: null,
      watchSeconds: 86_400,
      links: [],
      edge: {
        kind: 'cloudfront',
        distributionId: 'E2QWRUHAPOMQZL',
        endpoint: 'http://127.0.0.1:9',
        region: 'us-east-1',
        credentials: { kind: 'default' },
        account: 'aws',
      },
    }),
    nowMs,
    nowMs,
  )
  BENCH_HOSTS.forEach((host, index) =>
    raw
      .prepare('INSERT INTO zones (id, site_id, host, url) VALUES (?, ?, ?, ?)')
      .run(index + 1, BENCH_SITE, host, `http://${host}`),
  )
  const random = createRandom(7)
  const pageOf = pageWriter(raw, random, nowMs)
  const tagsOf = tagWriter(raw, random, pages)
  for (let at = 0; at < pages; at += ROWS_AT_ONCE) {
    db.transact(() => {
      for (let n = at; n < Math.min(pages, at + ROWS_AT_ONCE); n += 1) tagsOf(pageOf(n), n)
    })
  }
  raw.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

function pageWriter(raw: Raw, random: () => number, nowMs: number): (n: number) => number {
  const columns = `site_id, zone_id, path, found_at, found_by, served_as, renders_on_demand, observed_at, failed_at, failure,
    status, stored, fresh_until, stale_until, purged_at, copy_made_at, edge_hash, origin_hash, origin_basis, staged_hash,
    changed_since, origin_started_at, age_seconds, lifetime_rule, lifetime_basis, vantage, ttfb_ms, headers_json, size_bytes`
  const insert = raw.prepare(`INSERT INTO pages (${columns}) VALUES (${columns.replace(/\w+/g, '?')})`)
  const history = raw.prepare(
    'INSERT INTO page_history (page_id, at, status, stored, edge_hash, age_class, vantage, served_as) VALUES (?, ?, 200, ?, ?, ?, ?, ?)',
  )
  const hashes = Array.from({ length: 5_000 }, (_, index) => `sha256-${index.toString(16).padStart(64, '0')}`)
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  return (n) => {
    const kind = random()
    const unchecked = kind < 0.08
    const failed = unchecked && kind < 0.01
    const stored = kind > 0.98 ? 'not-stored' : kind > 0.96 ? 'asks-always' : 'stored'
    const status = kind > 0.94 && kind < 0.95 ? 404 : 200
    const observedAt = unchecked ? null : Math.floor(nowMs - random() * 3 * OBSERVATION_TRUST_MS)
    const copyMadeAt = observedAt === null ? null : observedAt - Math.floor(random() * 48 * HOUR)
    const freshUntil = copyMadeAt === null ? null : copyMadeAt + (random() < 0.85 ? 30 * 24 * HOUR : HOUR)
    const edgeHash = unchecked ? null : pick(hashes)
    const onDemand = kind > 0.5 && kind < 0.6
    const changed = kind > 0.6 && kind < 0.63
    const id = Number(
      insert.run(
        BENCH_SITE,
        1 + Math.floor(random() ** 2 * BENCH_HOSTS.length),
        pathOf(n, random),
        nowMs - n,
        'sitemap',
        onDemand
          ? random() < 0.5
            ? 'fallback'
            : 'rendered'
          : status === 404
            ? 'missing'
            : random() < 0.02
              ? 'redirect'
              : 'static',
        onDemand ? 1 : 0,
        observedAt,
        failed ? nowMs - HOUR : null,
        failed ? 'The host did not answer within 30 s.' : null,
        unchecked ? null : status,
        unchecked ? null : stored,
        freshUntil,
        freshUntil === null ? null : freshUntil + 24 * HOUR,
        kind > 0.9 && kind < 0.91 ? nowMs : null,
        copyMadeAt,
        edgeHash,
        kind > 0.3 ? edgeHash : kind > 0.25 ? pick(hashes) : null,
        kind > 0.25 ? 'manifest' : null,
        kind > 0.63 && kind < 0.64 ? pick(hashes) : null,
        changed ? nowMs - HOUR : null,
        nowMs - 2 * HOUR,
        unchecked ? null : Math.floor(random() * 172_800),
        unchecked ? null : 's-maxage=2592000',
        unchecked ? null : 'edge-policy',
        unchecked ? null : pick(VANTAGES),
        unchecked ? null : Math.round(random() * 40_000) / 100,
        unchecked ? null : HEADERS,
        unchecked ? null : 20_000 + Math.floor(random() * 10_000),
      ).lastInsertRowid,
    )
    if (random() < 0.1)
      for (let row = 1; row <= 3; row += 1)
        history.run(id, nowMs - row * 24 * HOUR, 'stored', pick(hashes), 'hours', pick(VANTAGES), 'static')
    return id
  }
}

function pathOf(n: number, random: () => number): string {
  const pick = (of: readonly string[]) => of[Math.floor(random() * of.length)] ?? ''
  const slug = `${pick(WORDS)}-${pick(WORDS)}-${n}`
  const kind = random()
  if (kind < 0.55) return `/${pick(LOCALES)}/products/${pick(CATEGORIES)}/${slug}`
  const two = (most: number) => String(1 + Math.floor(random() * most)).padStart(2, '0')
  if (kind < 0.75) return `/${2018 + Math.floor(random() * 9)}/${two(12)}/${two(28)}/${slug}`
  if (kind < 0.9) return `/${pick(LOCALES)}/help/${pick(CATEGORIES)}/${slug}.html`
  if (kind < 0.97) return `/lists/${pick(CATEGORIES)}?page=${n}`
  return `/p/SKU-${n.toString(36).toUpperCase()}`
}

/** The menu on every page, a few large lists, and thousands of tags of a few pages each. */
function tagWriter(raw: Raw, random: () => number, pages: number): (pageId: number, n: number) => void {
  const insert = raw.prepare('INSERT INTO page_tags (page_id, tag_id, in_html, in_header) VALUES (?, ?, 1, ?)')
  const addTag = raw.prepare('INSERT INTO tags (site_id, tag, folded) VALUES (?, ?, ?)')
  const known = new Map<string, number>()
  const idOf = (tag: string) => {
    const id = known.get(tag) ?? Number(addTag.run(BENCH_SITE, tag, tag.toLowerCase()).lastInsertRowid)
    known.set(tag, id)
    return id
  }
  return (pageId, n) => {
    const tags = new Set([idOf(MENU_TAG), idOf(`pb-list:${CATEGORIES[n % CATEGORIES.length]}`)])
    if (n % 3 === 0) tags.add(idOf('pb-pages-list'))
    tags.add(idOf(`product:${n % Math.ceil(pages / 50)}`))
    while (tags.size < TAGS_A_PAGE) tags.add(idOf(`author:${Math.floor(random() ** 2 * 4_000)}`))
    for (const tag of tags) insert.run(pageId, tag, random() < 0.9 ? 1 : 0)
  }
}
