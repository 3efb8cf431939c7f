import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Duplex } from 'node:stream'
import { lookupAny } from './http-connect.ts'

/** Connections for one call of a vendor's client that would send it again by itself. */
export interface OneCall {
  /** Gives the first request a connection, and throws for every other. */
  agent(url: URL): HttpAgent | HttpsAgent
  close(): void
}

export interface OneCallEvents {
  /** The answer begins: its status. */
  status(status: number): void
  /** The connection broke. */
  broken(error: Error): void
}

const STATUS_LINE = /^HTTP\/1\.\d (\d{3})/

/**
 * Some clients wait and send again when they are told to slow down or the line breaks, POSTs among them. A call that was
 * given these connections is sent once, and its caller hears at once why it would have been sent again.
 */
export function createOneCall(events: OneCallEvents): OneCall {
  let agent: HttpAgent | undefined
  return {
    agent(url) {
      if (agent) throw new Error('This call was sent already.')
      const made = url.protocol === 'https:' ? new HttpsAgent({ lookup: lookupAny }) : new HttpAgent({ lookup: lookupAny })
      const connect = made.createConnection.bind(made)
      made.createConnection = (...args) => {
        const socket = connect(...args)
        if (socket) watch(socket, events)
        return socket
      }
      agent = made
      return made
    },
    close: () => agent?.destroy(),
  }
}

function watch(socket: Duplex, { status, broken }: OneCallEvents): void {
  socket.once('data', (bytes: Buffer) => {
    const line = STATUS_LINE.exec(bytes.subarray(0, 12).toString('latin1'))
    if (line) status(Number(line[1]))
  })
  socket.once('error', broken)
}
