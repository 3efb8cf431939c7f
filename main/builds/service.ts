import { AppError } from '#shared/errors.ts'
import type { Build } from '#shared/builds.ts'
import type { Changes } from '#main/platform/changes.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Log } from '#main/platform/log.ts'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'
import type { Edge } from '#main/providers/edge.ts'
import { followBuild, hasEnded } from './follow.ts'
import { findLive } from './live-release.ts'
import { readPin, switchUnderWay } from './pins.ts'
import { liveReleaseId, syncReleases, type ImportRelease } from './releases.ts'
import { readBuild, readBuilds, saveBuild, toBuild } from './store.ts'

export interface BuildsContext {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  builderOf(siteId: string): Promise<Builder | null>
  readonly importRelease: ImportRelease
  /** The edge says which release visitors get, where it can be read. */
  edgeOf?(siteId: string): Promise<Edge>
  /** Told after every look at the build service. */
  synced?(siteId: string): void
}

export interface Builds {
  list(siteId: string): Promise<Build[]>
  /** Triggers a build and follows it in the background. `ended` resolves when it has ended and its release is known here. */
  trigger(siteId: string, title: string): Promise<{ build: Build; ended: Promise<RemoteBuild> }>
  /** Goes on with a build that was triggered before a restart. */
  resume(siteId: string, buildId: string): Promise<RemoteBuild>
  /** Follows a build that the service knows already. Returns its id here. */
  adopt(siteId: string, remote: RemoteBuild): Promise<string>
  cancel(buildId: string): Promise<void>
  log(buildId: string, signal: AbortSignal): AsyncIterable<string>
  /** Looks for builds and releases that others made. Returns whether the live release changed. */
  sync(siteId: string, signal: AbortSignal): Promise<boolean>
  /** The release at which the build service itself holds the site, as of the last look; null when it publishes what it builds. */
  heldAt(siteId: string): string | null
}

interface Synced {
  readonly changed: boolean
  /** False: the edge is changing to another release. */
  readonly settled: boolean
}

const SHOWN = 30
/** An edge that changes to a new release is looked at so often, for so long. */
const SETTLE_POLL_MS = 2_000
const SETTLE_AT_MOST_MS = 1_800_000

export function createBuilds(context: BuildsContext): Builds {
  const { db, changes, clock, stopped } = context
  const followed = new Map<string, Promise<RemoteBuild>>()
  const syncing = new Map<string, Promise<Synced>>()
  const held = new Map<string, string | null>()

  async function needBuilder(siteId: string): Promise<Builder> {
    const builder = await context.builderOf(siteId)
    if (builder) return builder
    throw new AppError('NOT_FOUND', 'This site has no build hook, so nothing can be built from here.', {
      field: 'siteId',
      fix: 'Add the address of a build hook to the site.',
    })
  }

  /** One follower a build, however many wait for it. */
  function follow(builder: Builder, siteId: string, remote: RemoteBuild): Promise<RemoteBuild> {
    const key = `${siteId} ${remote.remoteId}`
    const running = followed.get(key)
    if (running) return running
    const following = followBuild(
      { db, clock, changed: () => changes.tell('builds', 'buildQueue') },
      builder,
      siteId,
      remote,
      stopped,
    )
      .then(async (ended) => {
        if (ended.release) await settle(siteId)
        changes.tell('builds', 'buildQueue', 'pages', 'sites')
        return ended
      })
      .finally(() => followed.delete(key))
    followed.set(key, following)
    following.catch((error: unknown) => context.log.warn({ err: error, siteId }, 'a build could not be followed'))
    return following
  }

  /** One sync a site at a time; a call during one waits for it and then looks again. */
  async function sync(siteId: string, signal: AbortSignal): Promise<Synced> {
    await syncing.get(siteId)?.catch(() => undefined)
    const run = syncOnce(siteId, signal).finally(() => syncing.delete(siteId))
    syncing.set(siteId, run)
    return run
  }

  /** A published release is live when every location of the edge has it: a purge before that would be for nothing. */
  async function settle(siteId: string): Promise<void> {
    const untilMs = clock() + SETTLE_AT_MOST_MS
    while (!(await sync(siteId, stopped)).settled && clock() < untilMs) await delay(SETTLE_POLL_MS, stopped)
  }

  async function syncOnce(siteId: string, signal: AbortSignal): Promise<Synced> {
    const builder = await context.builderOf(siteId)
    const list = await builder?.list(SHOWN, signal)
    if (!builder || !list) return { changed: false, settled: true }
    held.set(siteId, list.heldReleaseId ?? null)
    for (const remote of list.builds) {
      saveBuild(db, siteId, remote)
      if (!hasEnded(remote) && !followed.has(`${siteId} ${remote.remoteId}`)) void follow(builder, siteId, remote).catch(() => {})
    }
    const known = await liveReleaseId(db.query, siteId)
    const pinned = readPin(db, siteId) !== null
    const edge = (await context.edgeOf?.(siteId)) ?? null
    const live = await findLive(edge, list, known, pinned, signal)
    // A switch brings its release in by itself, when it has arrived.
    const changed =
      switchUnderWay(db, siteId) === null &&
      (await syncReleases(db, context.importRelease, builder, siteId, list, live.build, pinned, signal))
    changes.tell('builds', 'buildQueue', 'published', 'deploys', ...(changed ? (['pages', 'sites', 'tags'] as const) : []))
    context.synced?.(siteId)
    return { changed, settled: live.settled }
  }

  async function need(buildId: string) {
    const stored = await readBuild(db.query, buildId)
    if (!stored)
      throw new AppError('NOT_FOUND', 'This build is not known here.', {
        field: 'buildId',
        fix: 'Load the list of builds again.',
      })
    return stored
  }

  return {
    sync: async (siteId, signal) => (await sync(siteId, signal)).changed,
    heldAt: (siteId) => held.get(siteId) ?? null,
    async list(siteId) {
      const live = await liveReleaseId(db.query, siteId)
      return (await readBuilds(db.query, siteId, SHOWN)).map((stored) => toBuild(stored, live))
    },
    async trigger(siteId, title) {
      const builder = await needBuilder(siteId)
      const remote = await builder.trigger(title || 'Rebuild from Frostline', stopped, {
        publish: readPin(db, siteId) === null,
      })
      const id = saveBuild(db, siteId, remote)
      changes.tell('builds')
      const ended = remote.statusUrl === null ? Promise.resolve(remote) : follow(builder, siteId, remote)
      return { build: toBuild({ id, siteId, remote, causes: [], lost: false }, null), ended }
    },
    async adopt(siteId, remote) {
      const id = saveBuild(db, siteId, remote)
      if (!hasEnded(remote)) void follow(await needBuilder(siteId), siteId, remote).catch(() => {})
      changes.tell('builds', 'buildQueue')
      return id
    },
    async resume(siteId, buildId) {
      const stored = await need(buildId)
      return follow(await needBuilder(siteId), siteId, stored.remote)
    },
    async cancel(buildId) {
      const { siteId, remote } = await need(buildId)
      if (remote.cancelUrl === null) {
        throw new AppError('PROVIDER_REFUSED', 'This build service names no way to cancel a build.', {
          fix: 'Cancel it in the service itself.',
        })
      }
      await (await needBuilder(siteId)).cancel(remote.cancelUrl)
    },
    async *log(buildId, signal) {
      const { siteId, remote } = await need(buildId)
      if (remote.logUrl === null)
        throw new AppError('NOT_FOUND', 'This build service shows no log.', { fix: 'Look at it in the service itself.' })
      yield* (await needBuilder(siteId)).log(remote.logUrl, signal)
    },
  }
}
