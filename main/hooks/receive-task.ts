import type { Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'
import { receiveHttp } from '#main/platform/http-receiver.ts'
import { gatherVisits } from './gather-visits.ts'
import { createDesk, type Known } from './receive.ts'
import { createDeliveryStore } from './store-deliveries.ts'
import type { Visit } from './visit-desk.ts'

export interface ReceiveInput {
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  readonly known: Known
}

export type ReceiverNews =
  | { readonly type: 'listening'; readonly port: number }
  | { readonly type: 'stored'; readonly count: number }
  | { readonly type: 'visits'; readonly visits: readonly Visit[] }
  | { readonly type: 'problem'; readonly message: string }

/** The receiver's tasks, which share what they know: `receive` runs until it is cancelled. */
export function createReceiver(db: Raw, clock: Clock) {
  let know: (known: Known) => void = () => {}
  return {
    async receive(input: ReceiveInput, report: (news: ReceiverNews) => void, signal: AbortSignal): Promise<{ ended: true }> {
      const visits = gatherVisits((some) => report({ type: 'visits', visits: some }))
      const store = createDeliveryStore(db, (count) => report({ type: 'stored', count }))
      const desk = createDesk(clock, store, visits)
      desk.know(input.known)
      const failed = (error: unknown) =>
        report({ type: 'problem', message: error instanceof Error ? error.message : String(error) })
      const listening = await receiveHttp(input, desk.begin, failed)
      know = desk.know
      report({ type: 'listening', port: listening.port })
      await new Promise<void>((resolve) => {
        if (signal.aborted) return resolve()
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      // What was taken is on disk before its sender is hung up on.
      store.flush()
      visits.flush()
      await listening.close()
      return { ended: true }
    },
    async know(known: Known): Promise<void> {
      know(known)
    },
  }
}
