import * as z from 'zod'
import type { Database } from '#main/platform/database.ts'

const StoredPin = z.object({ releaseId: z.string(), title: z.string(), sinceMs: z.number(), by: z.string() })
/** The release that a site is held at. */
export type StoredPin = z.infer<typeof StoredPin>

export function parsePin(json: string | null | undefined): StoredPin | null {
  return json === null || json === undefined ? null : StoredPin.parse(JSON.parse(json))
}

export function readPin(db: Database, siteId: string): StoredPin | null {
  const row = db.raw.prepare<[string], { pin_json: string | null }>('SELECT pin_json FROM sites WHERE id = ?').get(siteId)
  return parsePin(row?.pin_json)
}

/** Null takes the pin off. What changes is to be told to the other desktops that publish the site. */
export function writePin(db: Database, siteId: string, pin: StoredPin | null): void {
  db.raw
    .prepare(
      `UPDATE sites SET pin_json = @json, pin_untold_since = CASE WHEN pin_json IS @json THEN pin_untold_since
       ELSE CAST(unixepoch('subsec') * 1000 AS INTEGER) END WHERE id = @siteId`,
    )
    .run({ json: pin === null ? null : JSON.stringify(pin), siteId })
}

/** Takes over a pin that was decided at another desktop, unless one was decided here meanwhile. Returns whether it did. */
export function adoptPin(db: Database, siteId: string, pin: StoredPin | null): boolean {
  const json = pin === null ? null : JSON.stringify(pin)
  const adopt = db.raw.prepare('UPDATE sites SET pin_json = ? WHERE id = ? AND pin_untold_since IS NULL')
  return adopt.run(json, siteId).changes > 0
}

/** Other desktops know the pin as it was until an instant (Unix milliseconds). */
export function pinTold(db: Database, siteId: string, untilMs: number): void {
  db.raw.prepare('UPDATE sites SET pin_untold_since = NULL WHERE id = ? AND pin_untold_since <= ?').run(siteId, untilMs)
}

/** Since when a pin of this site is not told to others; null when they know it. */
export function pinUntoldSince(db: Database, siteId: string): number | null {
  const row = db.raw
    .prepare<[string], { since: number | null }>('SELECT pin_untold_since AS since FROM sites WHERE id = ?')
    .get(siteId)
  return row?.since ?? null
}

/** A switch whose end is not known yet. While there is one, nothing else decides what is live. */
export function switchUnderWay(db: Database, siteId: string): { readonly toRelease: string; readonly deployed: boolean } | null {
  const row = db.raw
    .prepare<[string], { to_release: string; state: string }>(
      `SELECT to_release, state FROM switches WHERE site_id = ? AND state IN ('intent', 'switched', 'deployed')`,
    )
    .get(siteId)
  return row ? { toRelease: row.to_release, deployed: row.state === 'deployed' } : null
}

/** The release that visitors are to be given as soon as what is under way has ended; null when nobody asked for that. */
export function switchWaiting(db: Database, siteId: string): string | null {
  const row = db.raw
    .prepare<[string], { release_id: string }>('SELECT release_id FROM later_switches WHERE site_id = ? AND problem IS NULL')
    .get(siteId)
  return row?.release_id ?? null
}

/**
 * Why a plan may not be started now; null when it may. A purge while the edge is being switched would fill it from the old
 * release again, and a build of a pinned site does not reach visitors.
 */
export function heldBecause(db: Database, siteId: string, builds: boolean): string | null {
  const under = switchUnderWay(db, siteId)
  if (under && !under.deployed) {
    return `The edge is being switched to ${under.toRelease}. A purge before every location has it would store the pages of the old release again. Start it when the switch is deployed.`
  }
  const waiting = switchWaiting(db, siteId)
  if (waiting !== null && under === null)
    return `Visitors get ${waiting} as soon as what is under way has ended, and another purge would delay that. Start it afterwards, or cancel the change of release.`
  const pin = readPin(db, siteId)
  if (!builds || (pin === null && under === null)) return null
  const name = pin?.releaseId ?? under?.toRelease ?? ''
  return `The site is pinned to ${name}, so a build would stay unpublished and the pages old. Unpin it first, or switch “Build first” off.`
}
