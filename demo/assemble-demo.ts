import { BuildLogs } from './builder/build-log.ts'
import { BuildQueue } from './builder/build-queue.ts'
import { BuildStore } from './builder/build-store.ts'
import { BuilderApi } from './builder/builder-api.ts'
import { ReleaseStore } from './builder/release-store.ts'
import { ContentStore } from './content/content-store.ts'
import { ControlApi } from './control/control-api.ts'
import { Distributions } from './control/distributions.ts'
import { InvalidationStore } from './control/invalidation-store.ts'
import { Invalidations } from './control/invalidations.ts'
import { ControlsApi } from './controls/controls-api.ts'
import { assembleSsr } from './ssr/assemble-ssr.ts'
import { DistributionStore, releaseIdIn } from './distribution/distribution-store.ts'
import { EntryStore } from './edge/entry-store.ts'
import { Pop } from './edge/pop.ts'
import { Upstream } from './edge/upstream.ts'
import { fillForFirstStart, type FirstStartParts } from './first-start.ts'
import { siteFunctions, type PostLolly } from './origin/functions.ts'
import { Origin } from './origin/origin.ts'
import { ReleaseLibrary } from './origin/release-files.ts'
import { RequestCounts } from './origin/request-counts.ts'
import { DemoClock, type ClockSettings } from './platform/clock.ts'
import type { DataFolder } from './platform/data-folder.ts'
import type { DemoDatabase } from './platform/database.ts'
import type { Identity } from './platform/identity.ts'
import type { Ports, Servers } from './platform/ports.ts'
import { isRecord, StateStore } from './platform/state.ts'
import { Timers, type Timings } from './platform/timers.ts'
import type { Zone } from './platform/zones.ts'

export interface AssemblyParts {
  readonly database: DemoDatabase
  readonly folder: DataFolder
  readonly servers: Servers
  readonly ports: Ports
  readonly zones: readonly Zone[]
  readonly identity: Identity
  readonly timings: Timings
  readonly log: (line: string) => void
  /** Where releases lie that this demo has not built. */
  readonly bucketOrigin: string | undefined
  /** Deletes all content and all records. */
  readonly empty: () => void
}

export interface AssembledDemo {
  readonly firstStart: FirstStartParts
  /** Empties everything and fills it as on the first start. */
  reset(): Promise<void>
  /** Takes up what the last process left in the middle. */
  resume(): void
  /** The site's addresses changed: old copies are of no use, and the pages that name addresses are built again. */
  adoptNewPorts(): void
  close(): Promise<void>
}

/** How long the form waits for more lollies before its build starts. */
const formCoalesceSeconds = 40

