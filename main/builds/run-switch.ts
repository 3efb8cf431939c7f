import { AppError } from '#shared/errors.ts'
import type { Plan } from '#shared/plans.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { OriginSwitch } from '#main/providers/edge.ts'
import type { StoredSwitch, SwitchStore } from './switch-store.ts'

/** What running a switch needs; the service supplies it. */
export interface SwitchRunWorld {
  readonly store: SwitchStore
  readonly clock: Clock
  originOf(siteId: string): Promise<OriginSwitch>
  /** Takes the release in as the live one. `since`: when the origin began to be as it should be. */
  bringIn(step: StoredSwitch, sinceMs: number | null): Promise<void>
  /** A draft of the purge of what differs; null when nothing does. */
  plan(step: StoredSwitch): Promise<Plan | null>
  startPlan(planId: string, by: string): Promise<Plan>
}

export interface SwitchSignals {
  readonly stopped: AbortSignal
  /** Heeded while the edge has not been told. */
  readonly cancelled: AbortSignal
  /** The core was stopped while it ran: the edge may have been told although we know of no answer. */
  readonly resumed: boolean
  /** What is waited for, for the list of jobs; `null`: nothing can be taken back any more. */
  say(message: string, canCancel: boolean): void
}

const POLL_MS = 1_000
const SLOW_POLL_MS = 5_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

class Cancelled extends Error {}

/**
 * Runs a switch from the step it is at to its end: tell the edge → wait until every location has it → take the release in
 * as live → purge what differs. Every step is on disk before the next begins, so it goes on after a crash.
 */
export async function runSwitch(world: SwitchRunWorld, id: string, signals: SwitchSignals): Promise<StoredSwitch> {
  const { store, clock } = world
  try {
    const origin = await world.originOf(store.read(id).siteId)
    if (store.read(id).state === 'intent') await tellEdge(world, store.read(id), origin, signals)
    if (store.read(id).state === 'switched') await waitForEdge(world, store.read(id), origin, signals)
    if (store.read(id).state === 'deployed') await finish(world, store.read(id), signals)
    return store.read(id)
  } catch (error) {
    if (signals.stopped.aborted) throw error
    const { state, pinBefore } = store.read(id)
    // Before the edge was told, the site is as it was.
    const pin = state === 'intent' ? pinBefore : undefined
    if (error instanceof Cancelled) {
      const message = 'Cancelled before the edge was told. Visitors get what they got before.'
      return store.change(id, { state: 'cancelled', endedAtMs: clock(), message }, pin)
    }
    const message =
      error instanceof AppError
        ? [error.message, error.details.fix].filter(Boolean).join(' ')
        : 'Something went wrong inside. The log has the details.'
    store.change(id, { state: 'failed', endedAtMs: clock(), message }, pin)
    throw error
  }
}

/** ① Once told, it is known from the edge itself: a repetition reads first and changes nothing twice. */
async function tellEdge(world: SwitchRunWorld, step: StoredSwitch, origin: OriginSwitch, signals: SwitchSignals): Promise<void> {
  let certain = !signals.resumed
  await patiently(world, step, signals, async () => {
    if (certain && signals.cancelled.aborted) throw new Cancelled()
    const { originPath, etag } = await origin.read(signals.stopped)
    if (originPath !== step.toPath) {
      if (signals.cancelled.aborted) throw new Cancelled()
      if (originPath !== step.fromPath) throw switchedElsewhere(originPath)
      try {
        await origin.switchTo(step.toPath, etag, signals.stopped)
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNREACHABLE') certain = false
        throw error
      }
    }
    const message = 'The edge has been told. Its locations follow one by one.'
    world.store.change(step.id, { state: 'switched', switchedAtMs: world.clock(), message })
    signals.say(message, false)
    return true
  })
}

/** ② A purge before this would have locations store the pages of the old release once more. */
async function waitForEdge(
  world: SwitchRunWorld,
  step: StoredSwitch,
  origin: OriginSwitch,
  signals: SwitchSignals,
): Promise<void> {
  const switchedAtMs = step.switchedAtMs ?? world.clock()
  const [lastMs] = world.store.measured(step.siteId)
  const usual = lastMs === undefined ? 'usually 3–6 minutes' : `${seconds(lastMs)} the last time`
  await patiently(world, step, signals, async () => {
    const elapsedMs = world.clock() - switchedAtMs
    signals.say(`The edge’s locations follow: ${seconds(elapsedMs)} so far, ${usual}.`, false)
    if (!(await origin.deployed(signals.stopped))) return false
    const { originPath } = await origin.read(signals.stopped)
    if (originPath !== step.toPath) throw switchedElsewhere(originPath)
    const message = 'Every location of the edge has it.'
    world.store.change(step.id, { state: 'deployed', deployedAtMs: world.clock(), message })
    return true
  })
}

/** ③ Pages whose bytes differ are old copies from now on; their purge is a plan of its own. */
async function finish(world: SwitchRunWorld, step: StoredSwitch, signals: SwitchSignals): Promise<void> {
  const { store, clock } = world
  await patiently(world, step, signals, async () => {
    // A release that is gone back to is what should be shown: changes that were told before do not wait for a build.
    await world.bringIn(step, step.pin === null ? null : (step.deployedAtMs ?? clock()))
    return true
  })
  const took = step.deployedAtMs !== null && step.switchedAtMs !== null ? step.deployedAtMs - step.switchedAtMs : 0
  const visitors = `Visitors get ${step.to}; every location of the edge had it after ${seconds(took)}.`
  let planId = step.planId
  if (planId === null) {
    const plan = await world.plan(step)
    planId = plan?.id ?? null
    store.change(step.id, { planId })
  }
  const started = planId !== null && step.purges ? await world.startPlan(planId, step.by) : null
  const rest =
    planId === null
      ? 'The edge holds no other copy of what differs, so nothing has to be purged.'
      : started
        ? 'What differs is purged and checked by a plan.'
        : 'The plan for what differs has been worked out and waits for you.'
  store.change(step.id, { state: 'done', endedAtMs: clock(), message: `${visitors} ${rest}` })
}

/** Tries until `attempt` is true. Failures that may pass are waited for, longer each time; others are thrown. */
async function patiently(
  world: SwitchRunWorld,
  step: StoredSwitch,
  signals: SwitchSignals,
  attempt: () => Promise<boolean>,
): Promise<void> {
  const beganMs = world.clock()
  for (let waitMs = FIRST_WAIT_MS; ;) {
    try {
      if (await attempt()) return
      waitMs = FIRST_WAIT_MS
      await delay(world.clock() - beganMs < 30_000 ? POLL_MS : SLOW_POLL_MS, signals.stopped)
    } catch (error) {
      if (signals.stopped.aborted || !(error instanceof AppError) || error.details.retryable !== true) throw error
      const message = `${error.message} Nothing is lost: it goes on by itself.`
      signals.say(message, world.store.read(step.id).state === 'intent')
      await delay(waitMs, signals.stopped)
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
    }
  }
}

function switchedElsewhere(originPath: string): AppError {
  return new AppError(
    'CONFLICT',
    `Somebody else has pointed the distribution at ${originPath === '' ? 'the root of its origin' : originPath} in the meantime, so this was given up.`,
    { fix: 'Look at what visitors get now, then decide again.', retryable: false },
  )
}

function seconds(ms: number): string {
  const whole = Math.max(1, Math.round(ms / 1000))
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
