import { AppError } from '#shared/errors.ts'
import type { Plan } from '#shared/plans.ts'
import { delay } from '#main/platform/clock.ts'
import type { PurgeReceipt } from '#main/providers/edge.ts'
import type { Purge } from './purge-rows.ts'
import type { Step } from './run-plan.ts'
import { PurgeCancelled, sendPurge, UncertainOutcome, type Progress } from './send.ts'
import { nothingToPurge } from './verify.ts'
import { completedMessage, coveredMessage } from './wording.ts'

/** Of one plan, requests that wait, are sent or in progress at a time. */
const REQUESTS_AT_A_TIME = 4
const LOOK_AT_OTHERS_MS = 300

type Gone = NonNullable<PurgeReceipt['gone']>[number]

/** ② The intents on disk are sent and followed until the edge reports them completed, and those that items went with too. */
export const purgeStep: Step = async (world, plan, change, signals) => {
  const edge = await world.edgeOf(plan.siteId)
  const distribution = await world.distributionOf(plan.siteId)
  const account = await world.accountOf(plan.siteId)
  const gaveUp = new AbortController()
  const gone: Gone[] = []
  const said = new Map<string, Progress>()
  let failure: unknown
  const automatic = () => isAutomatic(world.store.read(plan.id))
  const say = (purge: Purge, progress: Progress) => {
    said.set(purge.id, progress)
    change(progressOf([...said.values()], world.clock()))
  }

  async function bring(purge: Purge): Promise<void> {
    try {
      const went = await sendPurge(purge, {
        edge,
        queue: world.queue,
        clock: world.clock,
        lane: world.laneOf(account),
        merging: world.mergingOf(account),
        quotas: distribution?.capabilities.quotas ?? null,
        distributionId: distribution?.id ?? null,
        knows: (remoteId) => world.queue.knows(account, remoteId),
        automatic,
        stopped: signals.stopped,
        cancelled: AbortSignal.any([signals.cancelled, gaveUp.signal]),
        say: (progress) => say(purge, progress),
      })
      gone.push(...(went ?? []))
    } catch (error) {
      const refused = error instanceof PurgeCancelled || (error instanceof AppError && !(error instanceof UncertainOutcome))
      if (!signals.stopped.aborted && refused) {
        for (const left of world.queue.of(plan.id)) {
          if (left.id === purge.id || left.begunAtMs === null) world.queue.refused(left, error.message)
        }
      }
      failure ??= error
      gaveUp.abort()
    } finally {
      said.delete(purge.id)
    }
  }

  async function bringAll(purges: readonly Purge[]): Promise<void> {
    const waiting = purges.filter(({ state }) => state === 'intent' || state === 'sent').values()
    const worker = async () => {
      for (const purge of waiting) if (failure === undefined) await bring(purge)
    }
    await Promise.all(Array.from({ length: REQUESTS_AT_A_TIME }, worker))
    if (failure !== undefined) throw failure
  }

  const covers = () => world.covers.of(plan.id)
  const purges = world.queue.of(plan.id)
  if (purges.length === 0 && covers().length === 0)
    return change({ purge: { state: 'skipped', message: nothingToPurge(plan) }, state: 'checking' })
  await bringAll(purges)
  for (let open = covers(); open.some(({ by }) => by.state !== 'completed'); open = covers()) {
    if (signals.cancelled.aborted) throw new PurgeCancelled()
    const lost = open.filter(({ by }) => by.state === 'lost' || (by.waits && !automatic()))
    const stage = world.queue.of(plan.id).length === 0 ? 'waiting' : 'in-progress'
    change({ queue: { stage }, purge: { message: coveredMessage(open, false), waitsUntilMs: null } })
    if (lost.length > 0) await bringAll(lost.map((cover) => world.covers.restore(cover)))
    else
      await delay(LOOK_AT_OTHERS_MS, AbortSignal.any([signals.stopped, signals.cancelled])).catch(() =>
        signals.stopped.throwIfAborted(),
      )
  }
  const went = covers()
  const coveredItems = went.reduce((sum, { items }) => sum + items.length, 0)
  return change({
    queue: { stage: null, coveredItems },
    purge: {
      state: 'done',
      waitsUntilMs: null,
      message: [completedMessage(gone), coveredMessage(went, true)].filter(Boolean).join(' '),
      ...(coveredItems === 0 ? {} : { priceMicroDollars: world.spent(plan.id).microDollars }),
    },
    state: 'checking',
  })
}

/** Nobody decided on it, and nobody had it sent before its turn. */
export function isAutomatic({ origin, queue }: Pick<Plan, 'origin' | 'queue'>): boolean {
  return origin === 'automatic' && queue.pushedBy === null
}

/** What is furthest back says where the plan is: it can be cancelled as long as nothing was sent. */
function progressOf(
  all: readonly Progress[],
  nowMs: number,
): { queue: { stage: Progress['stage'] }; purge: Partial<Plan['purge']> } {
  const waiting = all.find(({ message }) => message !== null)
  const stage = (['in-progress', 'sending', 'waiting'] as const).find((one) => all.some((progress) => progress.stage === one))
  const others = all.length > 1 ? ` ${all.length} requests are under way.` : ''
  return {
    queue: { stage: stage ?? 'waiting' },
    purge: {
      message: waiting ? `${waiting.message}${others}` : `In progress at the edge.${others}`,
      waitsUntilMs: waiting === undefined || waiting.waitsMs === null ? null : nowMs + waiting.waitsMs,
    },
  }
}
