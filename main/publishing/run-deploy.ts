import { AppError } from '#shared/errors.ts'
import type { PublishProgress } from '#main/providers/publisher.ts'
import type { ReleaseStore, Uploaded } from '#main/providers/release-store.ts'
import { delay } from '#main/platform/clock.ts'
import { hasEnded, type RunStore, type StoredRun } from './run-store.ts'

/** A switch of the edge to a release, as far as a deploy needs to know it. */
export interface SwitchSeen {
  readonly state: 'intent' | 'switched' | 'deployed' | 'done' | 'failed' | 'cancelled'
  readonly message: string
}

/** What running a deploy needs; the service supplies it. */
export interface RunWorld {
  readonly store: RunStore
  releasesOf(siteId: string): Promise<ReleaseStore>
  /** The release that visitors have by the edge's own word, and where it fetches from. */
  liveAt(siteId: string): Promise<{ readonly releaseId: string | null; readonly originPath: string }>
  pinnedTo(siteId: string): string | null
  /** Reads where other desktops have pinned the site. */
  heedOthers(siteId: string): Promise<void>
  /** Makes its release, which lies there, known to the rest of the panel. */
  learn(run: StoredRun): Promise<void>
  /** Begins the switch with this id; null when the site is pinned, or visitors have the release. */
  beginSwitch(run: StoredRun): Promise<SwitchSeen | null>
  findSwitch(id: string): SwitchSeen | null
  /** Takes old releases away. Returns how many went. */
  prune(run: StoredRun): Promise<number>
}

export interface RunSignals {
  readonly stopped: AbortSignal
  /** Heeded until the edge is told. */
  readonly cancelled: AbortSignal
  progress(progress: PublishProgress | null): void
}

const LOOK_MS = 200
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

class Cancelled extends Error {}

/**
 * Runs a deploy from the step it is at to its end: upload → tell the edge → tidy up. Each step is on disk before it is
 * taken. The switch is the only moment at which anything changes for visitors; before it everything can be taken back.
 */
export async function runDeploy(world: RunWorld, id: string, signals: RunSignals): Promise<StoredRun> {
  const { store } = world
  while (!hasEnded(store.read(id).state)) {
    try {
      await takeStep(world, store.read(id), signals)
    } catch (error) {
      if (signals.stopped.aborted) throw error
      const { state } = store.read(id)
      const before = state === 'uploading' || state === 'waiting'
      if (before && error instanceof Cancelled) store.step(id, 'cancelling', 'Cancelled. Visitors get what they got before.')
      else if (before) store.step(id, 'giving-up', sentenceOf(error))
      else store.step(id, state === 'cancelling' ? 'cancelled' : state === 'cleaning' ? 'done' : 'failed', sentenceOf(error))
      if (!(error instanceof AppError) && !(error instanceof Cancelled)) throw error
    }
  }
  signals.progress(null)
  return store.read(id)
}

async function takeStep(world: RunWorld, run: StoredRun, signals: RunSignals): Promise<void> {
  switch (run.state) {
    case 'uploading':
      return upload(world, run, signals)
    case 'waiting':
      return tellEdge(world, run, signals)
    case 'switching':
      return followSwitch(world, run, signals)
    case 'cleaning':
      return tidyUp(world, run, signals)
    case 'giving-up':
    case 'cancelling':
      return takeBack(world, run, signals)
    case 'done':
    case 'held':
    case 'failed':
    case 'cancelled':
      return
  }
}

/** ① What is not whole is seen by nobody. */
async function upload(world: RunWorld, run: StoredRun, signals: RunSignals): Promise<void> {
  const { store } = world
  const release = store.release(run.id)
  if (release === null) throw new AppError('INTERNAL', 'The files of this deploy are not known any more.', { retryable: false })
  const releases = await world.releasesOf(run.siteId)
  const uploaded = await patiently(world, run, signals, async (signal) => {
    const { releaseId } = await world.liveAt(run.siteId)
    const previous = releaseId ?? (await releases.list(signal)).find(({ id }) => id !== release.id)?.id ?? null
    return releases.upload(release, previous, signal, signals.progress)
  })
  signals.progress(null)
  store.step(run.id, 'waiting', uploadedWords(uploaded))
}

