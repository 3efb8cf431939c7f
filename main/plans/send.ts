import { AppError } from '#shared/errors.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Edge, PurgeReceipt } from '#main/providers/edge.ts'
import type { Purge, PurgeQueue } from './purge-queue.ts'

const POLL_MS = 1_000
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

export interface Sending {
  readonly edge: Edge
  readonly queue: PurgeQueue
  readonly clock: Clock
  /** Ends the waiting without a verdict: the core stops, and the next start goes on. */
  readonly stopped: AbortSignal
  /** The person cancelled. Only heeded while it is certain that nothing has arrived. */
  readonly cancelled: AbortSignal
  /** It was being sent when the core was stopped: it may have arrived although we know of no answer. */
  readonly mayHaveArrived: boolean
  /** Says what is being waited for; null when things go on. */
  say(message: string | null, waitsMs?: number): void
}

export class PurgeCancelled extends Error {
  override readonly name = 'PurgeCancelled'
}

/** Refused now, although an earlier attempt without an answer may have arrived: nothing may be given back. */
export class UncertainOutcome extends AppError {}

/**
 * Brings one purge from its intent to completed. The reference is the one on disk, so a repetition after a crash or a
 * lost answer is the same purge and is charged once. Throws the vendor's `AppError` when it refuses. Returns what went,
 * where the vendor said it.
 */
export async function sendPurge(purge: Purge, sending: Sending): Promise<PurgeReceipt['gone']> {
  const { remoteId, gone } =
    purge.state === 'sent' && purge.remoteId !== null
      ? { remoteId: purge.remoteId, gone: undefined }
      : await submit(purge, sending)
  await retry(sending, async () => {
    // A check after the edge was done and before we heard of it saw the new copy.
    const askedAtMs = sending.clock()
    const receipt = await sending.edge.purgeStatus(remoteId, sending.stopped)
    if (receipt.state !== 'completed') return false
    await sending.queue.completed(purge, askedAtMs)
    return true
  })
  return gone
}

async function submit(purge: Purge, sending: Sending): Promise<Pick<PurgeReceipt, 'remoteId' | 'gone'>> {
  // What may have arrived already cannot be cancelled before the edge has answered.
  let certain = !sending.mayHaveArrived
  let accepted: Pick<PurgeReceipt, 'remoteId' | 'gone'> = { remoteId: '' }
  await retry(sending, async () => {
    if (certain && sending.cancelled.aborted) throw new PurgeCancelled()
    try {
      const receipt = await sending.edge.purge(purge.items, purge.reference, sending.stopped)
      sending.queue.sent(purge, receipt)
      accepted = receipt
      return true
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNREACHABLE') certain = false
      if (certain || !(error instanceof AppError) || error.details.retryable === true) throw error
      throw new UncertainOutcome(
        error.code,
        `${error.message} An earlier attempt without an answer may have arrived all the same.`,
        { ...error.details, fix: 'Look at the purges that the edge lists, where it lists them, before you purge again.' },
        error,
      )
    }
  })
  return accepted
}

/** Tries until `attempt` is true. Failures that may pass are waited for, longer each time; others are thrown. */
async function retry(sending: Sending, attempt: () => Promise<boolean>): Promise<void> {
  for (let waitMs = FIRST_WAIT_MS; ;) {
    try {
      if (await attempt()) return sending.say(null)
      sending.say(null)
      waitMs = FIRST_WAIT_MS
      await delay(POLL_MS, sending.stopped)
    } catch (error) {
      if (sending.stopped.aborted || !(error instanceof AppError) || error.details.retryable !== true) throw error
      sending.say(`${error.message} Nothing is lost: it goes on with the same request by itself.`, waitMs)
      await pause(waitMs, sending)
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)
    }
  }
}

/** A cancel ends the waiting at once, so that it is heeded now. One that came earlier and was not heeded does not. */
async function pause(waitMs: number, { stopped, cancelled }: Sending): Promise<void> {
  if (cancelled.aborted) return delay(waitMs, stopped)
  await delay(waitMs, AbortSignal.any([stopped, cancelled])).catch(() => stopped.throwIfAborted())
}
