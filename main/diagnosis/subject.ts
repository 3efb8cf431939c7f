import * as z from 'zod'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import { ServedAs } from '#shared/pages.ts'
import type { Raw } from '#main/platform/database.ts'
import { hostPortOf } from '#main/platform/http-address.ts'
import type { RedirectRule } from '#main/providers/builder.ts'
import type { Behaviour, Distribution } from '#main/providers/edge.ts'
import type { PagesTable } from '#main/platform/schema.ts'
import type { ZoneRef } from './address.ts'
import type { Evidence, KnownPage } from './evidence.ts'
import { plainEncoding } from './spelling.ts'
import { median, typicalTimes } from './typical-times.ts'

export interface SubjectWorld {
  readonly db: Raw
  /** The first behaviour of the distribution that matches a path. */
  behaviourFor(distribution: Distribution, path: string): Behaviour | null
}

/** What is stored about the site that an address belongs to. Plain data. */
export interface SubjectSite {
  readonly about: NonNullable<Evidence['site']>
  readonly hosts: readonly string[]
  readonly zone: { readonly id: number; readonly host: string }
  readonly originUrl: string | null
  readonly account: string
  readonly selectors: readonly string[]
  /** The settings name a bucket whose objects can be asked. */
  readonly hasObjects: boolean
  readonly hasRenderer: boolean
  readonly live: { readonly releaseId: string; readonly startedAtMs: number; readonly redirects: readonly RedirectRule[] } | null
  readonly policy: { readonly pattern: string; readonly ttl: EdgePolicy } | null
  readonly policyGap: string | null
}

const Settings = z.object({
  originUrl: z.string().nullish(),
  edge: z.object({ account: z.string() }),
  builder: z.unknown().nullish(),
  renderer: z.unknown().nullish(),
  objects: z.unknown().nullish(),
  volatileSelectors: z.array(z.string()).nullish(),
})

interface SiteRow {
  id: string
  name: string
  settings_json: string
  edge_json: string | null
  edge_problem: string | null
  zone_id: number
  host: string
}

/** Zones whose host is in a text: there may be thousands of others. */
export function zonesIn(db: Raw, text: string): ZoneRef[] {
  return db
    .prepare<[string], ZoneRef>(
      'SELECT host, url FROM zones WHERE instr(lower(?), lower(host)) > 0 ORDER BY length(host) DESC, id LIMIT 50',
    )
    .all(text.slice(0, 8_000))
}

/** Whether an address is asked at the host and port of a registered zone, so that it may be a private one. */
export function isRegistered(db: Raw, address: string): boolean {
  const url = new URL(address)
  return db
    .prepare<[string], { url: string }>(
      'SELECT url FROM zones JOIN sites ON sites.id = site_id WHERE host = ? AND removed_at IS NULL',
    )
    .all(url.host)
    .some((zone) => hostPortOf(new URL(zone.url)) === hostPortOf(url))
}

/** The site of a host, or null when it is none of ours. Of several with this host the oldest. */
export function readSite(world: SubjectWorld, host: string, path: string): SubjectSite | null {
  const { db } = world
  const row = db
    .prepare<[string], SiteRow>(`SELECT sites.id, sites.name, sites.settings_json, sites.edge_json, sites.edge_problem,
      zones.id AS zone_id, zones.host FROM zones JOIN sites ON sites.id = zones.site_id
      WHERE zones.host = ? AND sites.removed_at IS NULL ORDER BY sites.created_at, zones.id LIMIT 1`)
    .get(host)
  if (!row) return null
  const settings = Settings.parse(JSON.parse(row.settings_json))
  const hosts = db
    .prepare<[string], { host: string }>('SELECT host FROM zones WHERE site_id = ? ORDER BY id')
    .all(row.id)
    .map((zone) => zone.host)
  // We wrote it ourselves from the vendor's parsed answer.
  const distribution = row.edge_json === null ? null : (JSON.parse(row.edge_json) as Distribution)
  const behaviour = distribution === null ? null : world.behaviourFor(distribution, path)
  const typical = typicalTimes(db, row.id)
  return {
    about: {
      id: row.id,
      name: row.name,
      hasBuilder: settings.builder !== null && settings.builder !== undefined,
      purgesPaths: distribution?.capabilities.purgesPaths ?? true,
      purgesTags: distribution?.capabilities.purgesTags ?? false,
      otherZones: hosts.length - 1,
      typicalBuildMs: median(typical.buildsMs),
      typicalPurgeMs: median(typical.purgesMs),
    },
    hosts,
    zone: { id: row.zone_id, host: row.host },
    originUrl: settings.originUrl ?? null,
    account: settings.edge.account,
    selectors: settings.volatileSelectors ?? [],
    hasObjects: settings.objects !== null && settings.objects !== undefined,
    hasRenderer: settings.renderer !== null && settings.renderer !== undefined,
    live: readLive(db, row.id),
    policy: behaviour?.policy ? { pattern: behaviour.pattern, ttl: behaviour.policy } : null,
    policyGap: behaviour?.policy ? null : policyGap(distribution, row.edge_problem),
  }
}

