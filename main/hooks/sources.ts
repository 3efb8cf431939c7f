import { AppError } from '#shared/errors.ts'
import { SourceKind, SourceSettings, type HookSource } from '#shared/hook-sources.ts'
import type { ExportedSource } from '#shared/settings-file.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { digestText, randomText } from '#main/platform/hmac.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import { tokenName } from './asking/asker.ts'
import type { Readings } from './asking/readings.ts'
import type { SourceKey } from './receive.ts'
import { secretProblem } from './verify.ts'

export interface NewSource {
  readonly siteId: string
  readonly kind: SourceKind
  readonly name: string
  readonly settings: SourceSettings
  readonly secret: string | null
}

/** What its maker is told once: the random part of its address, and the secret. */
export interface Revealed {
  readonly sourceId: string
  readonly key: string
  readonly secret: string
}

/** Who may deliver. Addresses are kept as digests, secrets in the vault: neither is ever told again. */
export interface Sources {
  add(source: NewSource, by: string): Promise<Revealed>
  rotate(sourceId: string, secret: string | null): Promise<Revealed>
  enable(sourceId: string, enabled: boolean): void
  remove(sourceId: string): Promise<void>
  /** Takes the secrets of a site's sources out of the vault, before the site is removed. */
  forget(siteId: string): Promise<void>
  list(siteId: string): HookSource[]
  /**
   * Takes a source from a file of settings. One that is not here is switched off and without a secret, at an address that
   * nobody knows, until both are made anew. The token to ask it with goes where it was to be sent elsewhere.
   */
  bring(siteId: string, source: ExportedSource, by: string): Promise<void>
  find(sourceId: string): SourceRow | null
  /** All of them, with their secrets, for the receiver. */
  keys(): Promise<SourceKey[]>
  /** Throws `NOT_FOUND`. */
  need(sourceId: string): SourceRow
}

export interface SourceRow {
  readonly id: string
  readonly siteId: string
  readonly kind: SourceKind
  readonly name: string
}

interface Row {
  id: string
  site_id: string
  kind: string
  name: string
  path_hash: string
  settings_json: string
  enabled: number
  created_at: number
  created_by: string
}

const KEY_BYTES = 32
/** 64 letters, which is what Contentful asks for and enough for everybody. */
const SECRET_BYTES = 48
const DAY_MS = 86_400_000
const secretName = (sourceId: string) => `hook:${sourceId}:secret`

