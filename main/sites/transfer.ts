import { countOf } from '#shared/count-of.ts'
import {
  EXPORT_VERSION,
  CarriedSettings,
  type ExportedSite,
  type ImportedSite,
  type SettingsFile,
} from '#shared/settings-file.ts'
import { SITE_SECRETS } from '#shared/site-settings.ts'
import { listParts, type ListStores } from './carried/lists.ts'
import { valueParts, type ValueStores } from './carried/values.ts'
import type { ChangeWorld } from './change-site.ts'
import { describeChanges } from './describe-changes.ts'
import { editedSite } from './edited-site.ts'
import { secretChange, secretPlaces } from './kept-secrets.ts'
import { readSettingsFile, type Problem } from './settings-file.ts'
import { edgeMoves, removedHosts } from './site-places.ts'
import { readSettings, SiteSettings, withoutSecrets, writeSite } from './store.ts'
import { underWay } from './under-way.ts'

export interface TransferWorld extends ChangeWorld {
  /** Where everything lies that is configured for a site beside its settings. */
  readonly carried: Omit<ValueStores, 'accountOf' | 'accountOfSite'> & Omit<ListStores, 'zonesOf'>
  /** Sources have changed. */
  relisten(): Promise<void>
}

/** Settings of sites in a file, without any secret. */
export interface Transfer {
  /** `null`: of all sites. */
  write(siteIds: readonly string[] | null): Promise<SettingsFile>
  /** What an import would do. Throws `BAD_INPUT` for a file that is none. */
  preview(text: string): Promise<ImportedSite[]>
  /** Writes every site that is not refused. */
  read(text: string, by: string): Promise<ImportedSite[]>
}

interface Known {
  readonly id: string
  readonly key: string | null
  readonly name: string
  readonly settings_json: string
  readonly removed_at: number | null
}

/** A site of a file beside the one that it would change. */
type Judged = Omit<ImportedSite, 'index' | 'siteId'> & {
  readonly site: ExportedSite | null
  readonly known: Known | null
}