export const NO_SITE_POLICY =
  'The address belongs to no registered site, so the rules of its edge cannot be read: lifetimes are as the headers claim.'

function policyGap(distribution: Distribution | null, problem: string | null): string {
  const why =
    distribution === null
      ? (problem ?? "The distribution's settings have not been read yet.")
      : distribution.gaps.length > 0
        ? distribution.gaps.join(' ')
        : 'The policy of the behaviour that answers this path could not be read.'
  return why.includes('as the headers claim') ? why : `${why} Lifetimes are as the headers claim.`
}

function readLive(db: Raw, siteId: string): SubjectSite['live'] {
  const row = db
    .prepare<[string], { release_id: string; started_at: number; redirects_json: string }>(
      'SELECT release_id, started_at, redirects_json FROM releases WHERE site_id = ? AND live = 1',
    )
    .get(siteId)
  if (!row) return null
  return {
    releaseId: row.release_id,
    startedAtMs: row.started_at,
    redirects: JSON.parse(row.redirects_json) as RedirectRule[],
  }
}

/** A page with its row, for what only some of the readers need. */
export interface SubjectPage {
  readonly page: KnownPage
  readonly row: PagesTable & { readonly id: number }
}

/** The page with this path, however its encoding is spelled; null when it is not in the list. */
export function readPage(db: Raw, zone: SubjectSite['zone'], path: string): SubjectPage | null {
  const plain = plainEncoding(path)
  const spellings = [...new Set([path, plain, plain.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())])]
  const find = db.prepare<[number, string], PagesTable & { id: number }>('SELECT * FROM pages WHERE zone_id = ? AND path = ?')
  const row = spellings.map((spelling) => find.get(zone.id, spelling)).find((found) => found !== undefined)
  if (!row) return null
  const tags = db
    .prepare<[number], { tag: string; in_html: number; in_header: number }>(
      `SELECT tags.tag, page_tags.in_html, page_tags.in_header FROM page_tags JOIN tags ON tags.id = page_tags.tag_id
       WHERE page_tags.page_id = ? ORDER BY tags.folded`,
    )
    .all(row.id)
  const entry = db
    .prepare<[number], { marked_at: number | null }>('SELECT marked_at FROM page_entries WHERE page_id = ?')
    .get(row.id)
  return {
    row,
    page: {
      id: row.id,
      path: row.path,
      zoneHost: zone.host,
      servedAs: ServedAs.parse(row.served_as),
      rendersOnDemand: row.renders_on_demand === 1,
      tags: tags.map((tag) => ({ tag: tag.tag, html: tag.in_html === 1, header: tag.in_header === 1 })),
      facts: {
        observedAtMs: row.observed_at,
        failedAtMs: row.failed_at,
        status: row.status,
        stored: row.stored,
        freshUntilMs: row.fresh_until,
        staleUntilMs: row.stale_until,
        purgedAtMs: row.purged_at,
        copyMadeAtMs: row.copy_made_at,
        edgeHash: row.edge_hash,
        originHash: row.origin_hash,
        stagedHash: row.staged_hash,
        changedSinceMs: row.changed_since,
        originStartedAtMs: row.origin_started_at,
        rendersOnDemand: row.renders_on_demand === 1,
      },
      markedAtMs: entry?.marked_at ?? null,
    },
  }
}
