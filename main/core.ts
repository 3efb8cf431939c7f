import type { MessagePort } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import type { Role } from '#shared/calls.ts'
import type { HookTasks } from './hooks-thread.ts'
import { keepSample, type SampleInput } from './home/keep-sample.ts'
import { runFreshnessSampler } from './home/freshness-sampler.ts'
import type { SignedIn } from './people/people.ts'
import { createChanges } from './platform/changes.ts'
import { delay, type Clock } from './platform/clock.ts'
import { watchForDamage } from './platform/damage-watch.ts'
import type { Database } from './platform/database.ts'
import { markClosed } from './platform/database-check.ts'
import type { KnownSecrets } from './platform/known-secrets.ts'
import { createHttp } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import { createNetworkService } from './network/service.ts'
import { PLAIN_SHELL, type Shell } from './platform/shell-port.ts'
import type { Secrets } from './platform/secrets.ts'
import { startWorkThread } from './platform/workers.ts'
import { keepDailyBackups } from './upkeep/daily-backup.ts'
import { DEMO_SITE_KEY, runDemoSite, withItsName } from './sites/demo-site.ts'
import { addSite } from './sites/handlers.ts'
import type { WorkTasks } from './work-thread.ts'
import { createFeatures } from './features.ts'
import { openData } from './open-data.ts'
import { startReads } from './reads.ts'
import { createRouter } from './router.ts'

export interface CoreOptions {
  readonly dataFolder: string
  readonly programFolder: string
  readonly workThreadUrl: URL
  readonly readThreadUrl: URL
  readonly secrets: Secrets
  /** What only the shell can do; missing: nothing. */
  readonly shell?: Shell
  /** Where proxies and CA files may be named; missing: nowhere. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  readonly version: string
  readonly demo: boolean
  /** Opened already by `openData`; missing: it is opened here. */
  readonly db?: Database
  /** For how long a window that opens has the machine to itself, in milliseconds; missing: not at all. */
  readonly leisureMs?: number
  readonly clock: Clock
  readonly log: Log
  /** Where the log lies; missing: below the data folder. */
  readonly logFolder?: string
  /** What the log is kept clean of; missing: nothing is known. */
  readonly knownSecrets?: KnownSecrets
  /** A sign-in link was revoked: its windows are to be signed out. */
  readonly onRevoked?: (personId: string) => void
}

export interface Core {
  connect(port: MessagePort, identity: { readonly person: string; readonly role: Role; readonly shell?: true }): void
  /** Whose sign-in link this is; null when it is unknown or revoked. */
  signIn(secret: string): SignedIn | null
  /** The machine was asleep: every site is looked at now, rather than at the end of its pause. */
  wake(): void
  busy(): readonly string[]
  close(): Promise<void>
}

