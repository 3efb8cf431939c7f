import type { ClientLink } from '@orpc/client'
import type { LinkContext, OpenSession } from './transport.ts'

export type ConnectionState = 'connecting' | 'open' | 'lost' | 'not-signed-in'

/** Thrown by calls that are made, or under way, while there is no connection to the core. */
export class ConnectionLost extends Error {
  constructor(options?: ErrorOptions) {
    super('The connection to Frostline was lost, so this may not have been done.', options)
    this.name = 'ConnectionLost'
  }
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5_000

export interface Connection {
  readonly link: ClientLink<LinkContext>
  readonly start: () => void
  readonly state: () => ConnectionState
  readonly subscribe: (listener: () => void) => () => void
}

/** Keeps a line to the core open. The link it offers stays the same object across reconnections. */
export function createConnection(open: OpenSession, pause: (ms: number) => Promise<void> = sleep): Connection {
  const listeners = new Set<() => void>()
  let state: ConnectionState = 'connecting'
  let current: ClientLink<LinkContext> | null = null
  const firstTry = Promise.withResolvers<void>()

  const enter = (next: ConnectionState) => {
    state = next
    if (next !== 'connecting') firstTry.resolve()
    for (const listener of listeners) listener()
  }

  const run = async () => {
    let pauseMs = FIRST_PAUSE_MS
    for (;;) {
      const session = await open()
      let end = session
      if (typeof session !== 'string') {
        current = session.link
        pauseMs = FIRST_PAUSE_MS
        enter('open')
        end = await session.ended
        current = null
      }
      if (end === 'not-signed-in') return enter('not-signed-in')
      enter('lost')
      await pause(pauseMs)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }

  return {
    link: {
      async call(path, input, options) {
        await firstTry.promise
        const link = current
        if (!link) throw new ConnectionLost()
        try {
          return await link.call(path, input, options)
        } catch (error) {
          // A call that the broken line ended says nothing useful about itself.
          if (current !== link && !options.signal?.aborted) throw new ConnectionLost({ cause: error })
          throw error
        }
      },
    },
    start: () => void run(),
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
