import type { Receiver } from '#shared/hooks.ts'
import { delay } from '#main/platform/clock.ts'
import type { Log } from '#main/platform/log.ts'
import type { Known } from './receive.ts'
import type { ReceiveInput, ReceiverNews } from './receive-task.ts'
import type { HookSettings } from './settings.ts'

/** The thread that the deliveries arrive at. */
export interface ReceiverThread {
  receive(input: ReceiveInput, onNews: (news: ReceiverNews) => void, signal: AbortSignal): Promise<unknown>
  know(known: Known): Promise<void>
}

export interface ReceiverParts {
  readonly thread: ReceiverThread
  readonly settings: HookSettings
  readonly stopped: AbortSignal
  readonly log: Log
  known(): Promise<Known>
  onNews(news: ReceiverNews): void
  changed(): void
}

/** The receiver's port: open while there is somebody to listen to. */
export interface ReceiverControl {
  state(): Pick<Receiver, 'state' | 'port' | 'problem'>
  /** Opens, closes or tells the receiver what has changed. */
  apply(): Promise<void>
  /** Opens the port anew, as after another one was chosen. */
  restart(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
const AGAIN_MS = 5_000

export function createReceiverControl(parts: ReceiverParts): ReceiverControl {
  const { thread, settings, stopped, log } = parts
  let state: ReturnType<ReceiverControl['state']> = { state: 'off', port: null, problem: null }
  let open: { readonly abort: AbortController; readonly ended: Promise<unknown> } | null = null
  let last: Promise<unknown> = Promise.resolve()

  function become(next: typeof state): void {
    state = next
    parts.changed()
  }

  function begin(known: Known): void {
    const abort = new AbortController()
    const signal = AbortSignal.any([abort.signal, stopped])
    const { port } = settings.read()
    become({ state: 'starting', port: port || null, problem: null })
    const onNews = (news: ReceiverNews) => {
      if (news.type === 'listening') {
        // Tunnels are pointed at this port: the next start takes it again.
        if (port !== news.port) settings.keepPort(news.port)
        become({ state: 'listening', port: news.port, problem: null })
      } else if (news.type === 'problem') log.warn({ problem: news.message }, 'the receiver')
      else parts.onNews(news)
    }
    const ended = thread.receive({ host: LOOPBACK, port, known }, onNews, signal).catch(async (error: unknown) => {
      if (signal.aborted) return
      log.warn({ err: error }, 'the receiver could not listen')
      become({
        state: 'failed',
        port,
        problem: `Port ${port} could not be opened. Another program may have it: end that, or choose another port.`,
      })
      await delay(AGAIN_MS, signal).catch(() => undefined)
      if (!signal.aborted) begin(await parts.known())
    })
    open = { abort, ended }
  }

  async function close(): Promise<void> {
    const closing = open
    open = null
    closing?.abort.abort()
    await closing?.ended
    become({ state: 'off', port: null, problem: null })
  }

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work, work)
    last = turn.catch(() => undefined)
    return turn
  }
  const apply = async () => {
    const known = await parts.known()
    if (stopped.aborted) return
    if (known.sources.length === 0 && known.visitSites.length === 0) return open ? close() : undefined
    if (open) await thread.know(known)
    else begin(known)
  }
  return {
    state: () => state,
    apply: () => inTurn(apply),
    restart: () =>
      inTurn(async () => {
        await close()
        await apply()
      }),
  }
}
