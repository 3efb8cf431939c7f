import { countOf } from '#shared/count-of.ts'
import { AppError } from '#shared/errors.ts'
import type { Plan, PlanPage } from '#shared/plans.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { RemoteBuild } from '#main/providers/builder.ts'
import type { Distribution, Edge } from '#main/providers/edge.ts'
import type { CheckItem } from './check-item.ts'
import { checkStep } from './check-step.ts'
import { workOutSelection, type PlanWorld } from './drafts.ts'
import type { Lane } from './lane.ts'
import type { Merging } from './merging.ts'
import type { PurgeCovers } from './purge-covers.ts'
import type { PurgeQueue } from './purge-queue.ts'
import { isAutomatic, purgeStep } from './purge-step.ts'
import type { RequestLimits } from './requests.ts'
import { PurgeCancelled } from './send.ts'
import { refreshStep, type RefreshPort } from './refresh-step.ts'
import type { PlanStore } from './store.ts'
import { warmStep } from './warm-step.ts'
import { buildTitle, purgesText } from './wording.ts'

/** What running a plan needs of the other features; the composition root supplies it. */
export interface RunWorld extends PlanWorld {
  readonly store: PlanStore
  readonly queue: PurgeQueue
  readonly clock: Clock
  edgeOf(siteId: string): Promise<Edge>
  accountOf(siteId: string): Promise<string>
  requestLimits(siteId: string, automatic: boolean): Promise<RequestLimits>
  distributionOf(siteId: string): Promise<Distribution | null>
  readonly covers: PurgeCovers
  /** One for each account: what is sent with it goes one way. */
  laneOf(account: string): Lane
  mergingOf(account: string): Merging
  /** Resolves when automation is not paused, or the plan is a person's. */
  untilAllowed(planId: string, signal: AbortSignal): Promise<void>
  /** What the plan's purges have cost so far. */
  spent(planId: string): { readonly items: number; readonly microDollars: number }
  /** Why the origin could not replace a purged copy now, as a sentence; null when it could, or cannot be asked. */
  originProblem(siteId: string, page: { readonly host: string; readonly path: string }): Promise<string | null>
  /** Triggers a build, or goes on with the one that was triggered. `started` is told its id as soon as it is known. */
  build(siteId: string, title: string, buildId: string | null, started: (buildId: string) => void): Promise<RemoteBuild>
  readonly renderer: RefreshPort
  /** Told in the transaction that writes the intent: which pages of the plan are to be purged when they are visited. */
  watchVisits?(plan: Plan, pageIds: readonly number[]): void
  /** Told after every step forward. */
  progress(plan: Plan): void
  /** Whether purged copies are served once more while they are fetched again. */
  purgesSoftly(siteId: string): Promise<boolean>
  /** Checks pages; resolves when all are done. */
  check(siteId: string, pageIds: readonly number[], progress: (done: number) => void, signal: AbortSignal): Promise<void>
  readonly checkItem: CheckItem
  /** Why an address is as it is, as a sentence; null when nobody can say. */
  diagnose(url: string, signal: AbortSignal): Promise<string | null>
}

export interface RunSignals {
  readonly stopped: AbortSignal
  readonly cancelled: AbortSignal
}

type Parts = 'build' | 'refresh' | 'purge' | 'check' | 'warm' | 'queue'
type Change = { readonly [Part in Parts]?: Partial<Plan[Part]> } & Partial<Omit<Plan, Parts>>
export type End = (state: Plan['state'], result: string, step?: Change) => Plan

/** Runs a plan from the step it is at to its end. Every step is on disk before it begins, so it can go on after a crash. */
export async function runPlan(world: RunWorld, planId: string, signals: RunSignals): Promise<Plan> {
  const change = (step: Change, pages?: readonly PlanPage[]): Plan => {
    const before = world.store.read(planId)
    const after: Plan = {
      ...before,
      ...step,
      build: { ...before.build, ...step.build },
      refresh: { ...before.refresh, ...step.refresh },
      purge: { ...before.purge, ...step.purge },
      check: { ...before.check, ...step.check },
      queue: { ...before.queue, ...step.queue },
      warm: { ...before.warm, ...step.warm },
    }
    world.store.save(after, pages)
    world.progress(after)
    return after
  }
  const end: End = (state, result, step = {}) =>
    change({ ...step, state, result, endedAtMs: world.clock(), queue: { stage: null } })
  const endOrWarm: End = (state, result, step = {}) =>
    world.store.read(planId).warm.wanted
      ? change({ ...step, state: 'warming', title: result, queue: { stage: null } })
      : end(state, result, step)
  try {
    let plan = world.store.read(planId)
    if (plan.state === 'building') {
      await world.untilAllowed(plan.id, AbortSignal.any([signals.stopped, signals.cancelled]))
      if (plan.build.wanted && plan.build.state !== 'done') plan = await buildStep(world, plan, change, signals)
      if (plan.refresh.wanted && plan.refresh.state !== 'done') plan = await refreshStep(world, plan, change, signals)
      plan = await intend(world, plan, plan.purge.items)
    }
    if (plan.state === 'purging') plan = await purgeStep(world, plan, change, signals)
    if (plan.state === 'checking') plan = await checkStep(world, plan, change, endOrWarm, signals)
    if (plan.state === 'warming') plan = await warmStep(world, plan, change, end, signals)
    return plan
  } catch (error) {
    if (signals.stopped.aborted) throw error
    const plan = world.store.read(planId)
    if (error instanceof PurgeCancelled || signals.cancelled.aborted) {
      const result = cancelledSentence(plan)
      const unfinished =
        plan.build.state === 'running' ? { build: { state: 'skipped' as const, message: 'Not waited for any more.' } } : {}
      const unsent = plan.state === 'building' || (plan.state === 'purging' && !world.queue.wasSent(plan.id))
      const from = { cancelledFrom: { state: plan.state, title: plan.title, build: plan.build.state } }
      return end('cancelled', result, { title: result, ...unfinished, ...(unsent ? from : {}) })
    }
    const message =
      error instanceof AppError
        ? [error.message, error.details.fix].filter(Boolean).join(' ')
        : 'Something went wrong inside. The log has the details.'
    const making = plan.refresh.state === 'running' ? 'refresh' : 'build'
    const at =
      plan.state === 'building' ? making : plan.state === 'purging' ? 'purge' : plan.state === 'warming' ? 'warm' : 'check'
    const failed = end('failed', message, { [at]: { state: 'failed', message } })
    if (!(error instanceof AppError)) throw error
    return failed
  }
}

