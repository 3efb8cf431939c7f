import type { DemoClock } from '../platform/clock.ts'
import type { SsrEntryStore } from './entry-store.ts'
import type { Refreshed, Refresher } from './refresher.ts'

export interface RefreshResult extends Partial<Refreshed> {
  readonly path: string
  readonly state: 'waiting' | 'refreshed' | 'failed'
}

export interface RefreshJob {
  /** `f-` and a number. */
  readonly id: string
  readonly state: 'running' | 'finished'
  readonly startedOn: string
  readonly endedOn: string | null
  /** In the order of the request. */
  readonly results: readonly RefreshResult[]
}

export interface RefreshJobsParts {
  readonly clock: DemoClock
  readonly store: SsrEntryStore
  readonly refresher: Refresher
}

const atOnce = 4
const remembered = 100

/** Refreshes that somebody asked for, a few pages at a time. They are forgotten with the process. */
export class RefreshJobs {
  readonly #parts: RefreshJobsParts
  readonly #jobs = new Map<string, RefreshJob>()
  #number = 0
  #closed = false

  constructor(parts: RefreshJobsParts) {
    this.#parts = parts
  }

  find(id: string): RefreshJob | null {
    return this.#jobs.get(id) ?? null
  }

  start(paths: readonly string[]): RefreshJob {
    this.#number += 1
    const id = `f-${String(this.#number)}`
    const results = [...new Set(paths)].map((path): RefreshResult => ({ path, state: 'waiting' }))
    const job: RefreshJob = { id, state: 'running', startedOn: this.#parts.clock.nowIso(), endedOn: null, results }
    this.#jobs.set(id, job)
    const [oldest] = this.#jobs.keys()
    if (this.#jobs.size > remembered && oldest !== undefined) this.#jobs.delete(oldest)
    void this.#run(job)
    return job
  }

  /** Begins no more pages. */
  close(): void {
    this.#closed = true
    this.#jobs.clear()
  }

  /** Forgets all jobs; those that run end after the pages at hand. */
  reset(): void {
    this.#jobs.clear()
  }

  async #run(job: RefreshJob): Promise<void> {
    const results = [...job.results]
    const waiting = results.keys()
    const work = async (): Promise<void> => {
      for (const index of waiting) {
        if (!this.#jobs.has(job.id)) return
        const { path } = results[index] ?? { path: '' }
        const refreshed = await this.refresh(path)
        results[index] = { path, state: refreshed.error === null ? 'refreshed' : 'failed', ...refreshed }
        this.#keep({ ...job, results: [...results] })
      }
    }
    await Promise.all(Array.from({ length: atOnce }, work))
    this.#keep({ ...job, results, state: 'finished', endedOn: this.#parts.clock.nowIso() })
  }

  /** Whoever refreshes through this looks after the edge's copies, too: a visit check has nothing left to purge. */
  async refresh(path: string): Promise<Refreshed> {
    const { store, refresher } = this.#parts
    const marks = store.find(path)?.marks
    const refreshed = await refresher.anew(path)
    if (refreshed.error === null && marks !== undefined && !this.#closed) store.clearPurgeDue(path, marks)
    return refreshed
  }

  #keep(job: RefreshJob): void {
    if (this.#jobs.has(job.id)) this.#jobs.set(job.id, job)
  }
}
