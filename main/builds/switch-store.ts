import { AppError } from '#shared/errors.ts'
import type { Switch } from '#shared/deploys.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Database } from '#main/platform/database.ts'
import { parsePin, writePin, type StoredPin } from './pins.ts'

/** A switch as it is on disk: what was decided, and how far it has come. */
export interface StoredSwitch {
  readonly id: string
  readonly siteId: string
  readonly state: Switch['state']
  readonly from: string | null
  readonly to: string
  readonly fromPath: string
  readonly toPath: string
  /** The pin from the intent on; null when the site goes on with whatever is published. */
  readonly pin: StoredPin | null
  readonly pinBefore: StoredPin | null
  readonly purges: boolean
  readonly by: string
  readonly startedAtMs: number
  readonly switchedAtMs: number | null
  readonly deployedAtMs: number | null
  readonly endedAtMs: number | null
  readonly planId: string | null
  readonly message: string
}

type Progress = Partial<Pick<StoredSwitch, 'state' | 'switchedAtMs' | 'deployedAtMs' | 'endedAtMs' | 'planId' | 'message'>>

export interface SwitchStore {
  /** Writes the intent together with the site's pin, so that from here on nothing else decides what is live. */
  intend(entered: StoredSwitch): void
  /** @param pin the site's pin from now on; left out: as it is. */
  change(id: string, progress: Progress, pin?: StoredPin | null): StoredSwitch
  /** Throws `NOT_FOUND`. */
  read(id: string): StoredSwitch
  find(id: string): StoredSwitch | null
  last(siteId: string): StoredSwitch | null
  unfinished(): StoredSwitch[]
  /** How long the last switches took until every location had them, the newest first. Milliseconds. */
  measured(siteId: string): number[]
}

interface Row {
  id: string
  site_id: string
  state: Switch['state']
  from_release: string | null
  to_release: string
  from_path: string
  to_path: string
  pin_json: string | null
  pin_before_json: string | null
  purges: number
  by: string
  started_at: number
  switched_at: number | null
  deployed_at: number | null
  ended_at: number | null
  plan_id: string | null
  message: string
}

const MEASURED = 5

export function createSwitchStore(db: Database, changes: Changes): SwitchStore {
  const { raw } = db
  const one = raw.prepare<[string], Row>('SELECT * FROM switches WHERE id = ?')
  const json = (pin: StoredPin | null) => (pin === null ? null : JSON.stringify(pin))
  const read = (id: string): StoredSwitch => {
    const row = one.get(id)
    if (row) return toStored(row)
    throw new AppError('NOT_FOUND', 'This switch is not known here.', { field: 'switchId', fix: 'Open the list of deploys.' })
  }
  return {
    read,
    find(id) {
      const row = one.get(id)
      return row ? toStored(row) : null
    },
    intend(entered) {
      db.transact(() => {
        raw
          .prepare(`INSERT INTO switches (id, site_id, state, from_release, to_release, from_path, to_path, pin_json,
            pin_before_json, purges, by, started_at, message) VALUES (?, ?, 'intent', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
          .run(
            entered.id,
            entered.siteId,
            entered.from,
            entered.to,
            entered.fromPath,
            entered.toPath,
            json(entered.pin),
            json(entered.pinBefore),
            entered.purges ? 1 : 0,
            entered.by,
            entered.startedAtMs,
            entered.message,
          )
        writePin(db, entered.siteId, entered.pin)
        // Whatever waited to be begun, this is begun in its place.
        raw.prepare('DELETE FROM later_switches WHERE site_id = ?').run(entered.siteId)
      })
      changes.tell('deploys', 'sites')
    },
    change(id, progress, pin) {
      const before = read(id)
      const after = { ...before, ...progress }
      db.transact(() => {
        raw
          .prepare(`UPDATE switches SET state = ?, switched_at = ?, deployed_at = ?, ended_at = ?, plan_id = ?, message = ?
            WHERE id = ?`)
          .run(after.state, after.switchedAtMs, after.deployedAtMs, after.endedAtMs, after.planId, after.message, id)
        if (pin !== undefined) writePin(db, before.siteId, pin)
      })
      changes.tell('deploys', ...(pin === undefined ? [] : (['sites'] as const)))
      return after
    },
    last(siteId) {
      const row = raw
        .prepare<[string], Row>('SELECT * FROM switches WHERE site_id = ? ORDER BY started_at DESC, rowid DESC LIMIT 1')
        .get(siteId)
      return row ? toStored(row) : null
    },
    unfinished: () =>
      raw
        .prepare<[], Row>(`SELECT * FROM switches WHERE state IN ('intent', 'switched', 'deployed') ORDER BY started_at`)
        .all()
        .map(toStored),
    measured: (siteId) =>
      raw
        .prepare<[string], { took: number }>(`SELECT deployed_at - switched_at AS took FROM switches
          WHERE site_id = ? AND deployed_at IS NOT NULL ORDER BY started_at DESC LIMIT ${MEASURED}`)
        .all(siteId)
        .map(({ took }) => took),
  }
}

function toStored(row: Row): StoredSwitch {
  return {
    id: row.id,
    siteId: row.site_id,
    state: row.state,
    from: row.from_release,
    to: row.to_release,
    fromPath: row.from_path,
    toPath: row.to_path,
    pin: parsePin(row.pin_json),
    pinBefore: parsePin(row.pin_before_json),
    purges: row.purges === 1,
    by: row.by,
    startedAtMs: row.started_at,
    switchedAtMs: row.switched_at,
    deployedAtMs: row.deployed_at,
    endedAtMs: row.ended_at,
    planId: row.plan_id,
    message: row.message,
  }
}
