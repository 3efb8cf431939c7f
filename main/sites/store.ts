import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { KEEP_ALL, PageRules } from '#shared/page-identity.ts'
import { SITE_SECRETS, type EditedSite } from '#shared/site-settings.ts'
import { PublishSettings, type SiteInput } from '#shared/sites.ts'
import type { Database, Query, Raw } from '#main/platform/database.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import { builderWithoutSecrets, NO_HOST, StoredBuilder } from './builders.ts'
import { secretChange, type EnteredCredentials } from './kept-secrets.ts'

const StoredCredentials = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('default') }),
  z.object({ kind: z.literal('profile'), profile: z.string() }),
  z.object({ kind: z.literal('keys') }),
])
export type StoredCredentials = z.infer<typeof StoredCredentials>

/** A site as it is stored: what was entered, less the secrets. */
export const SiteSettings = z.object({
  originUrl: z.string().nullable(),
  edge: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('cloudfront'),
      distributionId: z.string(),
      endpoint: z.string().nullable(),
      region: z.string(),
      credentials: StoredCredentials,
      /** Whose allowance purges use: never a secret, but stable for the credentials. */
      account: z.string(),
    }),
    z.object({ kind: z.literal('any-cache'), account: z.string() }),
    z.object({ kind: z.literal('varnish'), addresses: z.array(z.string()), soft: z.boolean(), account: z.string() }),
  ]),
  builder: StoredBuilder.nullable(),
  renderer: z
    .object({ kind: z.literal('ssr-cache'), host: z.string() })
    .nullable()
    .default(null),
  objects: z
    .object({
      kind: z.literal('s3'),
      bucket: z.string(),
      prefix: z.string(),
      region: z.string(),
      endpoint: z.string().nullable(),
      forcePathStyle: z.boolean(),
      credentials: StoredCredentials,
      publish: PublishSettings.nullable().default(null),
    })
    .nullable()
    .default(null),
  volatileSelectors: z.array(z.string()).default([]),
  watchSeconds: z.number(),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  firstCheckPages: z.number().default(200),
  /** Set in place, and kept when the site is entered again. */
  pageRules: PageRules.default(KEEP_ALL),
})
export type SiteSettings = z.infer<typeof SiteSettings>

export const secretNames = (siteId: string) => ({
  edge: `site:${siteId}:edge`,
  hook: `site:${siteId}:hook`,
  builder: `site:${siteId}:builder`,
  build: `site:${siteId}:build`,
  renderer: `site:${siteId}:renderer`,
  objects: `site:${siteId}:objects`,
})

/** Stores a site; one with the same `key` is brought up to date and keeps its pages and history. Returns its id. */
export async function saveSite(db: Database, secrets: Secrets, entered: SiteInput, nowMs: number): Promise<string> {
  const existing =
    entered.key === undefined
      ? undefined
      : await db.query.selectFrom('sites').select(['id', 'settings_json']).where('key', '=', entered.key).executeTakeFirst()
  const before = existing ? SiteSettings.parse(JSON.parse(existing.settings_json)) : null
  const id = existing?.id ?? crypto.randomUUID()
  await writeSite(db, secrets, { id, key: entered.key ?? null, entered, before, nowMs })
  return id
}

/** What is to be written of a site. `before`: what is stored of it; null for one that is new. */
export interface WrittenSite {
  readonly id: string
  readonly key: string | null
  readonly entered: EditedSite
  readonly before: SiteSettings | null
  readonly nowMs: number
}

/** Writes a site and what was entered of its secrets. Those that were not entered stay where they still fit. */
export async function writeSite(db: Database, secrets: Secrets, site: WrittenSite): Promise<void> {
  const { id, key, entered, before, nowMs } = site
  const names = secretNames(id)
  for (const secret of SITE_SECRETS) {
    const wanted = secretChange(secret, entered, before)
    if (wanted === null) await secrets.remove(names[secret])
    else if (wanted !== undefined) await secrets.set(names[secret], wanted)
  }
  db.transact(() => {
    const settings = JSON.stringify(withoutSecrets(entered, before))
    db.raw
      .prepare(`INSERT INTO sites (id, key, name, settings_json, created_at) VALUES (@id, @key, @name, @settings, @nowMs)
      ON CONFLICT (id) DO UPDATE SET name = @name, settings_json =
        json_patch(@settings, json_object('pageRules', settings_json -> '$.pageRules'))`)
      .run({ id, key, name: entered.name, settings, nowMs })
    saveZones(db.raw, id, entered.zones)
  })
}