/** Opens what the features stand on, and serves their calls until it is closed. */
export async function createCore(options: CoreOptions): Promise<Core> {
  const { clock, secrets } = options
  const stop = new AbortController()
  const stopped = stop.signal
  const db = options.db ?? (await openData(options.dataFolder, clock, options.log))
  const changes = createChanges()
  const damage = watchForDamage({ dataFolder: options.dataFolder, clock, log: options.log, tell: () => changes.tell('upkeep') })
  const { log } = damage
  const shell = options.shell ?? PLAIN_SHELL
  const networkService = await createNetworkService({
    db,
    secrets,
    changes,
    clock,
    shell,
    environment: options.environment ?? {},
  })
  const network = networkService.hub
  const http = createHttp({ network })
  const data = { dataFolder: options.dataFolder }
  const { notice } = damage
  const work = startWorkThread<WorkTasks>(options.workThreadUrl, data, network.portsForThread, notice)
  const hookThread = startWorkThread<HookTasks>(beside(options.workThreadUrl, 'hooks-thread'), data, undefined, notice)
  const reads = startReads(options.readThreadUrl, data, notice)
  /** On a thread of its own: a copy of a large database takes seconds. */
  async function backUp(byHand: boolean): Promise<string | null> {
    const copier = startWorkThread<Pick<WorkTasks, 'backUp'>>(options.workThreadUrl, data, undefined, notice)
    try {
      return await copier.run('backUp', { nowMs: clock(), byHand })
    } finally {
      await copier.close()
    }
  }
  const features = createFeatures({
    clock,
    dataFolder: options.dataFolder,
    log,
    secrets,
    stopped,
    db,
    changes,
    http,
    networkService,
    shell,
    version: options.version,
    logFolder: options.logFolder ?? options.dataFolder,
    scrub: options.knownSecrets?.scrub ?? ((text) => text),
    backUp: () => backUp(true),
    damage: damage.found,
    work,
    reads,
    hookThread,
  })
  const {
    absences,
    buildQueue,
    connections,
    deploys,
    hooks,
    jobs,
    people,
    plans,
    reconciler,
    runs,
    schedule,
    sites,
    visits,
    watcher,
  } = features
  const handler = new RPCHandler(createRouter(features, options.version, options.demo))
  const siteById = db.raw.prepare('SELECT 1 FROM sites WHERE id = ? AND removed_at IS NULL')
  const watched = db.raw.prepare<[], { id: string; key: string | null }>('SELECT id, key FROM sites WHERE removed_at IS NULL')
  const ids = () => watched.all().map(({ id }) => id)
  const knowsSite = (siteId: string) => siteById.get(siteId) !== undefined

  if (options.onRevoked) people.onRevoked(options.onRevoked)
  plans.resume()
  features.keepSettlingPurges()
  features.purgeWishes.resume()
  deploys.switches.resume()
  void deploys.later.run().catch((error: unknown) => stopped.aborted || log.error({ err: error }, 'releases for later'))
  features.publishing.resume()
  runs.resumeAll()
  schedule.begin()
  visits.begin()
  buildQueue.queue.begin()
  hooks.start()
  features.siteLife.removals.begin()
  features.notices.begin()
  void absences.run(stopped).catch((error: unknown) => stopped.aborted || log.error({ err: error }, 'absences'))
  void features.sharedPins.run().catch((error: unknown) => stopped.aborted || log.error({ err: error }, 'pins in buckets'))
  /** What looks again and again: nothing that was begun waits for it. It loads the clients of vendors. */
  function beginRoutines(): void {
    for (const id of ids()) void reads.warm(id).catch((error: unknown) => log.error({ err: error }, 'pages in memory'))
    for (const site of watched.all()) if (!options.demo || site.key !== DEMO_SITE_KEY) watcher.watch(site.id)
    reconciler.start()
    const sample = async (input: SampleInput) => keepSample(db.raw, input, await reads.groupPages(input.siteId, input.nowMs))
    void runFreshnessSampler({ clock, changes, log, stopped, siteIds: ids, sample })
    void keepDailyBackups({ dataFolder: options.dataFolder, clock, log, stopped, backUp: () => backUp(false) })
  }
  if (options.leisureMs === undefined) beginRoutines()
  else void delay(options.leisureMs, stopped).then(beginRoutines, () => undefined)
  if (options.demo)
    void runDemoSite({ ...options, stopped, add: (site) => addSite(sites, withItsName(db.raw, site)) }).catch((error: unknown) =>
      log.error({ err: error }, 'the built-in stack'),
    )

  function wake(): void {
    for (const id of ids()) watcher.watch(id)
    absences.look()
    hooks.wake()
    features.sharedPins.look()
    void schedule.look()
    void buildQueue.queue.look()
    reconciler.wake()
  }
  // What could not be reached is asked again now, rather than at the end of its pause.
  networkService.onBack(wake)
  // Clients of vendors keep their way: they are opened anew.
  network.onChange(() => {
    for (const id of ids()) connections.forget(id)
  })

  return {
    connect(port, identity) {
      handler.upgrade(port, { context: { ...identity, log, knowsSite } })
      port.start()
    },
    signIn: people.signIn,
    wake,
    busy: () => [
      ...plans.busy(),
      ...features.localBuilds.busy(),
      ...jobs
        .list()
        .filter((job) => job.state === 'running' && job.kind !== 'plan')
        .map((job) => job.title),
    ],
    async close() {
      stop.abort()
      await jobs.stop()
      await hookThread.close()
      await work.close()
      await reads.close()
      networkService.close()
      connections.close()
      await http.close()
      db.close()
      if (!damage.found()) markClosed(options.dataFolder)
    },
  }
}

/** The programs of the threads lie side by side, in sources and in the bundle. */
function beside(program: URL, name: string): URL {
  return new URL(program.pathname.replace(/^.*?(\.\w+)$/, `${name}$1`), program)
}
