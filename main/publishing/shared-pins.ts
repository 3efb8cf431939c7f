import { AppError } from '#shared/errors.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Log } from '#main/platform/log.ts'
import type { ReleaseStore, SharedPin } from '#main/providers/release-store.ts'

/** A site's pin as it is known here. */
export interface LocalPin {
  readonly pin: SharedPin['pin']
  /** Unix milliseconds: when it was changed here and not told to others yet; null: they know it. */
  readonly untoldSinceMs: number | null
  /** Visitors are being given another release at this moment, which decides the pin. */
  readonly switching: boolean
}

export interface SharedPinsWorld {
  readonly clock: Clock
  readonly log: Log
  readonly stopped: AbortSignal
  /** Null for a site that is not published to a bucket from here. */
  releasesOf(siteId: string): Promise<ReleaseStore | null>
  siteIds(): readonly string[]
  /** Sites whose pin was changed here and not told to others yet. */
  untold(): readonly string[]
  read(siteId: string): LocalPin
  /** Takes over what another desktop decided, unless something was decided here meanwhile. Returns whether it was. */
  adopt(siteId: string, pin: SharedPin['pin']): boolean
  /** Others know what was decided here until then. */
  told(siteId: string, untilMs: number): void
  /** The pin is another one now, by somebody at another desktop. */
  adopted(siteId: string, shared: SharedPin): void
}

/** Keeps the pin of a site in its bucket, so that every desktop that publishes there heeds it. */
export interface SharedPins {
  /** Tells what was decided here and takes over what was decided elsewhere. Throws `AppError` when the bucket cannot be asked. */
  sync(siteId: string): Promise<void>
  /** Soon asks the buckets of all sites. */
  look(): void
  /** Ends with the program. */
  run(): Promise<void>
}

const LOOK_MS = 1_000
const ASK_EVERY_MS = 300_000
const AFTER_FAILURE_MS = 30_000

export function createSharedPins(world: SharedPinsWorld): SharedPins {
  const { clock, stopped } = world
  const turns = new Map<string, Promise<void>>()
  /** When a site's bucket is asked the next time, by our clock. */
  const dueAtMs = new Map<string, number>()

  async function syncNow(siteId: string): Promise<void> {
    const releases = await world.releasesOf(siteId)
    const before = world.read(siteId)
    if (releases === null) return world.told(siteId, before.untoldSinceMs ?? 0)
    const shared = await releases.readPin(stopped)
    // What was decided here while the bucket was asked counts.
    const local = world.read(siteId)
    const untold = local.untoldSinceMs ?? (shared === null && local.pin !== null ? local.pin.sinceMs : null)
    if (untold !== null && (shared === null || untold >= shared.changedAtMs)) {
      await releases.writePin({ pin: local.pin, changedAtMs: untold, why: whyOf(local.pin) }, stopped)
      return world.told(siteId, untold)
    }
    if (shared === null || local.switching) return
    if (untold !== null) world.told(siteId, untold)
    if (samePin(shared.pin, local.pin)) return
    if (world.adopt(siteId, shared.pin)) world.adopted(siteId, shared)
  }

  /** One after the other for a site: what is written must be what was read last. */
  function sync(siteId: string): Promise<void> {
    const turn = (turns.get(siteId) ?? Promise.resolve()).catch(() => undefined).then(() => syncNow(siteId))
    turns.set(siteId, turn)
    turn.catch(() => undefined)
    return turn
  }

  async function syncDue(siteId: string): Promise<void> {
    dueAtMs.set(siteId, clock() + ASK_EVERY_MS)
    await sync(siteId).catch((error: unknown) => {
      if (stopped.aborted) return
      dueAtMs.set(siteId, clock() + AFTER_FAILURE_MS)
      if (!(error instanceof AppError)) world.log.error({ err: error, siteId }, 'the pin in the bucket')
    })
  }

  return {
    sync,
    look: () => dueAtMs.clear(),
    async run() {
      const failedAtMs = new Map<string, number>()
      while (!stopped.aborted) {
        const nowMs = clock()
        const due = world.siteIds().filter((siteId) => (dueAtMs.get(siteId) ?? 0) <= nowMs)
        const untold = world.untold().filter((siteId) => (failedAtMs.get(siteId) ?? 0) <= nowMs - AFTER_FAILURE_MS)
        for (const siteId of new Set([...untold, ...due])) {
          await syncDue(siteId)
          if (world.read(siteId).untoldSinceMs !== null) failedAtMs.set(siteId, clock())
        }
        await delay(LOOK_MS, stopped)
      }
    },
  }
}

function whyOf(pin: SharedPin['pin']): string {
  return pin === null
    ? 'Somebody unpinned it: visitors get whatever is published.'
    : `Visitors were given “${pin.title}” in place of a newer release.`
}

const samePin = (one: SharedPin['pin'], other: SharedPin['pin']): boolean =>
  one?.releaseId === other?.releaseId && one?.sinceMs === other?.sinceMs
