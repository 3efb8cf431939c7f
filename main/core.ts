import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { RPCHandler } from '@orpc/server/message-port'
import type { Role } from '#shared/calls.ts'
import type { HookTasks } from './hooks-thread.ts'
import { keepSample } from './home/keep-sample.ts'
import { runFreshnessSampler } from './home/freshness-sampler.ts'
import type { SignedIn } from './people/people.ts'
import { createChanges } from './platform/changes.ts'
import type { Clock } from './platform/clock.ts'
import { openDatabase } from './platform/database.ts'
import { createHttp } from './platform/http.ts'
import type { Log } from './platform/log.ts'
import type { Secrets } from './platform/secrets.ts'
import { startWorkThread } from './platform/workers.ts'
import { DEMO_SITE_KEY, runDemoSite } from './sites/demo-site.ts'
import { addSite } from './sites/handlers.ts'
import type { WorkTasks } from './work-thread.ts'
import { createFeatures } from './features.ts'
import { startReads } from './reads.ts'
import { createRouter } from './router.ts'

export interface CoreOptions {
  readonly dataFolder: string
  readonly programFolder: string
  readonly workThreadUrl: URL
  readonly readThreadUrl: URL
  readonly secrets: Secrets
  readonly version: string
  readonly demo: boolean
  readonly clock: Clock
  readonly log: Log
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
  const { clock, log, secrets } = options
  const stop = new AbortController()
  const stopped = stop.signal
  const db = await openDatabase(join(options.dataFolder, 'frostline.db'))
  const changes = createChanges()
  const http = createHttp()
  const work = startWorkThread<WorkTasks>(options.workThreadUrl, { dataFolder: options.dataFolder })
  const hookThread = startWorkThread<HookTasks>(beside(options.workThreadUrl, 'hooks-thread'), { dataFolder: options.dataFolder })
  const reads = startReads(options.readThreadUrl, { dataFolder: options.dataFolder })
  const features = createFeatures({
    clock,
    dataFolder: options.dataFolder,
    log,
    secrets,
    stopped,
    db,
    changes,
    http,
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
  const handler = new RPCHandler(createRouter(features, options.version))
  const siteById = db.raw.prepare('SELECT 1 FROM sites WHERE id = ?')
  const watched = db.raw.prepare<[], { id: string }>('SELECT id FROM sites')
  const knowsSite = (siteId: string) => siteById.get(siteId) !== undefined

  for (const site of await db.query.selectFrom('sites').select(['id', 'key']).execute()) {
    if (!options.demo || site.key !== DEMO_SITE_KEY) watcher.watch(site.id)
    void reads.warm(site.id).catch((error: unknown) => log.error({ err: error }, 'pages in memory'))
  }
  if (options.onRevoked) people.onRevoked(options.onRevoked)
  plans.resume()
  features.keepSettlingPurges()
  features.purgeWishes.resume()
  reconciler.start()
  void runFreshnessSampler({
    clock,
    changes,
    log,
    stopped,
    siteIds: () => watched.all().map(({ id }) => id),
    sample: async (input) => keepSample(db.raw, input, await reads.groupPages(input.siteId, input.nowMs)),
  })
  deploys.switches.resume()
  features.publishing.resume()
  runs.resumeAll()
  schedule.begin()
  visits.begin()
  buildQueue.queue.begin()
  hooks.start()
  features.notices.begin()
  void absences.run(stopped).catch((error: unknown) => stopped.aborted || log.error({ err: error }, 'absences'))
  if (options.demo)
    void runDemoSite({ ...options, stopped, add: (site) => addSite(sites, site) }).catch((error: unknown) =>
      log.error({ err: error }, 'the built-in stack'),
    )

  return {
    connect(port, identity) {
      handler.upgrade(port, { context: { ...identity, log, knowsSite } })
      port.start()
    },
    signIn: people.signIn,
    wake() {
      for (const { id } of watched.all()) watcher.watch(id)
      absences.look()
      void schedule.look()
      void buildQueue.queue.look()
      reconciler.wake()
    },
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
      connections.close()
      await http.close()
      db.close()
    },
  }
}

/** The programs of the threads lie side by side, in sources and in the bundle. */
function beside(program: URL, name: string): URL {
  return new URL(program.pathname.replace(/^.*?(\.\w+)$/, `${name}$1`), program)
}
