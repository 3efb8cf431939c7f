import type { Job } from '#shared/activity.ts'
import type { AccountReading } from '#shared/budget-account.ts'
import { AppError } from '#shared/errors.ts'
import type { Changes } from '#main/platform/changes.ts'
import { delay, utcMonth, type Clock } from '#main/platform/clock.ts'
import type { Log } from '#main/platform/log.ts'
import type { AccountPurges } from '#main/providers/edge.ts'
import type { Others } from './others.ts'
import { createPace, type Pace } from './pace.ts'
import { readAccount, type ReadProgress } from './read-account.ts'
import type { Readings } from './readings.ts'

/** An account, and the sites that purge with it. */
export interface AccountSites {
  readonly account: string
  readonly siteIds: readonly string[]
  readonly distributionIds: readonly string[]
}

export interface ReconcilerWorld {
  readonly clock: Clock
  readonly log: Log
  readonly changes: Changes
  readonly stopped: AbortSignal
  readonly readings: Readings
  readonly others: Others
  accounts(): AccountSites[]
  /** Null when the site's vendor counts no purges. */
  purgesOf(siteId: string): Promise<AccountPurges | null>
  startJob(
    what: { siteId: string; kind: 'reconcile'; title: string },
    work: (update: (change: Partial<Pick<Job, 'done' | 'total' | 'note'>>) => void, signal: AbortSignal) => Promise<string>,
  ): { job: Job }
}

/** Brings what others sent with the accounts into the ledger: at start, after sleep, from time to time, and when asked to. */
export interface Reconciler {
  start(): void
  /** The machine was asleep: every account is read again. */
  wake(): void
  /** Somebody looks at the account's budget. Accounts that nobody looks at are left alone. */
  touch(account: string): void
  now(account: string, siteId: string): { jobId: string }
  reading(account: string): AccountReading
}

const EVERY_MS = 10 * 60_000
/** Accounts are read from time to time as long as somebody looked at one lately. */
const USED_FOR_MS = 30 * 60_000
const LOOK_EVERY_MS = 30_000
/** CloudFront names no rate for these calls; this is well below what is reported to be throttled. */
const CALLS_PER_SECOND = 5
const BURST = 20

export function createReconciler(world: ReconcilerWorld): Reconciler {
  const { clock, readings, changes } = world
  const paces = new Map<string, Pace>()
  const running = new Map<string, { abort: AbortController; ended: Promise<unknown>; jobId: string | null }>()
  const triedAtMs = new Map<string, number>()
  const usedAtMs = new Map<string, number>()
  let begun = false

  function paceOf(account: string): Pace {
    const known = paces.get(account) ?? createPace({ callsPerSecond: CALLS_PER_SECOND, burst: BURST, clock })
    paces.set(account, known)
    return known
  }

  async function read(account: string, progress: (step: ReadProgress) => void, signal: AbortSignal): Promise<ReadProgress> {
    const of = world.accounts().find((one) => one.account === account)
    const [siteId] = of?.siteIds ?? []
    const purges = siteId === undefined ? null : await world.purgesOf(siteId)
    if (!of || purges === null) return { done: 0, total: 0, purges: 0, items: 0 }
    return readAccount(
      account,
      of.distributionIds,
      { purges, pace: paceOf(account), readings, others: world.others, clock, progress },
      signal,
    )
  }

  /** One at a time for each account. What an earlier one has read is kept, so a later one begins where it ended. */
  async function run(account: string, progress: (step: ReadProgress) => void, signal: AbortSignal, jobId: string | null) {
    const before = running.get(account)
    before?.abort.abort()
    const abort = new AbortController()
    const work = async () => {
      await before?.ended
      triedAtMs.set(account, clock())
      try {
        return await read(account, progress, AbortSignal.any([signal, abort.signal, world.stopped]))
      } finally {
        if (running.get(account)?.abort === abort) running.delete(account)
        if (!world.stopped.aborted) changes.tell('budget', 'plans')
      }
    }
    const result = work()
    running.set(account, { abort, ended: result.catch(() => {}), jobId })
    changes.tell('budget')
    return result
  }

  function inBackground(account: string): void {
    if (running.has(account)) return
    run(account, () => {}, world.stopped, null).catch((error: unknown) => {
      // Its sentence is stored with the reading, and the budget shows it.
      if (!world.stopped.aborted && !(error instanceof AppError) && !(error instanceof DOMException))
        world.log.error({ err: error, account }, 'reading an account')
    })
  }

  function due(account: string): boolean {
    const lastMs = triedAtMs.get(account)
    if (lastMs === undefined) return true
    // A clock that was set back must not stop it for as long.
    return Math.abs(clock() - lastMs) >= EVERY_MS && Math.abs(clock() - (usedAtMs.get(account) ?? 0)) < USED_FOR_MS
  }

  function look(): void {
    for (const { account } of world.accounts()) if (due(account)) inBackground(account)
  }

  return {
    start() {
      begun = true
      const loop = async () => {
        while (!world.stopped.aborted) {
          look()
          await delay(LOOK_EVERY_MS, world.stopped)
        }
      }
      loop().catch((error: unknown) => {
        if (!world.stopped.aborted) world.log.error({ err: error }, 'reading accounts ended')
      })
    },
    wake() {
      triedAtMs.clear()
      look()
    },
    touch(account) {
      usedAtMs.set(account, clock())
      // Every account is read when it begins; until then a look at one only says that it is used.
      if (begun && due(account)) inBackground(account)
    },
    now(account, siteId) {
      const jobId = running.get(account)?.jobId
      if (jobId !== undefined && jobId !== null) return { jobId }
      let id = ''
      const { job } = world.startJob(
        { siteId, kind: 'reconcile', title: `Reading the purges of ${account}` },
        async (update, signal) => {
          const step = await run(account, (now) => update({ done: now.done, total: now.total, note: notedAs(now) }), signal, id)
          const problem = readings.of(account)?.problem ?? null
          if (problem !== null) throw new AppError('PROVIDER_REFUSED', problem)
          return notedAs(step)
        },
      )
      id = job.id
      return { jobId: job.id }
    },
    reading(account) {
      const known = readings.of(account)
      const problem = known?.problem ?? null
      return {
        running: running.has(account),
        completedAtMs: known?.completed_at ?? null,
        problem: problem === null ? null : { message: problem, fix: known?.fix ?? null, atMs: known?.problem_at ?? 0 },
        distributions: known?.distributions ?? 0,
        ...world.others.itemsOf(account, utcMonth(clock())),
      }
    },
  }
}

function notedAs({ purges, items }: ReadProgress): string {
  if (purges === 0) return 'Nothing new was found.'
  return `${items.toLocaleString('en-US')} ${items === 1 ? 'item' : 'items'} of others in ${purges.toLocaleString('en-US')} ${purges === 1 ? 'purge' : 'purges'} found.`
}