function cancelledSentence(plan: Plan): string {
  if (plan.state === 'building') {
    const goesOn = plan.refresh.state === 'running' ? 'What is being rendered' : 'A build that had been triggered'
    return `Cancelled before anything was purged. ${goesOn} goes on.`
  }
  if (plan.state === 'purging') return 'Cancelled before it was sent. Nothing was charged.'
  if (plan.state === 'warming') return `${plan.title} The visits were cancelled after ${plan.warm.done} of ${plan.warm.total}.`
  return `The purge was done; ${plan.check.done} of ${countOf(plan.check.total, 'page was', 'pages were')} checked before it was cancelled.`
}

export type Step = (
  world: RunWorld,
  plan: Plan,
  change: (step: Change, pages?: readonly PlanPage[]) => Plan,
  signals: RunSignals,
) => Promise<Plan>

/** ① Built pages are made new at the origin. Every page is then decided again: only now it is known which files changed. */
const buildStep: Step = async (world, plan, change, signals) => {
  change({ build: { state: 'running', message: 'The build is triggered.' } })
  const building = world.build(
    plan.siteId,
    buildTitle(plan).slice(0, 120),
    plan.build.buildId,
    (buildId) => void change({ build: { buildId, message: 'The build runs.' } }),
  )
  const ended = await Promise.race([building, rejected(signals.cancelled)])
  if (ended.state === 'failed' || ended.state === 'cancelled') {
    throw new AppError(
      'PROVIDER_REFUSED',
      `The build ${ended.state === 'failed' ? `failed: ${(ended.error ?? 'no reason was given').replace(/\.$/, '')}` : 'was cancelled'}.`,
      { fix: 'Nothing was purged. Look at its log, then make a new plan.' },
    )
  }
  if (ended.release === null || !ended.release.published) {
    throw new AppError(
      'PROVIDER_REFUSED',
      ended.release
        ? 'The build succeeded, but its release is not published.'
        : 'The build hook accepted the build and tells no more.',
      { fix: 'Nothing was purged. When the site is live, plan again.' },
    )
  }
  const seconds =
    ended.endedAtMs !== null && ended.startedAtMs !== null ? Math.round((ended.endedAtMs - ended.startedAtMs) / 1000) : null
  return change({
    build: { state: 'done', message: `Release ${ended.release.id} is live${seconds === null ? '' : ` after ${seconds} s`}.` },
  })
}

/** Writes the intent. From here on the purge is sent exactly once, whatever happens. */
export async function intend(world: RunWorld, plan: Plan, approved: Plan['purge']['items']): Promise<Plan> {
  const worked = await workOutSelection(
    world,
    plan.siteId,
    world.store.selection(plan.id),
    { build: false, refresh: false, by: plan.purge.by, later: world.choices.read(plan.id) },
    { items: approved, pages: world.store.pages(plan.id) },
  )
  await askOrigin(world, plan.siteId, worked.pages)
  const purge: Plan['purge'] = {
    ...plan.purge,
    ...worked.purge,
    state: 'running',
    message: `Sending ${purgesText(worked.purge.itemCount)}.`,
    waitsUntilMs: null,
  }
  const next: Plan = {
    ...plan,
    counts: worked.counts,
    purge,
    state: 'purging',
    queue: { ...plan.queue, stage: 'waiting' },
    warm: { ...plan.warm, total: 0 },
    check: { ...plan.check, total: worked.pages.filter((page) => page.decision === 'purge' && page.pageId !== null).length },
  }
  const watched = worked.pages.flatMap((page) => (page.decision === 'when-visited' ? (page.pageId ?? []) : []))
  const [account, limits] = [await world.accountOf(plan.siteId), await world.requestLimits(plan.siteId, isAutomatic(plan))]
  world.queue.intend(next, worked.pages, account, limits, () => {
    if (watched.length > 0) world.watchVisits?.(next, watched)
  })
  return next
}

/** A copy that works must not be thrown away for an error: the origin is asked for one of the pages first. */
async function askOrigin(world: RunWorld, siteId: string, pages: readonly PlanPage[]): Promise<void> {
  const page = pages.find(({ decision, zoneHost }) => decision === 'purge' && zoneHost !== null)
  if (!page?.zoneHost) return
  const problem = await world.originProblem(siteId, { host: page.zoneHost, path: page.path })
  if (problem === null) return
  throw new AppError('CONFLICT', `${problem} A purge now would replace copies that work by errors.`, {
    fix: 'Nothing was purged. Bring the origin back, then start the plan again.',
    retryable: true,
  })
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(new PurgeCancelled())
    signal.addEventListener('abort', () => reject(new PurgeCancelled()), { once: true })
  })
}