/** ② The switch has the deploy's own id: begun twice it is one. */
async function tellEdge(world: RunWorld, run: StoredRun, signals: RunSignals): Promise<void> {
  const { store } = world
  await patiently(world, run, signals, async () => {
    if (world.findSwitch(run.id) !== null) return
    await world.learn(run)
    await world.heedOthers(run.siteId)
    if (signals.cancelled.aborted) throw new Cancelled()
    if ((await world.beginSwitch(run)) !== null) return
    const pin = world.pinnedTo(run.siteId)
    if (pin === null) {
      store.step(run.id, 'cleaning', 'Visitors have this release already.')
    } else {
      store.step(
        run.id,
        'held',
        `It lies in the bucket, and visitors go on getting ${pin}, to which the site is pinned. Unpin the site to publish it.`,
      )
    }
  })
  if (store.read(run.id).state === 'waiting') store.step(run.id, 'switching', 'The edge is told where to fetch from.')
}

/** ③ The switch goes on by itself, also after a restart. */
async function followSwitch(world: RunWorld, run: StoredRun, signals: RunSignals): Promise<void> {
  for (;;) {
    const seen = world.findSwitch(run.id)
    if (seen?.state === 'done') return void world.store.step(run.id, 'cleaning', seen.message)
    if (seen === null || seen.state === 'failed' || seen.state === 'cancelled') {
      const why = seen?.message ?? 'Its switch is not known any more.'
      return void world.store.step(run.id, 'failed', `${why} The release lies in the bucket; visitors can be given it later.`)
    }
    await delay(LOOK_MS, signals.stopped)
  }
}

/** ④ Nothing of this may make a deploy fail that visitors see. */
async function tidyUp(world: RunWorld, run: StoredRun, signals: RunSignals): Promise<void> {
  let rest = ''
  try {
    await patiently(world, run, uncancelled(signals), async () => {
      await (await world.releasesOf(run.siteId)).markPublished(run.releaseId, signals.stopped)
      await world.learn(run)
    })
    const removed = await world.prune(run)
    if (removed > 0) rest = ` ${removed} old ${removed === 1 ? 'release was' : 'releases were'} removed.`
  } catch (error) {
    if (signals.stopped.aborted) throw error
    rest = ` Old releases could not be removed: ${sentenceOf(error)}`
  }
  world.store.step(run.id, 'done', run.message + rest)
}

/** What is whole stays: it can be published later, and goes with the old ones. */
async function takeBack(world: RunWorld, run: StoredRun, signals: RunSignals): Promise<void> {
  const end = run.state === 'cancelling' ? 'cancelled' : 'failed'
  const outcome = await patiently(world, run, uncancelled(signals), async () => {
    const releases = await world.releasesOf(run.siteId)
    const whole = (await releases.list(signals.stopped)).some(({ id }) => id === run.releaseId)
    const { originPath } = await world.liveAt(run.siteId)
    if (whole || originPath === releases.placeOf(run.releaseId)) return 'The release lies in the bucket, whole.'
    await releases.remove(run.releaseId, signals.stopped)
    return 'What had been sent was taken away again.'
  })
  world.store.step(run.id, end, `${run.message} ${outcome}`)
}

/** For what has to be done however often somebody presses cancel. */
function uncancelled(signals: RunSignals): RunSignals {
  return { ...signals, cancelled: new AbortController().signal }
}

/** Tries until it succeeds. What may pass is waited for, longer each time; a cancel is heeded meanwhile. */
async function patiently<T>(
  world: RunWorld,
  run: StoredRun,
  { stopped, cancelled }: RunSignals,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.any([stopped, cancelled])
  let said = ''
  for (let waitMs = FIRST_WAIT_MS; ;) {
    try {
      return await attempt(signal)
    } catch (error) {
      if (stopped.aborted) throw error
      if (cancelled.aborted) throw new Cancelled()
      if (!(error instanceof AppError) || error.details.retryable !== true) throw error
      const message = `${error.message} It goes on by itself.`
      if (message !== said) world.store.step(run.id, run.state, message)
      said = message
      await delay(waitMs, signal).catch(() => undefined)
      if (cancelled.aborted && !stopped.aborted) throw new Cancelled()
      stopped.throwIfAborted()
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
    }
  }
}

function uploadedWords({ sent, copied, there, sentBytes, notes }: Uploaded): string {
  const parts = [
    `${sent.toLocaleString('en-US')} ${sent === 1 ? 'file' : 'files'} sent (${sizeWords(sentBytes)})`,
    `${copied.toLocaleString('en-US')} copied from the release before`,
    ...(there > 0 ? [`${there.toLocaleString('en-US')} there already`] : []),
  ]
  return [`The release lies in the bucket: ${parts.join(', ')}.`, ...notes].join(' ')
}

function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof AppError)) return 'Something went wrong inside. The log has the details.'
  return [error.message, error.details.fix].filter(Boolean).join(' ')
}
