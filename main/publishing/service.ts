import { AppError } from '#shared/errors.ts'
import type { Job } from '#shared/activity.ts'
import type { DeployRun } from '#shared/publishing.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'
import type { Edge, OriginSwitch } from '#main/providers/edge.ts'
import type { LocalRelease, Publisher, PublishProgress } from '#main/providers/publisher.ts'
import type { ReleaseStore } from '#main/providers/release-store.ts'
import { buildOf, createBucketBuilds } from './bucket-builds.ts'
import { forgetRemoved } from './forget-removed.ts'
import { pruneReleases } from './prune.ts'
import { createPublisher } from './publisher.ts'
import { runDeploy, type RunWorld, type SwitchSeen } from './run-deploy.ts'
import { createRunStore, type StoredRun } from './run-store.ts'

/** What publishing needs of the other features; the composition root supplies it. */
export interface PublishingWorld {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  readonly stopped: AbortSignal
  /** Null for a site that is not published to a bucket from here. */
  releasesOf(siteId: string): Promise<ReleaseStore | null>
  edgeOf(siteId: string): Promise<Edge>
  builderOf(siteId: string): Promise<Builder | null>
  keepOf(siteId: string): Promise<number>
  hostsOf(siteId: string): Promise<readonly string[]>
  /** Remembers where a release came from, and where it lies. */
  saveBuild(siteId: string, build: RemoteBuild): void
  readonly pinnedTo: (siteId: string) => string | null
  /** Reads where other desktops have pinned the site. */
  heedOthers(siteId: string): Promise<void>
  readonly switches: {
    publish(siteId: string, releaseId: string, switchId: string, by: string): Promise<SwitchSeen | null>
    start(siteId: string, releaseId: string, purges: boolean, by: string): Promise<{ readonly id: string }>
    find(switchId: string): SwitchSeen | null
    underWay(siteId: string): { readonly toRelease: string } | null
  }
  readFolder(input: { id: string; path: string; title: string; startedAtMs: number }): Promise<LocalRelease>
  startJob(
    what: { siteId: string; kind: 'deploy'; title: string },
    work: (update: (change: JobChange) => void, signal: AbortSignal) => Promise<string>,
  ): { job: Job; ended: Promise<Job> }
  note(siteId: string, by: string, text: string): void
}

type JobChange = {
  readonly note: string
  readonly done?: number
  readonly total?: number | null
  readonly canCancel: boolean
}

export interface Publishing {
  /** Begins a deploy, or joins the one of this release that is under way. `ended` never rejects. */
  start(
    siteId: string,
    release: LocalRelease,
    by: string,
  ): Promise<{ readonly run: StoredRun; readonly ended: Promise<StoredRun> }>
  startFolder(siteId: string, path: string, title: string, by: string): Promise<DeployRun>
  list(siteId: string): Promise<{ possible: boolean; runs: DeployRun[] }>
  show(run: StoredRun): DeployRun
  /** Throws `CONFLICT` once the edge may have been told. */
  cancel(runId: string): DeployRun
  /** Goes on with what was under way when the core stopped. */
  resume(): void
  /** The site's builder, which tells what lies in the bucket as well; null for a site without either. */
  builderOf(siteId: string): Promise<Builder | null>
  /** Null for a site that is not published to a bucket from here. */
  publisherOf(siteId: string, by: string): Promise<Publisher | null>
}

interface Running {
  readonly cancel: AbortController
  readonly ended: Promise<StoredRun>
  progress: PublishProgress | null
}

