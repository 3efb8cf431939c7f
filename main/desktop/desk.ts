import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { RPCLink } from '@orpc/client/message-port'
import type { Contract } from '#shared/contract.ts'
import type { Topic } from '#shared/activity.ts'
import type { CoreHandle } from '../core-host.ts'
import type { Identity } from '../core-protocol.ts'
import type { Log } from '../platform/log.ts'

/** The window's own line to the core, for what it shows outside of its page. Acts in the person's name. */
export interface Desk {
  readonly client: ContractRouterClient<Contract>
  /** Calls back with what has changed, until the core ends. */
  onChange(listener: (topics: readonly Topic[]) => void): void
  /** Calls back with everything that a stream tells, until the core ends. */
  hear<T>(stream: (signal: AbortSignal) => Promise<AsyncIterable<T>>, heard: (message: T) => void): void
  close(): void
}

export function openDesk(core: Pick<CoreHandle, 'connect'>, identity: Identity, log: Log): Desk {
  const port = core.connect({ ...identity, shell: true })
  const client: Desk['client'] = createORPCClient(new RPCLink({ port }))
  const ending = new AbortController()
  const listeners: ((topics: readonly Topic[]) => void)[] = []
  port.once('close', () => ending.abort())

  const hear: Desk['hear'] = (stream, heard) => {
    const follow = async (): Promise<void> => {
      for await (const message of await stream(ending.signal)) heard(message)
    }
    void follow().catch((error: unknown) => {
      if (!ending.signal.aborted) log.warn({ err: error }, 'the window hears the core no longer')
    })
  }
  hear(
    (signal) => client.activity.changes(undefined, { signal }),
    ({ topics }) => {
      for (const listener of listeners) listener(topics)
    },
  )
  return {
    client,
    hear,
    onChange: (listener) => void listeners.push(listener),
    close() {
      ending.abort()
      port.close()
    },
  }
}