export function createSources(
  db: Database,
  secrets: Secrets,
  clock: Clock,
  readings: Pick<Readings, 'state' | 'bring'>,
): Sources {
  const { raw } = db
  const byId = raw.prepare<[string], Row>('SELECT * FROM hook_sources WHERE id = ?')
  const bySite = raw.prepare<[string], Row>('SELECT * FROM hook_sources WHERE site_id = ? ORDER BY created_at, id')
  const all = raw.prepare<[], Row>('SELECT * FROM hook_sources WHERE site_id IN (SELECT id FROM sites WHERE removed_at IS NULL)')
  const counts = raw.prepare<[string, number], { taken: number; refused: number }>(
    `SELECT count(*) FILTER (WHERE state <> 'refused') AS taken, count(*) FILTER (WHERE state = 'refused') AS refused
     FROM hook_events WHERE source_id = ? AND received_at > ? AND replay_of IS NULL AND changed_at IS NULL`,
  )
  const lastTaken = raw.prepare<[string], { at: number }>(
    `SELECT received_at AS at FROM hook_events WHERE source_id = ? AND state <> 'refused' AND replay_of IS NULL
     AND changed_at IS NULL ORDER BY id DESC LIMIT 1`,
  )
  const lastRefused = raw.prepare<[string], { at: number; reason: string }>(
    `SELECT received_at AS at, reason FROM hook_events WHERE source_id = ? AND state = 'refused' ORDER BY id DESC LIMIT 1`,
  )

  function find(sourceId: string): SourceRow | null {
    const row = byId.get(sourceId)
    return row ? { id: row.id, siteId: row.site_id, kind: SourceKind.parse(row.kind), name: row.name } : null
  }

  function need(sourceId: string): SourceRow {
    const found = find(sourceId)
    if (found === null)
      throw new AppError('NOT_FOUND', 'This source is not here any more.', { field: 'sourceId', fix: 'Load the list again.' })
    return found
  }

  /** As of the last reading of the vault. */
  const withoutSecret = new Set<string>()

  async function newSecret(kind: SourceKind, sourceId: string, given: string | null): Promise<string> {
    const secret = given ?? randomText(SECRET_BYTES)
    const problem = secretProblem(kind, secret)
    if (problem !== null) throw new AppError('BAD_INPUT', problem, { field: 'secret' })
    await secrets.set(secretName(sourceId), secret)
    return secret
  }

  function toSource(row: Row): HookSource {
    const refusal = lastRefused.get(row.id)
    return {
      id: row.id,
      kind: SourceKind.parse(row.kind),
      name: row.name,
      enabled: row.enabled === 1,
      secretMissing: withoutSecret.has(row.id),
      settings: SourceSettings.parse(JSON.parse(row.settings_json)),
      createdAtMs: row.created_at,
      createdBy: row.created_by,
      lastTakenAtMs: lastTaken.get(row.id)?.at ?? null,
      lastRefusal: refusal ? { atMs: refusal.at, reason: refusal.reason } : null,
      ...(counts.get(row.id, clock() - DAY_MS) ?? { taken: 0, refused: 0 }),
      reading: readings.state(row.id),
    }
  }

  const insert = raw.prepare(
    `INSERT INTO hook_sources (id, site_id, kind, name, path_hash, settings_json, enabled, created_at, created_by)
     VALUES (@id, @siteId, @kind, @name, @pathHash, @settings, @enabled, @nowMs, @by)
     ON CONFLICT (id) DO UPDATE SET name = @name, settings_json = @settings`,
  )

  return {
    need,
    find,
    async bring(siteId, { id, kind, name, settings: entered, reading }, by) {
      const settings = JSON.stringify(entered)
      insert.run({
        id,
        siteId,
        kind,
        name,
        settings,
        pathHash: digestText(randomText(KEY_BYTES)),
        enabled: 0,
        nowMs: clock(),
        by,
      })
      if (reading !== null && readings.bring(id, reading, clock())) await secrets.remove(tokenName(id))
    },
    async add({ siteId, kind, name, settings, secret: given }, by) {
      const [id, key] = [crypto.randomUUID(), randomText(KEY_BYTES)]
      const secret = await newSecret(kind, id, given)
      const told = { kind, name, settings: JSON.stringify(settings), pathHash: digestText(key) }
      insert.run({ ...told, id, siteId, enabled: 1, nowMs: clock(), by })
      return { sourceId: id, key, secret }
    },
    async rotate(sourceId, given) {
      const { kind } = need(sourceId)
      const key = randomText(KEY_BYTES)
      const secret = await newSecret(kind, sourceId, given)
      raw.prepare('UPDATE hook_sources SET path_hash = ? WHERE id = ?').run(digestText(key), sourceId)
      return { sourceId, key, secret }
    },
    enable(sourceId, enabled) {
      need(sourceId)
      raw.prepare('UPDATE hook_sources SET enabled = ? WHERE id = ?').run(enabled ? 1 : 0, sourceId)
    },
    async remove(sourceId) {
      need(sourceId)
      raw.prepare('DELETE FROM hook_sources WHERE id = ?').run(sourceId)
      await secrets.remove(secretName(sourceId))
      await secrets.remove(tokenName(sourceId))
    },
    async forget(siteId) {
      for (const { id } of bySite.all(siteId)) {
        await secrets.remove(secretName(id))
        await secrets.remove(tokenName(id))
      }
    },
    list: (siteId) => bySite.all(siteId).map(toSource),
    async keys() {
      const keys: SourceKey[] = []
      for (const row of all.all()) {
        const secret = await secrets.get(secretName(row.id))
        withoutSecret.delete(row.id)
        if (secret === null) {
          withoutSecret.add(row.id)
          continue
        }
        const { kind, settings, enabled } = toSource(row)
        keys.push({ id: row.id, kind, settings, enabled, secret, pathHash: row.path_hash })
      }
      return keys
    },
  }
}
