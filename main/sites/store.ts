import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { KEEP_ALL, PageRules } from '#shared/page-identity.ts'
import { PublishSettings, SiteInput, type CredentialsInput } from '#shared/sites.ts'
import type { Database, Query, Raw } from '#main/platform/database.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import { builderWithoutSecrets, keepBuilderSecrets, StoredBuilder } from './builders.ts'

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
      : await db.query.selectFrom('sites').select('id').where('key', '=', entered.key).executeTakeFirst()
  const id = existing?.id ?? crypto.randomUUID()
  const names = secretNames(id)
  const credentials = entered.edge.kind === 'cloudfront' ? entered.edge.credentials : null
  if (credentials?.kind === 'keys') await secrets.set(names.edge, JSON.stringify(credentials))
  else if (entered.edge.kind === 'varnish') await secrets.set(names.edge, entered.edge.secret)
  else await secrets.remove(names.edge)
  await keepBuilderSecrets(secrets, names, entered.builder)
  if (entered.renderer) await secrets.set(names.renderer, entered.renderer.url)
  else await secrets.remove(names.renderer)
  if (entered.objects?.credentials.kind === 'keys') await secrets.set(names.objects, JSON.stringify(entered.objects.credentials))
  else await secrets.remove(names.objects)
  const settings = withoutSecrets(entered)
  db.transact(() => {
    const row = { id, key: entered.key ?? null, name: entered.name, settings: JSON.stringify(settings), nowMs }
    db.raw
      .prepare(`INSERT INTO sites (id, key, name, settings_json, created_at) VALUES (@id, @key, @name, @settings, @nowMs)
      ON CONFLICT (id) DO UPDATE SET name = @name, settings_json =
        json_patch(@settings, json_object('pageRules', settings_json -> '$.pageRules'))`)
      .run(row)
    saveZones(db.raw, id, entered)
  })
  return id
}

function withoutSecrets(entered: SiteInput): Omit<SiteSettings, 'pageRules'> {
  const { edge, builder, renderer, objects } = entered
  return {
    originUrl: entered.originUrl ?? null,
    edge: edgeWithoutSecrets(edge),
    builder: builder ? builderWithoutSecrets(builder) : null,
    renderer: renderer ? { kind: renderer.kind, host: new URL(renderer.url).host } : null,
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

function edgeWithoutSecrets(edge: SiteInput['edge']): SiteSettings['edge'] {
  if (edge.kind === 'any-cache') return { kind: edge.kind, account: 'no account: nothing is purged' }
  if (edge.kind === 'varnish') {
    const { kind, addresses, soft } = edge
    return { kind, addresses, soft, account: `Varnish at ${addresses.map((url) => new URL(url).host).join(', ')}` }
  }
  return {
    kind: edge.kind,
    distributionId: edge.distributionId,
    endpoint: edge.endpoint ?? null,
    region: edge.region,
    credentials: withoutKeys(edge.credentials),
    account: accountOf(edge.credentials, edge.endpoint),
  }
}

const withoutKeys = (credentials: CredentialsInput): StoredCredentials =>
  credentials.kind === 'keys' ? { kind: 'keys' } : credentials

/** The allowance is per account; until the account's id is asked for, the credentials stand for it. */
function accountOf(credentials: CredentialsInput, endpoint: string | undefined): string {
  const where = endpoint === undefined ? 'aws' : 'custom endpoint'
  switch (credentials.kind) {
    case 'default':
      return `${where}, default credentials`
    case 'profile':
      return `${where}, profile ${credentials.profile}`
    case 'keys':
      return `${where}, key …${credentials.accessKeyId.slice(-4)}`
  }
}

/**
 * Zones of a known site are matched by their name without the port, so that a stack that moved to other ports keeps its
 * pages.
 */
function saveZones(db: Raw, siteId: string, entered: SiteInput): void {
  const known = db
    .prepare<[string], { id: number; host: string; url: string }>('SELECT id, host, url FROM zones WHERE site_id = ? ORDER BY id')
    .all(siteId)
  const kept = new Set<number>()
  const wanted = [...new Map(entered.zones.map(({ url }) => [new URL(url).host, new URL(url)])).values()]
  const hosts = new Set(wanted.map(({ host }) => host))
  for (const { host, hostname, origin } of wanted) {
    const same =
      known.find((zone) => zone.host === host) ??
      known.find((zone) => !kept.has(zone.id) && !hosts.has(zone.host) && new URL(zone.url).hostname === hostname)
    if (same) {
      db.prepare('UPDATE zones SET host = ?, url = ? WHERE id = ?').run(host, origin, same.id)
      kept.add(same.id)
    } else db.prepare('INSERT INTO zones (site_id, host, url) VALUES (?, ?, ?)').run(siteId, host, origin)
  }
  for (const zone of known) if (!kept.has(zone.id)) db.prepare('DELETE FROM zones WHERE id = ?').run(zone.id)
}

/** Settings of one site. Throws `NOT_FOUND`. */
export async function readSettings(db: Query, siteId: string): Promise<SiteSettings> {
  const row = await db.selectFrom('sites').select('settings_json').where('id', '=', siteId).executeTakeFirst()
  if (!row) throw new AppError('NOT_FOUND', 'This site is not here any more.', { field: 'siteId', fix: 'Choose another site.' })
  return SiteSettings.parse(JSON.parse(row.settings_json))
}
