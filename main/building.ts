import type { Base } from './base.ts'
import type { Checking } from './checking.ts'
import type { Purging } from './purging.ts'
import { createDeploys } from './builds/deploys.ts'
import { adoptPin, pinTold, pinUntoldSince, readPin, switchUnderWay } from './builds/pins.ts'
import { createQueueFeature } from './builds/queue-feature.ts'
import { createBuilds } from './builds/service.ts'
import { saveBuild } from './builds/store.ts'
import { nextAfter, refuseSchedule } from './inspection/check-settings.ts'
import type { ImportRelease } from './builds/releases.ts'
import { createPublishing } from './publishing/service.ts'
import { createSharedPins } from './publishing/shared-pins.ts'
import { readSettings } from './sites/store.ts'

/** How the files of a release become pages. */
function importing({ work }: Base, { pages }: Checking): ImportRelease {
  return async (siteId, manifest, as) => work.run('importManifest', { siteId, manifest, as, zones: await pages.zones(siteId) })
}

/** Builds and those to come. `deploying`: asked once everything is put together. */
export function createBuilding(base: Base, checking: Checking, deploying: () => Deploying) {
  const { automation, changes, clock, connections, db, log, note, stopped } = base
  const importRelease = importing(base, checking)
  const builds = createBuilds({
    db,
    clock,
    changes,
    log,
    stopped,
    builderOf: (siteId) => deploying().publishing.builderOf(siteId),
    importRelease,
    edgeOf: connections.edge,
    synced: (siteId) => deploying().deploys.diffs.fill(siteId),
  })
  const buildQueue = createQueueFeature({
    db,
    clock,
    changes,
    log,
    stopped,
    note,
    builds,
    nextAfter,
    refuseSchedule,
    paused: automation.paused,
    builderOf: connections.builder,
  })

  return { buildQueue, builds }
}
export type Building = ReturnType<typeof createBuilding>

/** Deploys of builds, each with a purge of its own, and where they are published to. */
export function createDeploying(
  base: Base,
  checking: Checking,
  { plans, planStore }: Purging,
  syncBuilds: (siteId: string) => Promise<unknown>,
) {
  const { changes, clock, connections, db, jobs, log, note, reads, stopped, work } = base
  const { pages } = checking
  const importRelease = importing(base, checking)
  const deploys = createDeploys({
    db,
    clock,
    changes,
    log,
    stopped,
    note,
    importRelease,
    plans,
    builderOf: (siteId) => publishing.builderOf(siteId),
    edgeOf: connections.edge,
    planOf: planStore.read,
    previewPurge: plans.previewAs,
    countOnDemand: reads.countOnDemand,
    startJob: jobs.start,
    storeFiles: (input) => work.run('storeReleaseFiles', input),
    compare: (input) => work.run('compareReleases', input),
  })
  const siteIds = db.raw.prepare<[], { id: string }>('SELECT id FROM sites WHERE removed_at IS NULL')
  const untoldIds = db.raw.prepare<[], { id: string }>(
    'SELECT id FROM sites WHERE pin_untold_since IS NOT NULL AND removed_at IS NULL',
  )
  const sharedPins = createSharedPins({
    clock,
    log,
    stopped,
    releasesOf: connections.releases,
    siteIds: () => siteIds.all().map(({ id }) => id),
    untold: () => untoldIds.all().map(({ id }) => id),
    read: (siteId) => ({
      pin: readPin(db, siteId),
      untoldSinceMs: pinUntoldSince(db, siteId),
      switching: switchUnderWay(db, siteId) !== null,
    }),
    adopt: (siteId, pin) => adoptPin(db, siteId, pin),
    told: (siteId, untilMs) => pinTold(db, siteId, untilMs),
    adopted(siteId, { pin }) {
      note(
        siteId,
        pin?.by ?? 'Another desktop',
        pin ? `Pinned to ${pin.releaseId} at another desktop` : 'Unpinned at another desktop',
      )
      changes.tell('sites', 'deploys')
      // Which release visitors have is known anew with it.
      void syncBuilds(siteId).catch(() => undefined)
    },
  })
  const publishing = createPublishing({
    db,
    clock,
    changes,
    stopped,
    note,
    startJob: jobs.start,
    releasesOf: connections.releases,
    edgeOf: connections.edge,
    builderOf: connections.builder,
    keepOf: async (siteId) => (await readSettings(db.query, siteId)).objects?.publish?.keep ?? Number.MAX_SAFE_INTEGER,
    hostsOf: async (siteId) => (await pages.zones(siteId)).map(({ host }) => host),
    saveBuild: (siteId, build) => {
      saveBuild(db, siteId, build)
      deploys.diffs.fill(siteId)
    },
    heedOthers: sharedPins.sync,
    pinnedTo: (siteId) => readPin(db, siteId)?.releaseId ?? null,
    switches: { ...deploys.switches, underWay: (siteId) => switchUnderWay(db, siteId) },
    readFolder: (input) => work.run('readFolder', input),
  })

  return { deploys, publishing, sharedPins }
}
export type Deploying = ReturnType<typeof createDeploying>
