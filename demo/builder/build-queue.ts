import { rmSync } from 'node:fs'
import type { ContentStore } from '../content/content-store.ts'
import type { DemoClock } from '../platform/clock.ts'
import type { BuildLogs } from './build-log.ts'
import type { BuildOutcome, BuildProcess } from './build-process.ts'
import type { Build, BuildStore } from './build-store.ts'
import type { ReleaseStore } from './release-store.ts'
import { WarmProcess } from './warm-process.ts'

export interface BuildTrigger {
  readonly title?: string
  readonly cause?: string
  /** Real seconds to wait for more triggers; 0: at once. */
  readonly coalesceSeconds?: number
  /** False: the release waits to be published; so it does when a trigger that joins the build says so. */
  readonly publish?: boolean
}

export interface BuildQueueParts {
  readonly store: BuildStore
  readonly releases: ReleaseStore
  readonly logs: BuildLogs
  readonly content: ContentStore
  readonly clock: DemoClock
  readonly buildMs: () => number
  readonly publish: (releaseId: string) => void
  /** Somebody pointed the distribution at an older release than the newest published one: that is not overwritten. */
  readonly isRolledBack: () => boolean
  /** Releases that may not be deleted. */
  readonly inUse: () => readonly (string | null)[]
}

/** Runs one build at a time; one more may be queued, and every trigger joins it. */
export class BuildQueue {
  readonly #parts: BuildQueueParts
  readonly #warm = new WarmProcess()
  #running: { readonly number: number; readonly process: BuildProcess; readonly over: Promise<Build> } | null = null
  #timer: NodeJS.Timeout | null = null
  /** When the queued build is due, in real time. */
  #dueAtMs = 0
  #closed = false
  #held = false
  /** Queued builds whose release waits to be published. */
  readonly #unpublished = new Set<number>()

  constructor(parts: BuildQueueParts) {
    this.#parts = parts
  }

  /** Queues a build, or joins the queued one and brings it forward. */
  trigger(trigger: BuildTrigger): Build {
    const { store, clock } = this.#parts
    const delayMs = (trigger.coalesceSeconds ?? 0) * 1000
    const startsOn = new Date(clock.nowMs() + delayMs).toISOString()
    const causes = trigger.cause === undefined ? [] : [trigger.cause]
    const [queued] = store.inState('queued')
    const dueAtMs = Date.now() + delayMs
    let build: Build
    if (queued === undefined) {
      build = store.add({ title: trigger.title ?? 'Build', causes, queuedOn: clock.nowIso(), startsOn })
      this.#parts.logs.write(build.number, `Queued: ${build.title}`)
      this.#dueAtMs = dueAtMs
    } else {
      const earlier = dueAtMs < this.#dueAtMs
      build = store.update(queued.number, {
        causes: [...new Set([...queued.causes, ...causes])],
        startsOn: earlier ? startsOn : queued.startsOn,
      })
      this.#parts.logs.write(build.number, `Joined: ${trigger.title ?? 'Build'}`)
      if (earlier) this.#dueAtMs = dueAtMs
    }
    if (trigger.publish === false) this.#unpublished.add(build.number)
    this.#schedule()
    return build
  }

  /** Ends a queued or running build; one that has ended stays what it is. */
  async cancel(number: number): Promise<void> {
    const { store, logs, clock } = this.#parts
    const build = store.get(number)
    if (build.state !== 'queued' && build.state !== 'running') return
    store.update(number, { state: 'cancelled', endedOn: clock.nowIso() })
    logs.write(number, 'Cancelled')
    if (this.#running?.number !== number) {
      logs.end(number)
      return
    }
    this.#running.process.kill()
    await this.#running.over
  }

  /** While held, triggers are queued but none starts. */
  hold(held: boolean): void {
    this.#held = held
    this.#schedule()
  }

  /** Builds at once, outside the queue's timing; used while the demo is filled for the first time. */
  async buildNow(title: string, publish: boolean): Promise<Build> {
    const { store, clock, logs } = this.#parts
    const now = clock.nowIso()
    const build = store.add({ title, causes: ['first start'], queuedOn: now, startsOn: now })
    logs.write(build.number, `Queued: ${title}`)
    return this.#run(build.number, publish, 0)
  }

  /** After a restart: what ran is failed, what was queued is due. */
  resume(): void {
    const { store, clock, releases } = this.#parts
    for (const { number } of store.inState('running')) {
      store.update(number, {
        state: 'failed',
        endedOn: clock.nowIso(),
        error: 'The build service was stopped during this build.',
      })
      rmSync(releases.workFolder(number), { recursive: true, force: true })
    }
    this.#dueAtMs = Date.now()
    this.#schedule()
  }

  /** Stops building and lets no more start. */
  async close(): Promise<void> {
    this.#closed = true
    await this.stop()
  }

  /** Kills the running build and forgets the timer. */
  async stop(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const running = this.#running
    running?.process.kill()
    await running?.over.catch(() => undefined)
    this.#warm.end()
  }

  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const [queued] = this.#parts.store.inState('queued')
    if (queued === undefined || this.#running !== null || this.#closed || this.#held) return
    this.#timer = setTimeout(
      () => void this.#run(queued.number, true, this.#parts.buildMs()),
      Math.max(0, this.#dueAtMs - Date.now()),
    )
  }

  #run(number: number, publish: boolean, paceMs: number): Promise<Build> {
    const { store, releases, logs, content, clock } = this.#parts
    if (store.get(number).state !== 'queued') return Promise.resolve(store.get(number))
    const startedOn = clock.nowIso()
    store.update(number, { state: 'running', startedOn })
    logs.write(number, `Started ${startedOn}`)
    const outputFolder = releases.workFolder(number)
    rmSync(outputFolder, { recursive: true, force: true })
    const process = this.#warm.take()
    const outcome = process.run({ stock: content.stock(), outputFolder, paceMs }, (message) => {
      if (store.get(number).state !== 'running') return
      if (message.kind === 'line') logs.write(number, message.text)
      if (message.kind === 'progress') store.update(number, { progress: message.progress })
    })
    const over = this.#finish(number, outcome, startedOn, publish)
    this.#running = { number, process, over }
    return over
  }

  async #finish(number: number, ending: Promise<BuildOutcome>, startedOn: string, publish: boolean): Promise<Build> {
    const { store, releases, logs, clock } = this.#parts
    const outcome = await ending
    this.#running = null
    // After a failure nobody knows what the process still holds.
    if (outcome.kind === 'failed') this.#warm.end()
    else this.#warm.giveBack()
    if (this.#closed) return store.get(number)
    if (store.get(number).state === 'running') {
      if (outcome.kind === 'succeeded') this.#release(number, startedOn, publish)
      else {
        store.update(number, { state: 'failed', endedOn: clock.nowIso(), error: outcome.sentence })
        logs.write(number, `Failed: ${outcome.sentence}`)
      }
    }
    rmSync(releases.workFolder(number), { recursive: true, force: true })
    logs.end(number)
    this.#schedule()
    return store.get(number)
  }

  #release(number: number, startedOn: string, publish: boolean): void {
    const { store, releases, logs, clock } = this.#parts
    const releaseId = releases.add(number, startedOn)
    const held = this.#unpublished.delete(number) || this.#parts.isRolledBack()
    const goesLive = publish && !held
    if (goesLive) this.#parts.publish(releaseId)
    releases.prune([...this.#parts.inUse(), releaseId])
    logs.write(number, goesLive ? `Release ${releaseId} is live` : `Release ${releaseId} waits to be published`)
    store.update(number, { state: 'succeeded', endedOn: clock.nowIso(), releaseId })
  }
}
