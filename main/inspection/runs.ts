import type { ActivityFacts, EndedJob, Job } from '#shared/activity.ts'
import { AppError } from '#shared/errors.ts'
import type { InspectionRun, RunSelection } from '#shared/inspection-runs.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { RunInput, RunReport } from './run-task.ts'
import { createRunStore, type StoredRun } from './run-store.ts'
import { cappedNote, noteOf, titleOf } from './run-words.ts'
import { createTimeLeft, type TimeLeft } from './time-left.ts'

type Update = {
  readonly done?: number
  readonly note?: string
  readonly paused?: boolean | null
  readonly leftMs?: number | null
}

export interface RunsWorld {
  readonly db: Database
  readonly clock: Clock
  readonly changes: Changes
  readonly stopped: AbortSignal
  startJob(
    what: { siteId: string; kind: 'check'; title: string; total: number; pause(paused: boolean): void },
    work: (update: (change: Update) => void, signal: AbortSignal) => Promise<string>,
  ): { job: Job; ended: Promise<EndedJob> }
  cancelJob(jobId: string): void
  runTask(
    input: RunInput & { readonly siteId: string },
    onReport: (report: RunReport) => void,
    signal: AbortSignal,
  ): Promise<{ readonly capped: boolean }>
  count(siteId: string, selection: RunSelection, nowMs: number): Promise<{ readonly pages: number }>
  /** Pages were checked. */
  after(siteId: string, pageIds: readonly number[]): Promise<void>
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

/** Checks of whole sites. Each is a row that outlives the program; what runs of it is a job. */
export interface Runs {
  /** Throws `CONFLICT` when one of the site is under way, `NOT_FOUND` when no page is meant. */
  start(siteId: string, selection: RunSelection, rendersAtMost: number, by: string): Promise<InspectionRun>
  pause(runId: number): InspectionRun
  resume(runId: number, rendersAtMost?: number): InspectionRun
  cancel(runId: number): InspectionRun
  latest(siteId: string): InspectionRun | null
  /** Goes on with what was under way when the program ended. */
  resumeAll(): void
}

interface Live {
  jobId: string
  /** Ends the present stretch; the run goes on when it is resumed. */
  stretch: AbortController
  wake(): void
  waitsUntilMs: number | null
  readonly left: TimeLeft
}

export function createRuns(world: RunsWorld): Runs {
  const { clock, changes, stopped } = world
  const store = createRunStore(world.db)
  const live = new Map<number, Live>()

  const view = (run: StoredRun): InspectionRun => {
    const now = live.get(run.id)
    const running = run.state === 'running'
    return {
      ...run,
      leftMs: running ? (now?.left.leftMs(run.total - run.done) ?? null) : null,
      waitsUntilMs: running && (now?.waitsUntilMs ?? 0) > clock() ? (now?.waitsUntilMs ?? null) : null,
    }
  }
  const setState = (runId: number, state: InspectionRun['state'], note?: string): StoredRun => {
    const over = state !== 'running' && state !== 'paused'
    store.setState(runId, state, { endedAtMs: over ? clock() : null, ...(note === undefined ? {} : { note }) })
    changes.tell('jobs', 'pages')
    return store.read(runId)
  }

  /** One stretch of checking, from now until the end, a pause or the limit. */
  async function stretch(run: StoredRun, now: Live, update: (change: Update) => void, signal: AbortSignal): Promise<void> {
    now.stretch = new AbortController()
    now.left.begin(clock(), run.done)
    const { capped } = await world.runTask(
      { runId: run.id, siteId: run.siteId },
      ({ pageIds, waitsUntilMs }) => {
        const { done, ...so } = store.read(run.id)
        now.waitsUntilMs = waitsUntilMs
        now.left.reached(clock(), done)
        const wait =
          waitsUntilMs === null
            ? ''
            : `. The site asked for a pause until ${new Date(waitsUntilMs).toISOString().slice(11, 19)} UTC`
        update({ done, note: noteOf({ ...so, done }) + wait, leftMs: now.left.leftMs(run.total - done) })
        changes.tell('pages', 'tags')
        if (pageIds.length > 0) void world.after(run.siteId, pageIds)
      },
      AbortSignal.any([signal, now.stretch.signal]),
    )
    const after = store.read(run.id)
    if (signal.aborted || after.state !== 'running') return
    if (capped) setState(run.id, 'capped', cappedNote(after))
    // A pause and the going on after it may have come while the stretch was ending.
    else if (!now.stretch.signal.aborted) setState(run.id, 'done', noteOf(after))
  }

  function drive(first: StoredRun): void {
    const now: Live = {
      jobId: '',
      stretch: new AbortController(),
      wake: () => {},
      waitsUntilMs: null,
      left: createTimeLeft(),
    }
    live.set(first.id, now)
    const pause = (paused: boolean) => void (paused ? api.pause(first.id) : api.resume(first.id))
    const { job, ended } = world.startJob(
      { siteId: first.siteId, kind: 'check', title: titleOf(first), total: first.total, pause },
      async (update, signal) => {
        signal.addEventListener('abort', () => now.wake())
        update({ done: first.done, note: noteOf(first) })
        for (let run = first; !signal.aborted; run = store.read(first.id)) {
          if (run.state === 'paused') {
            update({ paused: true })
            await new Promise<void>((resolve) => {
              now.wake = resolve
            })
          } else if (run.state === 'running') {
            update({ paused: false })
            await stretch(run, now, update, signal)
          } else return run.note
        }
        // A program that ends leaves the run as it is: the next start goes on with it.
        if (!stopped.aborted) setState(first.id, 'cancelled', noteOf(store.read(first.id)))
        return noteOf(store.read(first.id))
      },
    )
    now.jobId = job.id
    void ended.then(({ state, note }) => {
      live.delete(first.id)
      if (stopped.aborted) return
      if (state === 'failed') setState(first.id, 'failed', note)
      changes.tell('jobs', 'pages')
      world.note(first.siteId, first.by, `${titleOf(first)}: ${note}`, {
        kind: 'check',
        result: state,
      })
    })
  }

  const api: Runs = {
    async start(siteId, selection, rendersAtMost, by) {
      const atMs = clock()
      const { pages } = await world.count(siteId, selection, atMs)
      if (pages === 0) {
        throw new AppError('NOT_FOUND', 'No known page is meant by this.', {
          field: 'selection',
          fix: 'Choose another filter, or look for pages first.',
        })
      }
      const run = store.insert({ siteId, selection, total: pages, rendersAtMost, by, atMs })
      drive(run)
      changes.tell('jobs')
      return view(run)
    },
    pause(runId) {
      const run = store.read(runId)
      if (run.state !== 'running') return view(run)
      const paused = setState(runId, 'paused')
      live.get(runId)?.stretch.abort(new AppError('CONFLICT', 'Paused.'))
      return view(paused)
    },
    resume(runId, rendersAtMost) {
      const run = store.read(runId)
      if (run.state === 'running' || run.state === 'done' || run.state === 'cancelled') return view(run)
      if (rendersAtMost !== undefined) store.allow(runId, rendersAtMost)
      else if (run.state === 'capped') {
        throw new AppError('BAD_INPUT', 'This check has used its renders up.', {
          field: 'rendersAtMost',
          fix: `Allow more than ${run.rendersAtMost}.`,
        })
      }
      const going = setState(runId, 'running')
      const now = live.get(runId)
      if (now) now.wake()
      else drive(going)
      return view(going)
    },
    cancel(runId) {
      const run = store.read(runId)
      if (run.state === 'done' || run.state === 'cancelled') return view(run)
      const now = live.get(runId)
      const cancelled = setState(runId, 'cancelled', noteOf(run))
      if (now) world.cancelJob(now.jobId)
      return view(cancelled)
    },
    latest(siteId) {
      const run = store.latest(siteId)
      return run ? view(run) : null
    },
    resumeAll: () => store.underWay().forEach(drive),
  }
  return api
}