export function createPublishing(world: PublishingWorld): Publishing {
  const { db, clock, stopped } = world
  const store = createRunStore(db, world.changes, clock)
  const running = new Map<string, Running>()

  async function needReleases(siteId: string): Promise<ReleaseStore> {
    const releases = await world.releasesOf(siteId)
    if (releases) return releases
    throw new AppError('NOT_FOUND', 'This site is not published to a bucket from here.', {
      field: 'siteId',
      fix: 'Add the site again with a bucket, and with “Publish to this bucket”.',
    })
  }

  async function originOf(siteId: string): Promise<OriginSwitch> {
    const { switchOrigin } = await world.edgeOf(siteId)
    if (switchOrigin) return switchOrigin
    throw new AppError('PROVIDER_REFUSED', 'The edge of this site cannot be pointed at a release.', {
      fix: 'Publish to a CloudFront distribution.',
      retryable: false,
    })
  }

  async function liveAt(siteId: string) {
    const { originPath } = await (await originOf(siteId)).read(stopped)
    const all = await (await needReleases(siteId)).list(stopped)
    return { originPath, releaseId: all.find(({ place }) => place === originPath)?.id ?? null }
  }

  const runWorld: RunWorld = {
    store,
    liveAt,
    releasesOf: needReleases,
    pinnedTo: world.pinnedTo,
    heedOthers: world.heedOthers,
    async learn({ siteId, releaseId }) {
      const release = (await (await needReleases(siteId)).list(stopped)).find(({ id }) => id === releaseId)
      if (release) world.saveBuild(siteId, buildOf(release))
      world.changes.tell('builds', 'deploys')
    },
    beginSwitch: (run) => world.switches.publish(run.siteId, run.releaseId, run.id, run.by),
    findSwitch: world.switches.find,
    async prune({ siteId }) {
      const releases = await needReleases(siteId)
      const [keep, live] = await Promise.all([world.keepOf(siteId), liveAt(siteId)])
      const inUse = [live.releaseId, world.pinnedTo(siteId), world.switches.underWay(siteId)?.toRelease ?? null]
      const uploading = store.unfinished(siteId).map(({ releaseId }) => releaseId)
      const removed = await pruneReleases(releases, { keep, inUse, uploading, nowMs: clock() }, stopped)
      if (removed.length > 0)
        forgetRemoved(
          db,
          siteId,
          (await releases.list(stopped)).map(({ id }) => id),
        )
      return removed.length
    },
  }

  function run(begun: StoredRun): Running {
    const known = running.get(begun.id)
    if (known) return known
    const cancel = new AbortController()
    const { ended } = world.startJob(
      { siteId: begun.siteId, kind: 'deploy', title: `Publish ${begun.title}` },
      async (update, signal) => {
        signal.addEventListener('abort', () => cancel.abort(), { once: true })
        const entry = running.get(begun.id)
        const progress = (step: PublishProgress | null) => {
          if (entry) entry.progress = step
          const { state, message } = store.read(begun.id)
          update({ ...(step ? progressOf(step) : { note: message }), canCancel: mayCancel(state) })
        }
        progress(null)
        const last = await runDeploy(runWorld, begun.id, { stopped, cancelled: cancel.signal, progress })
        world.note(begun.siteId, begun.by, `${last.title} (${last.releaseId}): ${last.message}`)
        if (last.state === 'failed') throw new AppError('CONFLICT', last.message, {})
        return last.message
      },
    )
    const entry: Running = {
      cancel,
      progress: null,
      ended: ended.then(() => {
        running.delete(begun.id)
        if (!stopped.aborted) world.changes.tell('publishing', 'deploys', 'builds', 'sites')
        return store.read(begun.id)
      }),
    }
    entry.ended.catch(() => undefined)
    running.set(begun.id, entry)
    return entry
  }

  const show = (stored: StoredRun, steps: DeployRun['steps'] = []): DeployRun => {
    const { siteId: _siteId, ...told } = stored
    const progress = running.get(stored.id)?.progress ?? null
    return { ...told, progress, canCancel: mayCancel(stored.state), steps: [...steps] }
  }

  async function start(siteId: string, release: LocalRelease, by: string) {
    await Promise.all([needReleases(siteId), originOf(siteId)])
    const under = store.unfinished(siteId)
    const same = under.find(({ releaseId }) => releaseId === release.id)
    const [other] = under
    if (!same && other) {
      throw new AppError('CONFLICT', `${other.title} is being published already.`, {
        fix: 'Wait until it has ended, or cancel it.',
        retryable: true,
      })
    }
    const begun = same ?? store.begin(siteId, release, by)
    if (!same) world.note(siteId, by, `Started to publish ${release.title} (${release.id})`)
    return { run: begun, ended: run(begun).ended }
  }

  return {
    start,
    show: (stored) => show(stored),
    async startFolder(siteId, path, title, by) {
      await needReleases(siteId)
      const startedAtMs = clock()
      const id = releaseIdAt(startedAtMs)
      const release = await world.readFolder({ id, path, startedAtMs, title: title || `Folder of ${clockTime(startedAtMs)}` })
      return show((await start(siteId, release, by)).run)
    },
    async list(siteId) {
      const possible = (await world.releasesOf(siteId).catch(() => null)) !== null
      return { possible, runs: store.list(siteId).map(({ run: stored, steps }) => show(stored, steps)) }
    },
    cancel(runId) {
      const stored = store.read(runId)
      const entry = running.get(runId)
      if (!mayCancel(stored.state) || !entry) {
        throw new AppError('CONFLICT', 'The edge has been told already.', { fix: 'Wait until it is deployed, then go back.' })
      }
      entry.cancel.abort()
      return show(stored)
    },
    resume() {
      for (const unfinished of store.unfinished()) run(unfinished)
    },
    async builderOf(siteId) {
      const [builder, releases] = await Promise.all([world.builderOf(siteId), world.releasesOf(siteId)])
      if (releases === null) return builder
      const lies = (ids: readonly string[]) => forgetRemoved(db, siteId, ids)
      return createBucketBuilds({ releases, builder, hosts: () => world.hostsOf(siteId), lies })
    },
    async publisherOf(siteId, by) {
      const releases = await world.releasesOf(siteId)
      if (releases === null) return null
      return createPublisher({
        releases,
        stopped,
        start: (release) => start(siteId, release, by),
        cancel: (runId) => running.get(runId)?.cancel.abort(),
        lastOf: (releaseId) => store.lastOf(siteId, releaseId),
        progressOf: (runId) => running.get(runId)?.progress ?? null,
        liveId: async () => (await liveAt(siteId)).releaseId,
        switchTo: (releaseId) => world.switches.start(siteId, releaseId, true, by),
        findSwitch: world.switches.find,
      })
    },
  }
}

const mayCancel = (state: StoredRun['state']): boolean => state === 'uploading' || state === 'waiting'

function progressOf({ phase, done, total, sentBytes }: PublishProgress): Omit<JobChange, 'canCancel'> {
  const sent = sentBytes > 0 ? `, ${(sentBytes / 1_000_000).toFixed(1)} MB sent` : ''
  return { note: `${phase}${sent}`, done, total }
}

/** Names that sort by time, and that no other desktop draws in the same second. */
function releaseIdAt(atMs: number): string {
  const [, date = '', time = ''] = /^(.{10})T(.{8})/.exec(new Date(atMs).toISOString()) ?? []
  return `${date.replaceAll('-', '')}-${time.replaceAll(':', '')}-${crypto.randomUUID().slice(0, 4)}`
}

const clockTime = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
