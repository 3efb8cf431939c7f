import { AppError } from '#shared/errors.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Log } from '#main/platform/log.ts'
import type { Distribution, Edge } from '#main/providers/edge.ts'
import { lookUp, sameItems } from './look-up.ts'
import type { PurgeQueue } from './purge-queue.ts'
import type { Purge } from './purge-rows.ts'

export interface SettleWorld {
  readonly clock: Clock
  readonly queue: Pick<PurgeQueue, 'unsettled' | 'sent' | 'completed' | 'refused' | 'knows'>
  readonly log: Log
  readonly stopped: AbortSignal
  edgeOf(siteId: string): Promise<Edge>
  distributionOf(siteId: string): Promise<Distribution | null>
  /** Something was settled: what the panel shows of budget and plans is out of date. */
  settled(): void
}

/**
 * Purges whose plans ended without an answer: each is looked up at the vendor. One that arrived is counted; one that is
 * not in the list never arrived, and its reservation is given back. While the list cannot be read it stays as it is.
 */
export async function settlePurges(world: SettleWorld): Promise<void> {
  for (const purge of world.queue.unsettled()) {
    try {
      if (await settle(purge, world)) world.settled()
    } catch (error) {
      world.stopped.throwIfAborted()
      // A site without credentials, or one that is gone: the next time may know more.
      if (!(error instanceof AppError)) throw error
      world.log.info({ purge: purge.id, reason: error.message }, 'a purge could not be settled')
    }
  }
}

const EVERY_MS = 10 * 60_000

/** Settles at once and from time to time until the program ends. */
export function keepSettling(world: SettleWorld): void {
  const loop = async () => {
    while (!world.stopped.aborted) {
      await settlePurges(world).catch((error: unknown) => {
        if (!world.stopped.aborted) world.log.error({ err: error }, 'settling purges')
      })
      await delay(EVERY_MS, world.stopped)
    }
  }
  loop().catch(() => {})
}

async function settle(purge: Purge, { queue, clock, stopped, edgeOf, distributionOf }: SettleWorld): Promise<boolean> {
  if (purge.begunAtMs === null) {
    queue.refused(purge, 'Its plan ended before it was sent.')
    return true
  }
  const edge = await edgeOf(purge.siteId)
  if (purge.state === 'sent' && purge.remoteId !== null) {
    const { state } = await edge.purgeStatus(purge.remoteId, stopped)
    if (state === 'completed') await queue.completed(purge, clock())
    return state === 'completed'
  }
  if (!edge.account) {
    queue.refused(purge, 'Nobody knows whether it arrived. This edge keeps no list of purges and counts none.')
    return true
  }
  const distributionId = (await distributionOf(purge.siteId))?.id ?? null
  const knows = (remoteId: string) => queue.knows(purge.account, remoteId)
  const found = await lookUp(purge, { edge, distributionId, knows }, stopped)
  if (found.kind === 'unknown') return false
  if (found.kind === 'absent' || !sameItems(found.items, purge.items)) {
    queue.refused(purge, 'It never arrived: the edge does not list it.')
    return true
  }
  queue.sent(purge, found.receipt)
  if (found.receipt.state === 'completed') await queue.completed(purge, clock())
  return true
}
