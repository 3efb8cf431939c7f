import { AppError } from '#shared/errors.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { PurgeQuotas, PurgeReceipt } from '#main/providers/edge.ts'
import type { Lane, Turn } from './lane.ts'
import type { Ticket } from './lane-ticket.ts'
import { waitSentence } from './lane-words.ts'
import { lookUp, sameItems, type Found, type LookUpWorld } from './look-up.ts'
import { PurgeReplaced, type Merging } from './merging.ts'
import type { PurgeQueue } from './purge-queue.ts'
import type { Purge } from './purge-rows.ts'
import { countPrefixes } from './requests.ts'

const POLL_MS = 1_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

export interface Sending extends LookUpWorld {
  readonly queue: Pick<PurgeQueue, 'begin' | 'notTaken' | 'sent' | 'completed'>
  readonly clock: Clock
  readonly lane: Lane
  readonly merging: Merging
  readonly quotas: PurgeQuotas | null
  /** No person decided on it, or had it sent before its turn. */
  automatic(): boolean
  /** Ends the waiting without a verdict: the core stops, and the next start goes on. */
  readonly stopped: AbortSignal
  /** The person cancelled. Only heeded while it is certain that nothing has arrived. */
  readonly cancelled: AbortSignal
  say(progress: Progress): void
}

/** Where a purge is. `message`: why it waits. */
export interface Progress {
  readonly stage: 'waiting' | 'sending' | 'in-progress'
  readonly message: string | null
  readonly waitsMs: number | null
}

export class PurgeCancelled extends Error {
  override readonly name = 'PurgeCancelled'
}

/** Refused now, although an earlier attempt without an answer may have arrived: nothing may be given back. */
export class UncertainOutcome extends AppError {}

/**
 * Brings one purge from its intent to completed. The reference is the one on disk, so a repetition after a crash or a
 * lost answer is the same purge and is charged once. Throws the vendor's `AppError` when it refuses. Returns what went,
 * where the vendor said it; nothing when its items went with other purges.
 */
export async function sendPurge(purge: Purge, sending: Sending): Promise<PurgeReceipt['gone']> {
  try {
    if (purge.state === 'sent' && purge.remoteId !== null) {
      sending.lane.resumed(ticketOf(purge, sending))
      return await follow(purge, purge.remoteId, sending)
    }
    const { remoteId, gone } = await submit(purge, sending)
    await follow(purge, remoteId, sending)
    return gone
  } catch (error) {
    if (!(error instanceof PurgeReplaced)) throw error
    return error.next === null ? undefined : await sendPurge(error.next, sending)
  } finally {
    sending.lane.ended(purge.id)
  }
}

export function ticketOf(purge: Purge, sending: Pick<Sending, 'quotas' | 'automatic' | 'distributionId'>): Ticket {
  return {
    purgeId: purge.id,
    target: sending.distributionId ?? purge.siteId,
    items: purge.items.length,
    prefixes: countPrefixes(purge.items),
    quotas: sending.quotas,
    automatic: sending.automatic,
  }
}

type Accepted = Pick<PurgeReceipt, 'remoteId' | 'gone'>

async function submit(purge: Purge, sending: Sending): Promise<Accepted> {
  // What may have arrived already cannot be cancelled before the edge has answered, nor go with another purge.
  let certain = purge.begunAtMs === null
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    if (!certain) {
      const earlier = accept(purge, await lookUp(purge, sending, sending.stopped), sending)
      if (earlier) return earlier
    }
    const turn = await takeTurn(purge, sending, certain)
    sending.queue.begin(purge)
    sending.say({ stage: 'sending', message: null, waitsMs: null })
    try {
      const receipt = await sending.edge.purge(purge.items, purge.reference, sending.stopped)
      sending.queue.sent(purge, receipt)
      turn.accepted()
      return receipt
    } catch (error) {
      if (sending.stopped.aborted || !(error instanceof AppError)) {
        turn.failed()
        throw error
      }
      if (error.code === 'THROTTLED') {
        turn.throttled()
        if (certain) sending.queue.notTaken(purge)
      } else turn.failed()
      if (error.code === 'UNREACHABLE') certain = false
      if (error.details.retryable === true) {
        const goesOn = `${error.message} Nothing is lost: it goes on with the same request by itself.`
        sending.say({
          stage: 'waiting',
          message: goesOn,
          waitsMs: error.code === 'THROTTLED' ? sending.lane.backOffMs() : waitMs,
        })
        if (error.code !== 'THROTTLED') await pause(waitMs, sending)
        continue
      }
      return await afterRefusal(purge, error, certain, sending)
    }
  }
}