/** `before`: what is stored of it; it knows the hosts of addresses that stay in the vault. */
export function withoutSecrets(entered: EditedSite, before: SiteSettings | null): Omit<SiteSettings, 'pageRules'> {
  const { edge, builder, renderer, objects } = entered
  return {
    originUrl: entered.originUrl ?? null,
    edge: edgeWithoutSecrets(edge, before),
    builder: builder ? builderWithoutSecrets(builder, before?.builder) : null,
    renderer: renderer
      ? {
          kind: renderer.kind,
          host: renderer.url === undefined ? (before?.renderer?.host ?? renderer.host ?? NO_HOST) : new URL(renderer.url).host,
        }
      : null,
    objects: objects
      ? {
          ...objects,
          endpoint: objects.endpoint ?? null,
          credentials: withoutKeys(objects.credentials),
          publish: objects.publish ?? null,
        }
      : null,
    volatileSelectors: entered.volatileSelectors,
    watchSeconds: entered.watchSeconds,
    links: entered.links,
    firstCheckPages: entered.firstCheckPages,
  }
}

function edgeWithoutSecrets(edge: EditedSite['edge'], before: SiteSettings | null): SiteSettings['edge'] {
  if (edge.kind === 'any-cache') return { kind: edge.kind, account: 'no account: nothing is purged' }
  if (edge.kind === 'varnish') {
    const { kind, addresses, soft } = edge
    return { kind, addresses, soft, account: `Varnish at ${addresses.map((url) => new URL(url).host).join(', ')}` }
  }
  const endpoint = edge.endpoint ?? null
  const old = before?.edge.kind === 'cloudfront' ? before.edge : null
  const keptAccount = old?.credentials.kind === 'keys' && old.endpoint === endpoint ? old.account : null
  return {
    kind: edge.kind,
    distributionId: edge.distributionId,
    endpoint,
    region: edge.region,
    credentials: withoutKeys(edge.credentials),
    account: accountOf(edge.credentials, endpoint, keptAccount),
  }
}

const withoutKeys = (credentials: EnteredCredentials): StoredCredentials =>
  credentials.kind === 'keys' ? { kind: 'keys' } : credentials

/** Ends the name of an account whose keys are still to be entered. */
export const KEYS_TO_COME = 'keys that are not entered yet'

/** The allowance is per account; until the account's id is asked for, the credentials stand for it. */
function accountOf(credentials: EnteredCredentials, endpoint: string | null, kept: string | null): string {
  const where = endpoint === null ? 'aws' : 'custom endpoint'
  switch (credentials.kind) {
    case 'default':
      return `${where}, default credentials`
    case 'profile':
      return `${where}, profile ${credentials.profile}`
    case 'keys':
      return credentials.accessKeyId
        ? `${where}, key …${credentials.accessKeyId.slice(-4)}`
        : (kept ?? `${where}, ${KEYS_TO_COME}`)
  }
}

/**
 * Zones of a known site are matched by their name without the port, so that a stack that moved to other ports keeps its
 * pages.
 */
function saveZones(db: Raw, siteId: string, zones: EditedSite['zones']): void {
  const known = db
    .prepare<[string], { id: number; host: string; url: string }>('SELECT id, host, url FROM zones WHERE site_id = ? ORDER BY id')
    .all(siteId)
  const kept = new Set<number>()
  const wanted = [...new Map(zones.map(({ url }) => [new URL(url).host, new URL(url)])).values()]
  const hosts = new Set(wanted.map(({ host }) => host))
  const byHost = new Map(known.map((zone) => [zone.host, zone]))
  const moved = known.filter((zone) => !hosts.has(zone.host)).map((zone) => ({ ...zone, hostname: new URL(zone.url).hostname }))
  const update = db.prepare('UPDATE zones SET host = ?, url = ? WHERE id = ?')
  const insert = db.prepare('INSERT INTO zones (site_id, host, url) VALUES (?, ?, ?)')
  for (const { host, hostname, origin } of wanted) {
    const same = byHost.get(host) ?? moved.find((zone) => !kept.has(zone.id) && zone.hostname === hostname)
    if (same) {
      update.run(host, origin, same.id)
      kept.add(same.id)
    } else insert.run(siteId, host, origin)
  }
  const remove = db.prepare('DELETE FROM zones WHERE id = ?')
  for (const zone of known) if (!kept.has(zone.id)) remove.run(zone.id)
}

/** Settings of one site. Throws `NOT_FOUND`. */
export async function readSettings(db: Query, siteId: string): Promise<SiteSettings> {
  const row = await db
    .selectFrom('sites')
    .select('settings_json')
    .where('id', '=', siteId)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND', 'This site is not here any more.', { field: 'siteId', fix: 'Choose another site.' })
  return SiteSettings.parse(JSON.parse(row.settings_json))
}