/** Creates all parts, connects them and lets the servers answer with them. */
export function assembleDemo(parts: AssemblyParts): AssembledDemo {
  const { database, folder, servers, ports, zones, identity, timings } = parts
  const state = new StateStore(database)
  const clock = new DemoClock(state.read('clock', isClockSettings), (settings) => state.write('clock', settings))
  const timers = new Timers()
  const content = new ContentStore(database, zones)
  const releases = new ReleaseStore(database, folder.releasesFolder, zones, clock)
  const library = new ReleaseLibrary(folder.releasesFolder)
  const counts = new RequestCounts()
  const invalidationStore = new InvalidationStore(database)
  const upstream = new Upstream(`http://127.0.0.1:${String(ports.origin)}`, parts.bucketOrigin)
  const popNames = ['FRA56', 'LHR61']
  const distributions = new Distributions({
    store: new DistributionStore(database, clock),
    state,
    timers,
    timings,
    invalidationStore,
    popNames,
    ids: [identity.distributionId, identity.emptyDistributionId],
    aliases: zones.map((zone) => zone.hostname),
    originPort: ports.origin,
    onRelease: (releaseId) => releases.markPublished(releaseId),
  })
  const pops = popNames.map(
    (name) =>
      new Pop({
        name,
        zones,
        clock,
        upstream,
        entries: new EntryStore(database, name),
        originPath: () => distributions.originPathAt(name),
      }),
  )
  const invalidations = new Invalidations({
    store: invalidationStore,
    clock,
    timers,
    timings,
    pops,
    distributionId: identity.distributionId,
  })
  const logs = new BuildLogs(folder.logsFolder)
  const buildStore = new BuildStore(database)
  let buildMs = timings.buildMs
  const queue = new BuildQueue({
    store: buildStore,
    releases,
    logs,
    content,
    clock,
    buildMs: () => buildMs,
    publish: (releaseId) => distributions.publish(releaseId),
    isRolledBack: () => releases.isBehindPublished(distributions.liveReleaseId()),
    inUse: () => [distributions.liveReleaseId(), ...popNames.map((pop) => releaseIdIn(distributions.originPathAt(pop)))],
  })
  const postLolly: PostLolly = (newLolly) => {
    const lolly = content.addLolly(newLolly, clock.nowIso())
    queue.trigger({ title: `New lolly for ${lolly.recipient}`, cause: 'form', coalesceSeconds: formCoalesceSeconds })
    return lolly
  }
  const ssr = assembleSsr({
    database,
    state,
    clock,
    content,
    timings,
    port: ports.renderer,
    secret: identity.rendererSecret,
    host: zones.find(({ name }) => name === 'lollies')?.host ?? '',
    purger: {
      endpoint: `http://127.0.0.1:${String(ports.control)}`,
      distributionId: identity.distributionId,
      credentials: identity.credentials,
    },
  })
  const origin = new Origin({
    zones,
    clock,
    releases: library,
    functions: new Map([...siteFunctions(content, postLolly), ...ssr.functions]),
    counts,
    liveReleaseId: () => distributions.liveReleaseId(),
  })
  const controlApi = new ControlApi({
    distributions,
    invalidations,
    invalidationStore,
    credentials: identity.credentials,
    restrictedCredentials: identity.restrictedCredentials,
  })
  const builderApi = new BuilderApi({
    port: ports.builder,
    hookSecret: identity.hookSecret,
    queue,
    store: buildStore,
    logs,
    releases,
    liveReleaseId: () => distributions.liveReleaseId(),
  })
  const firstStart: FirstStartParts = { database, state, content, ssr, queue, zones, log: parts.log }
  const setOriginRunning = (running: boolean): Promise<void> => (running ? servers.origin.start() : servers.origin.stop())

  const reset = async (): Promise<void> => {
    queue.hold(true)
    await queue.stop()
    timers.clear()
    await ssr.reset()
    parts.empty()
    for (const pop of pops) pop.clear()
    library.forgetAll()
    counts.reset()
    controlApi.throttle(0)
    clock.reset()
    buildMs = timings.buildMs
    distributions.ensure()
    await setOriginRunning(true)
    await fillForFirstStart(firstStart)
  }

  const controls = new ControlsApi(ports.controls, {
    clock,
    content,
    counts,
    pops,
    distributions,
    invalidationStore,
    buildStore,
    releases,
    controlApi,
    zones,
    postLolly,
    ssr,
    reset,
    origin: { running: () => servers.origin.running, setRunning: setOriginRunning },
    setBuildSeconds: (seconds) => {
      buildMs = seconds * 1000
    },
  })

  const [frankfurt, london] = pops
  servers.fra56.handle((request, response) => frankfurt?.handle(request, response))
  servers.lhr61.handle((request, response) => london?.handle(request, response))
  servers.origin.handle((request, response) => origin.handle(request, response))
  servers.control.handle((request, response) => controlApi.handle(request, response))
  servers.builder.handle((request, response) => builderApi.handle(request, response))
  servers.renderer.handle((request, response) => ssr.api.handle(request, response))
  servers.controls.handle((request, response) => controls.handle(request, response))

  return {
    firstStart,
    reset,
    resume: () => {
      distributions.ensure()
      distributions.resume()
      invalidations.resume()
      if (ssr.content.ensure()) queue.trigger({ title: 'The site has an SSR area', cause: 'demo' })
      queue.resume()
    },
    adoptNewPorts: () => {
      for (const pop of pops) pop.clear()
      queue.trigger({ title: 'The site moved to other ports', cause: 'demo' })
    },
    close: async () => {
      timers.clear()
      await ssr.close()
      await queue.close()
      await upstream.close()
    },
  }
}

function isClockSettings(value: unknown): value is ClockSettings {
  return (
    isRecord(value) &&
    typeof value['realBaseMs'] === 'number' &&
    typeof value['demoBaseMs'] === 'number' &&
    typeof value['factor'] === 'number'
  )
}
