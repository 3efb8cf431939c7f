import { routeOf, type AdviceAbout, type GroupFacts } from '#shared/advice.ts'
import type { Raw } from '#main/platform/database.ts'
import { readCachePolicy } from './cache-policy.ts'
import { readChanges } from './read-changes.ts'
import { readItems } from './read-items.ts'

export interface AdviceInput {
  readonly siteId: string
  readonly nowMs: number
}

/** What is known of each route and tag class of a site, private pages left out. */
export interface SiteFacts {
  readonly groups: readonly GroupFacts[]
  readonly privatePages: number
}

const DAY_MS = 86_400_000
const DAYS = 30
/** A GET of a stored file. Source: aws.amazon.com/s3/pricing, S3 Standard. */
const FILE_MICRO_DOLLARS = 0.4
/** A function call and a second of it with 1 GB. Source: aws.amazon.com/lambda/pricing, x86. */
const CALL_MICRO_DOLLARS = 0.2
const SECOND_MICRO_DOLLARS = 16.6667
/** What a browser keeps for less time than this does not stand in the way of anybody. */
const BROWSER_SECONDS = 300

interface Page {
  readonly id: number
  readonly path: string
  readonly servedAs: string
  readonly ttfbMs: number | null
  readonly madeAtMs: number | null
  readonly freshUntilMs: number | null
  readonly headers: string
}

class Group {
  pages = 0
  changesADay = 0
  fetches = 0
  browserPages = 0
  readonly lifetimes = new Map<number, number>()
  readonly browsers = new Map<string, number>()
}

/** Reads what advice rests on: the pages' headers and lifetimes, their changes, and the items of the last 30 days. */
export function readSiteFacts(db: Raw, { siteId, nowMs }: AdviceInput): SiteFacts {
  const sinceMs = nowMs - DAYS * DAY_MS
  const changes = readChanges(db, siteId, sinceMs, nowMs)
  const items = readItems(db, siteId, sinceMs)
  const days = Math.min(DAYS, Math.max(1, (nowMs - firstSeen(db, siteId, nowMs)) / DAY_MS))
  const classesOf = readClasses(db, siteId)
  const groups = new Map<string, Group>()
  let privatePages = 0
  const rows = db
    .prepare<[string], Page>(
      `SELECT id, path, served_as AS servedAs, ttfb_ms AS ttfbMs, copy_made_at AS madeAtMs, fresh_until AS freshUntilMs,
         headers_json AS headers FROM pages WHERE site_id = ? AND headers_json IS NOT NULL AND status = 200`,
    )
    .iterate(siteId)
  for (const page of rows) {
    const policy = readCachePolicy(page.headers)
    if (policy.isPrivate) {
      privatePages += 1
      continue
    }
    for (const name of [`route ${routeOf(page.path)}`, ...classesOf(page.id).map((tagClass) => `tag ${tagClass}`)]) {
      const group = groups.get(name) ?? new Group()
      groups.set(name, group)
      group.pages += 1
      group.changesADay += changes.get(page.id) ?? 0
      group.fetches += fetchCost(page)
      if (page.madeAtMs !== null && page.freshUntilMs !== null)
        count(group.lifetimes, Math.max(0, Math.round((page.freshUntilMs - page.madeAtMs) / 1_000)))
      if (!policy.immutable && (policy.maxAgeSeconds ?? 0) >= BROWSER_SECONDS) {
        group.browserPages += 1
        count(group.browsers, `${policy.maxAgeSeconds} ${policy.sharedSeconds ?? ''}`)
      }
    }
  }
  return {
    privatePages,
    groups: [...groups].map(([name, group]) => factsOf(aboutOf(name), group, days, (items.get(name) ?? 0) / days)),
  }
}

function factsOf(about: AdviceAbout, group: Group, days: number, itemsADay: number): GroupFacts {
  const [maxAge = '', shared = ''] = commonest(group.browsers)?.split(' ') ?? []
  return {
    about,
    pages: group.pages,
    days,
    changesADay: group.changesADay / group.pages,
    itemsADay,
    lifetimeSeconds: commonest(group.lifetimes) ?? null,
    fetchMicroDollars: group.fetches / group.pages,
    browser:
      maxAge === ''
        ? null
        : {
            pages: group.browserPages,
            maxAgeSeconds: Number(maxAge),
            sharedSeconds: shared === '' ? null : Number(shared),
          },
  }
}

function aboutOf(name: string): AdviceAbout {
  const at = name.indexOf(' ')
  return { kind: name.startsWith('route') ? 'route' : 'tag', name: name.slice(at + 1) }
}

function fetchCost({ servedAs, ttfbMs }: Page): number {
  if (servedAs !== 'rendered' && servedAs !== 'fallback') return FILE_MICRO_DOLLARS
  // A page of which it was not measured takes a second.
  return CALL_MICRO_DOLLARS + ((ttfbMs ?? 1_000) / 1_000) * SECOND_MICRO_DOLLARS
}

function firstSeen(db: Raw, siteId: string, nowMs: number): number {
  const row = db.prepare<[string], { atMs: number }>('SELECT created_at AS atMs FROM sites WHERE id = ?').get(siteId)
  return row?.atMs ?? nowMs
}

function readClasses(db: Raw, siteId: string): (pageId: number) => readonly string[] {
  const select = db
    .prepare<[number, string], string>(
      `SELECT DISTINCT tags.class FROM page_tags JOIN tags ON tags.id = page_tags.tag_id
       WHERE page_tags.page_id = ? AND tags.site_id = ?`,
    )
    .pluck()
  return (pageId) => select.all(pageId, siteId)
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function commonest<Key>(counts: ReadonlyMap<Key, number>): Key | undefined {
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0]
}
