import type { Agent } from 'node:http'
import type { Duplex } from 'node:stream'
import { plainAgent, RoutedHttpsAgent } from './http-agents.ts'
import type { Network } from './network.ts'

/** Connections for one call of a vendor's client that would send it again by itself. */
export interface OneCall {
  /** Gives the first request a connection, and throws for every other. */
  agent(url: URL): Agent
  close(): void
}

export interface OneCallEvents {
  /** The answer begins: its status. */
  status(status: number): void
  /** The connection broke, or did not come about. */
  broken(error: Error): void
}

const STATUS_LINE = /^HTTP\/1\.\d (\d{3})/

/**
 * Some clients wait and send again when they are told to slow down or the line breaks, POSTs among them. A call that was
 * given these connections is sent once, and its caller hears at once why it would have been sent again.
 */
export function createOneCall(network: Network, { status, broken }: OneCallEvents): OneCall {
  const events = {
    failed: broken,
    opened: (socket: Duplex) =>
      void socket.once('data', (bytes: Buffer) => {
        const line = STATUS_LINE.exec(bytes.subarray(0, 12).toString('latin1'))
        if (line) status(Number(line[1]))
      }),
  }
  let agent: Agent | undefined
  return {
    agent(url) {
      if (agent) throw new Error('This call was sent already.')
      const route = url.protocol === 'https:' ? null : network.routeTo(url)
      agent =
        url.protocol === 'https:'
          ? new RoutedHttpsAgent(network, {}, events)
          : plainAgent(network, url, route instanceof Promise ? null : route, {}, events)
      return agent
    },
    close: () => agent?.destroy(),
  }
}