export function createTransfer(world: TransferWorld): Transfer {
  const { db, secrets } = world
  const kept = db.raw.prepare<[], { id: string }>('SELECT id FROM sites WHERE removed_at IS NULL ORDER BY created_at, id')
  const match = db.raw.prepare<{ id: string; key: string | null }, Known>(
    `SELECT id, key, name, settings_json, removed_at FROM sites WHERE id = @id OR key = @key ORDER BY id <> @id LIMIT 1`,
  )
  const urls = db.raw.prepare<[string], string>('SELECT url FROM zones WHERE site_id = ? ORDER BY id').pluck()
  const settingsOf = db.raw.prepare<[string], string>('SELECT settings_json FROM sites WHERE id = ?').pluck()
  const nameOf = db.raw.prepare<[string], { key: string | null; name: string }>('SELECT key, name FROM sites WHERE id = ?')

  const account = db.raw.prepare<[string], string>("SELECT settings_json ->> '$.edge.account' FROM sites WHERE id = ?").pluck()
  const zones = db.raw.prepare<[string], { id: number; host: string }>('SELECT id, host FROM zones WHERE site_id = ? ORDER BY id')
  const accountOfSite = (siteId: string) => account.get(siteId) ?? ''
  const parts = [
    ...valueParts({ ...world.carried, accountOfSite, accountOf }),
    ...listParts({ ...world.carried, zonesOf: (siteId) => zones.all(siteId) }),
  ]

  /** As it will be called once the site is written. */
  function accountOf({ settings }: ExportedSite, siteId: string | null): string {
    const before = siteId === null ? undefined : settingsOf.get(siteId)
    return withoutSecrets(settings, before === undefined ? null : SiteSettings.parse(JSON.parse(before))).edge.account
  }

  function carriedBy(siteId: string): CarriedSettings {
    const [first, ...rest] = parts.map((part) => part.read(siteId))
    return CarriedSettings.parse(Object.assign({}, first, ...rest))
  }

  /** What an import does to everything beside the settings. */
  function judgeParts(site: ExportedSite, siteId: string | null) {
    const judged = parts.map((part) => part.judge(site, siteId))
    return { changes: judged.flatMap(({ changes }) => changes), problems: judged.flatMap(({ problems }) => problems) }
  }

  async function exported(siteId: string): Promise<ExportedSite> {
    const stored = await readSettings(db.query, siteId)
    const { key = null, name = '' } = nameOf.get(siteId) ?? {}
    return {
      id: siteId,
      ...(key === null ? {} : { key }),
      settings: editedSite(name, urls.all(siteId), stored),
      ...carriedBy(siteId),
      secrets: secretPlaces(stored)
        .filter(({ needed }) => needed)
        .map(({ what, field }) => ({ enter: what, field })),
    }
  }

  function judgeAll(text: string): Judged[] {
    return readSettingsFile(text).map((read) => {
      if (!read.ok) return refusal(read.name, read.problems)
      const { site } = read
      const known = match.get({ id: site.id, key: site.key ?? null }) ?? null
      const { name } = site.settings
      if (known === null) {
        const { changes: more, problems } = judgeParts(site, null)
        if (problems.length > 0) return refusal(name, problems)
        const changes = [`${countOf(site.settings.zones.length, 'zone')}, edge ${site.settings.edge.kind}`, ...more]
        return { site, known, name, verdict: 'add', changes, problems: [], needs: needsOf(site, null) }
      }
      if (known.removed_at !== null)
        return refusal(name, [
          { field: 'id', reason: `${known.name} was removed here. Restore it first, then import this again.` },
        ])
      const before = SiteSettings.parse(JSON.parse(known.settings_json))
      const old = editedSite(known.name, urls.all(known.id), before)
      const carried = judgeParts(site, known.id)
      if (carried.problems.length > 0) return refusal(name, carried.problems)
      const changes = [...describeChanges(old, site.settings), ...carried.changes]
      if (changes.length === 0) return { site, known, name, verdict: 'same', changes, problems: [], needs: [] }
      const held = edgeMoves(old, site.settings) ? underWay(db.raw, known.id) : null
      if (held !== null) return refusal(name, [{ field: 'settings.edge', reason: held }])
      return { site, known, name, verdict: 'change', changes, problems: [], needs: needsOf(site, before) }
    })
  }

  async function apply({ site, known, verdict, changes }: Judged, by: string): Promise<string | null> {
    if (site === null || verdict === 'refused') return null
    if (verdict === 'same') return known?.id ?? null
    const id = known?.id ?? site.id
    const before = known === null ? null : SiteSettings.parse(JSON.parse(known.settings_json))
    const old = known === null || before === null ? null : editedSite(known.name, urls.all(id), before)
    const gone = old === null ? [] : removedHosts(old, site.settings)
    if (gone.length > 0) await world.dropPages({ siteId: id, hosts: gone })
    await writeSite(db, secrets, {
      id,
      key: known?.key ?? site.key ?? null,
      entered: site.settings,
      before,
      nowMs: world.clock(),
    })
    for (const part of parts) await part.write(id, site, by)
    await world.relisten()
    world.connections.forget(id)
    world.watch(id)
    const done =
      known === null ? `Imported the site ${site.settings.name}` : `Changed ${known.name} by an import: ${changes.join('; ')}`
    world.note(id, by, done, { kind: 'site', result: 'done' })
    return id
  }

  const told = ({ site: _site, known, ...one }: Judged, index: number): ImportedSite => ({
    ...one,
    index,
    siteId: known?.id ?? null,
  })

  return {
    async write(siteIds) {
      const ids = siteIds ?? kept.all().map(({ id }) => id)
      return {
        frostline: 'site settings',
        version: EXPORT_VERSION,
        exportedAt: new Date(world.clock()).toISOString(),
        sites: await Promise.all(ids.map(exported)),
      }
    },
    preview: async (text) => judgeAll(text).map(told),
    async read(text, by) {
      const done: ImportedSite[] = []
      for (const [index, judged] of judgeAll(text).entries()) {
        const siteId = await apply(judged, by)
        done.push({ ...told(judged, index), siteId })
      }
      world.changes.tell('sites', 'pages', 'plans', 'budget', 'builds', 'hooks', 'views')
      return done
    },
  }
}

function refusal(name: string, problems: readonly Problem[]): Judged {
  return { site: null, known: null, name, verdict: 'refused', changes: [], problems: [...problems], needs: [] }
}

/** Secrets that the vault has not, or may not keep for the changed site. */
function needsOf({ settings }: ExportedSite, before: SiteSettings | null): string[] {
  const places = secretPlaces({ ...withoutSecrets(settings, before), pageRules: before?.pageRules ?? NO_RULES })
  const goes = new Set(SITE_SECRETS.filter((secret) => secretChange(secret, settings, before) === null))
  return places.filter(({ secret, needed }) => needed && goes.has(secret)).map(({ what }) => what)
}

const NO_RULES = SiteSettings.shape.pageRules.parse(undefined)
