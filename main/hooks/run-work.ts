import { AppError } from '#shared/errors.ts'
import type { ActivityFacts } from '#shared/activity.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Log } from '#main/platform/log.ts'
import type { WorkKind } from './effects.ts'
import type { StoredWork, WorkStore } from './work-store.ts'

/** What other features do for the rules. */
export interface WorkPorts {
  /** Answers when the wish is kept: builds that are wanted close together become one. */
  requestBuild(siteId: string, source: string, changes: number): Promise<void>
  /**
   * Makes a draft; nothing is sent. `rebuild`: it builds first; where it cannot, the build is wanted apart from it, so that
   * it is not forgotten.
   */
  draftPlan(plan: {
    readonly siteId: string
    readonly pageIds: readonly number[]
    readonly by: string
    readonly when: 'now' | 'when-visited'
    readonly rebuild: boolean
    readonly changes: number
  }): Promise<string>
  /** Starts a draft, or finds that it was started, and waits for its end; a sentence of what came out. */
  runPlan(planId: string, by: string): Promise<{ readonly ok: boolean; readonly sentence: string }>
  /** Has the renderer render pages again; a sentence of what came out. */
  refresh(siteId: string, pageIds: readonly number[], signal: AbortSignal): Promise<string>
}

export interface RunWorkParts extends WorkPorts {
  readonly store: WorkStore
  readonly clock: Clock
  readonly log: Log
  readonly stopped: AbortSignal
  paused(): boolean
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
  changed(): void
}

const PAUSED_LOOK_MS = 2_000
/** A service that is away for a moment gets the work a little later. */
const AGAIN_MS = [2_000, 10_000, 60_000] as const

/** Does what rules asked for: of a site and kind one after the other, so that what comes meanwhile is joined to the next. */
export function createWorkRunner(parts: RunWorkParts): { look(): void } {
  const running = new Set<string>()

  async function drain(siteId: string, kind: WorkKind): Promise<void> {
    for (;;) {
      while (parts.paused()) await delay(PAUSED_LOOK_MS, parts.stopped)
      if (parts.stopped.aborted) return
      const work = parts.store.take(siteId, kind)
      if (!work) return
      parts.changed()
      const result = await doWork(parts, work).catch((error: unknown) => {
        if (parts.stopped.aborted || !(error instanceof AppError)) throw error
        parts.note(siteId, work.sources.join(', '), `A rule could not go on: ${error.message}`, {
          kind: 'other',
          result: 'failed',
        })
        return { state: 'failed' as const, note: error.message }
      })
      parts.store.end(work.id, result.state, result.note, parts.clock())
      parts.changed()
    }
  }

  return {
    look() {
      for (const { siteId, kind } of parts.store.open()) {
        const key = `${siteId} ${kind}`
        if (running.has(key)) continue
        running.add(key)
        void drain(siteId, kind)
          .catch((error: unknown) => parts.stopped.aborted || parts.log.error({ err: error, siteId, kind }, 'the work of rules'))
          .finally(() => running.delete(key))
      }
    },
  }
}

interface Result {
  readonly state: 'done' | 'failed'
  readonly note: string
}

/** "37 changes from Sanity". */
export function causeOf({ changes, sources }: Pick<StoredWork, 'changes' | 'sources'>): string {
  return `${changes} ${changes === 1 ? 'change' : 'changes'} from ${sources.join(', ')}`
}

async function doWork(parts: RunWorkParts, work: StoredWork): Promise<Result> {
  const { siteId, pageIds } = work
  const by = work.sources.join(', ')
  const done = (note: string): Result => ({ state: 'done', note })
  switch (work.kind) {
    case 'build':
      await parts.requestBuild(siteId, by, work.changes)
      return done(`Asked for a build: ${causeOf(work)}`)
    case 'plan':
    case 'when-visited': {
      const when = work.kind === 'plan' ? 'now' : 'when-visited'
      const draft = () => parts.draftPlan({ siteId, pageIds, by, when, rebuild: work.rebuild, changes: work.changes })
      const planId = work.ref ?? (await again(parts, draft))
      // A restart goes on with this plan rather than with another one.
      parts.store.refer(work.id, planId)
      const { ok, sentence } = await parts.runPlan(planId, by)
      return { state: ok ? 'done' : 'failed', note: sentence }
    }
    case 'refresh':
      return done(await again(parts, () => parts.refresh(siteId, pageIds, parts.stopped)))
  }
}

async function again<T>(parts: RunWorkParts, work: () => Promise<T>): Promise<T> {
  for (const waitMs of AGAIN_MS) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof AppError) || error.details.retryable !== true) throw error
      await delay(waitMs, parts.stopped)
    }
  }
  return work()
}