/** Waits until the lane is free for it. The first waiting purge of a kind says why the others wait. */
async function takeTurn(purge: Purge, sending: Sending, certain: boolean): Promise<Turn> {
  const { lane, stopped, cancelled, quotas } = sending
  if (certain) {
    if (cancelled.aborted) throw new PurgeCancelled()
    const left = sending.merging.join(purge, sending.automatic)
    if (left?.id !== purge.id) throw new PurgeReplaced(left)
  }
  const until = certain ? AbortSignal.any([stopped, cancelled]) : stopped
  const says: Parameters<Lane['turn']>[1] = ({ reason, forMs }) => {
    // A vendor that asked to wait has said so in its own words.
    if (reason !== 'throttled') sending.say({ stage: 'waiting', message: waitSentence(reason, quotas), waitsMs: forMs })
  }
  try {
    return await lane.turn(ticketOf(purge, sending), says, until)
  } catch (error) {
    if (!stopped.aborted && cancelled.aborted && !(error instanceof PurgeReplaced)) throw new PurgeCancelled()
    throw error
  }
}

/** Refused for good. An attempt without an answer, or one under the same reference, may have arrived all the same. */
async function afterRefusal(purge: Purge, error: AppError, certain: boolean, sending: Sending): Promise<Accepted> {
  const exists = error.details.field === 'reference'
  if (certain && !exists) throw error
  const found = await lookUp(purge, sending, sending.stopped)
  const earlier = accept(purge, found, sending)
  if (earlier) return earlier
  if (found.kind === 'absent') throw error
  const because = found.kind === 'unknown' ? ` ${found.because}` : ''
  throw new UncertainOutcome(
    error.code,
    `${error.message} An earlier attempt without an answer may have arrived all the same, and it could not be looked up:${because} Its items stay reserved until it can.`,
    { ...error.details, fix: 'Look at the purges that the edge lists, where it lists them, before you purge again.' },
    error,
  )
}

function accept(purge: Purge, found: Found, { queue }: Sending): Accepted | null {
  if (found.kind !== 'found' || !sameItems(found.items, purge.items)) return null
  queue.sent(purge, found.receipt)
  return found.receipt
}

/** Asks until it is completed. Failures that may pass are waited for, longer each time. */
async function follow(purge: Purge, remoteId: string, sending: Sending): Promise<undefined> {
  sending.say({ stage: 'in-progress', message: null, waitsMs: null })
  for (let waitMs = FIRST_WAIT_MS; ;) {
    try {
      // A check after the edge was done and before we heard of it saw the new copy.
      const askedAtMs = sending.clock()
      const receipt = await sending.edge.purgeStatus(remoteId, sending.stopped)
      if (receipt.state === 'completed') {
        await sending.queue.completed(purge, askedAtMs)
        return undefined
      }
      sending.say({ stage: 'in-progress', message: null, waitsMs: null })
      waitMs = FIRST_WAIT_MS
      await delay(POLL_MS, sending.stopped)
    } catch (error) {
      if (sending.stopped.aborted || !(error instanceof AppError) || error.details.retryable !== true) throw error
      const message = `${error.message} Nothing is lost: it goes on with the same request by itself.`
      sending.say({ stage: 'in-progress', message, waitsMs: waitMs })
      await delay(waitMs, sending.stopped)
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
    }
  }
}

/** A cancel ends the waiting at once, so that it is heeded now. One that came earlier and was not heeded does not. */
async function pause(waitMs: number, { stopped, cancelled }: Sending): Promise<void> {
  if (cancelled.aborted) return delay(waitMs, stopped)
  await delay(waitMs, AbortSignal.any([stopped, cancelled])).catch(() => stopped.throwIfAborted())
}
