import { AppError } from '#shared/errors.ts'
import type { BuildCause } from '#shared/build-queue.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'
import { mergeCauses } from './coalesce.ts'
import type { Begun, QueueStore } from './queue-store.ts'

/** What starting a build needs of the build service and the records. */
export interface StartWorld {
  readonly store: QueueStore
  readonly clock: Clock
  readonly stopped: AbortSignal
  readonly transact: <T>(work: () => T) => T
  builderOf(siteId: string): Promise<Builder | null>
  /** Triggers a build and follows it. Returns its id here. */
  trigger(siteId: string, title: string): Promise<string>
  /** Follows a build that is known to the service already. Returns its id here. */
  adopt(siteId: string, remote: RemoteBuild): Promise<string>
  begun(begun: Begun, buildId: string): void
}

const LISTED = 30
/** The clock of a service may be behind ours by this. */
const SKEW_MS = 300_000
const FIRST_RETRY_MS = 15_000
const LONGEST_RETRY_MS = 900_000

/**
 * Asks the service for a build that was begun on disk before. One whose answer never arrived, because of a crash or a broken
 * line, is looked for at the service first: it is triggered again only when it is not there, or when the service has no list.
 */
export async function startBuild(world: StartWorld, begun: Begun, fresh: boolean): Promise<void> {
  const { store, clock, stopped, transact } = world
  try {
    const found = fresh ? null : await findBuild(world, begun)
    const buildId = found ? await world.adopt(begun.siteId, found) : await world.trigger(begun.siteId, begun.title)
    transact(() => {
      store.saveCauses(buildId, begun.causes)
      store.dropBegun(begun.siteId)
    })
    world.begun(begun, buildId)
  } catch (error) {
    if (stopped.aborted) throw error
    if (error instanceof AppError && error.details.retryable !== true) {
      transact(() => {
        store.dropBegun(begun.siteId)
        putBack(store, begun, error)
      })
      return
    }
    const attempts = begun.attempts + 1
    // A service that says how long it wants to be left alone is left alone that long.
    const askedMs = error instanceof AppError ? (error.details.waitMs ?? 0) : 0
    const waitMs = Math.max(askedMs, FIRST_RETRY_MS * 2 ** (attempts - 1))
    const retryAtMs = clock() + Math.min(waitMs, LONGEST_RETRY_MS)
    const problem = error instanceof AppError ? error.message : 'Something unexpected went wrong; the log says more.'
    store.saveBegun({ ...begun, attempts, retryAtMs, problem })
    if (!(error instanceof AppError)) throw error
  }
}

/** A service that refused has built nothing. What was wanted waits again, until somebody has looked at it. */
function putBack(store: QueueStore, { siteId, causes, begunAtMs }: Begun, { message, details }: AppError): void {
  const newer = store.waiting(siteId)
  const merged: readonly BuildCause[] = mergeCauses(causes, newer?.causes ?? [])
  store.saveWaiting({
    siteId,
    causes: merged,
    firstAtMs: begunAtMs,
    lastAtMs: newer?.lastAtMs ?? begunAtMs,
    startsAtMs: null,
    urgent: newer?.urgent ?? false,
    forced: false,
    problem: message,
    fix: details.fix ?? null,
  })
}

/** The build that came of a trigger whose answer is not known; null when there is none, or nobody to be asked. */
async function findBuild({ builderOf, store, stopped }: StartWorld, begun: Begun): Promise<RemoteBuild | null> {
  const list = await (await builderOf(begun.siteId))?.list(LISTED, stopped)
  const match = list?.builds.find(
    ({ title, queuedAtMs, remoteId }) =>
      title === begun.title && queuedAtMs >= begun.begunAtMs - SKEW_MS && !store.isOlder(begun.siteId, remoteId, begun.afterRow),
  )
  return match ?? null
}
