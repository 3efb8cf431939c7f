import { AppError } from '#shared/errors.ts'
import type { ChangeOutcome, CurrentSettings, EditedSite, SecretState, SiteSecret } from '#shared/site-settings.ts'
import type { Finding } from '#shared/sites.ts'
import { describeChanges } from './describe-changes.ts'
import { editedSite } from './edited-site.ts'
import type { SitesWorld } from './handlers.ts'
import { completed, secretPlaces } from './kept-secrets.ts'
import { edgeMoves, removedHosts } from './site-places.ts'
import { KEYS_TO_COME, secretNames, SiteSettings, withoutSecrets, writeSite } from './store.ts'
import { testConnection } from './test-connection.ts'
import { testedParts, theseParts, withIndexes, type TestedParts } from './tested-parts.ts'
import { underWay } from './under-way.ts'

export interface ChangeWorld extends SitesWorld {
  /** Forgets the pages of zones, a part at a time. */
  dropPages(what: { readonly siteId: string; readonly hosts: readonly string[] | null }): Promise<unknown>
  /** What was agreed on for an account stays when the account gets its name. */
  accountNamed(before: string, now: string): void
}

/** A site as it is stored, with what its owner sees of it. */
interface StoredSite {
  readonly key: string | null
  readonly stored: SiteSettings
  readonly settings: EditedSite
}

/** Reads and changes the settings of a site that was added before. */
export interface SiteChanges {
  read(siteId: string): Promise<CurrentSettings>
  test(siteId: string, entered: EditedSite): Promise<Finding[]>
  /** Throws `CONFLICT` while the edge works for the site, `BAD_INPUT` where a secret is lacking. */
  change(siteId: string, entered: EditedSite, despite: boolean, by: string): Promise<ChangeOutcome>
  /** Tries parts of it as they are stored. */
  tryParts(siteId: string, parts: readonly ('edge' | 'builder' | 'renderer' | 'objects')[]): Promise<Finding[]>
  /** The secrets that a site has a place for, and whether the vault has them. */
  secrets(siteId: string): Promise<SecretState[]>
}

export function createSiteChanges(world: ChangeWorld): SiteChanges {
  const { db, secrets } = world
  const row = db.raw.prepare<[string], { key: string | null; name: string; settings_json: string }>(
    'SELECT key, name, settings_json FROM sites WHERE id = ? AND removed_at IS NULL',
  )
  const zones = db.raw.prepare<[string], { host: string; url: string; pages: number }>(
    `SELECT host, url, (SELECT count(*) FROM pages WHERE zone_id = zones.id) AS pages FROM zones WHERE site_id = ? ORDER BY id`,
  )
  const urls = db.raw.prepare<[string], string>('SELECT url FROM zones WHERE site_id = ? ORDER BY id').pluck()

  function need(siteId: string): StoredSite {
    const found = row.get(siteId)
    if (!found)
      throw new AppError('NOT_FOUND', 'This site is not here any more.', { field: 'siteId', fix: 'Choose another site.' })
    const stored = SiteSettings.parse(JSON.parse(found.settings_json))
    return { key: found.key, stored, settings: editedSite(found.name, urls.all(siteId), stored) }
  }

  const fromVault = (siteId: string) => (secret: SiteSecret) => secrets.get(secretNames(siteId)[secret])

  const tried = (siteId: string, site: StoredSite, entered: EditedSite) =>
    triedParts(siteId, site, testedParts(site.settings, entered))

  async function triedParts(siteId: string, { stored }: StoredSite, parts: TestedParts | null): Promise<Finding[]> {
    if (parts === null) return []
    const whole = await completed(parts.tested, stored, fromVault(siteId))
    const findings = await testConnection(whole, world.vendors, world.reach)
    return withIndexes(findings, parts)
  }

  async function secretsOf(siteId: string): Promise<SecretState[]> {
    const places = secretPlaces(need(siteId).stored)
    return Promise.all(places.map(async (place) => ({ ...place, stored: (await fromVault(siteId)(place.secret)) !== null })))
  }

  return {
    secrets: secretsOf,
    async read(siteId) {
      const { settings } = need(siteId)
      return {
        name: settings.name,
        settings,
        secrets: await secretsOf(siteId),
        zones: zones.all(siteId).map(({ host, pages }) => ({ host, pages })),
        held: underWay(db.raw, siteId),
      }
    },
    test: (siteId, entered) => tried(siteId, need(siteId), entered),
    tryParts: async (siteId, wanted) => triedParts(siteId, need(siteId), theseParts(need(siteId).settings, wanted)),
    async change(siteId, entered, despite, by) {
      const before = need(siteId)
      const changes = describeChanges(before.settings, entered)
      if (changes.length === 0) return { saved: true, changes, findings: [] }
      const moves = edgeMoves(before.settings, entered)
      const refuseWhileHeld = () => {
        const held = moves ? underWay(db.raw, siteId) : null
        if (held !== null)
          throw new AppError('CONFLICT', `The edge and its account cannot be changed now. ${held}`, {
            field: 'edge',
            fix: 'Save it again then; everything else can be changed meanwhile.',
            retryable: true,
          })
      }
      refuseWhileHeld()
      const findings = await tried(siteId, before, entered)
      if (!despite && findings.some(({ ok }) => !ok)) return { saved: false, changes, findings }
      const hosts = removedHosts(before.settings, entered)
      if (hosts.length > 0) await world.dropPages({ siteId, hosts })
      // The test may have taken long.
      refuseWhileHeld()
      await writeSite(db, secrets, { id: siteId, key: before.key, entered, before: before.stored, nowMs: world.clock() })
      const { account } = before.stored.edge
      if (account.endsWith(KEYS_TO_COME)) world.accountNamed(account, withoutSecrets(entered, before.stored).edge.account)
      if (moves)
        db.raw.prepare('UPDATE sites SET edge_json = NULL, edge_problem = NULL, edge_failure = NULL WHERE id = ?').run(siteId)
      world.connections.forget(siteId)
      world.watch(siteId)
      world.note(siteId, by, `Changed ${before.settings.name}: ${changes.join('; ')}`, { kind: 'site', result: 'done' })
      world.changes.tell('sites', 'pages', 'plans', 'budget', 'builds')
      return { saved: true, changes, findings }
    },
  }
}
