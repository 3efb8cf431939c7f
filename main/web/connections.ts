import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { CoreHandle } from '../core-host.ts'
import { relay } from './relay.ts'
import type { Sessions } from './sessions.ts'

export const MAX_FRAME_BYTES = 4 * 1024 * 1024
const FIRST_FRAME_MS = 5_000
const MAX_CONNECTIONS = 64
/** A page that does not answer the goodbye is not waited for longer. */
const CLOSING_MS = 500
/** Our close code for "sign in first": the page then asks for a new address instead of trying again. */
export const SIGN_IN_FIRST = 4401

export interface Connections {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Closes the pages that this person's link has opened. */
  signOut(personId: string): void
  /** How many pages are connected. */
  count(): number
  close(): void
}

/** The page's one connection: its first frame is the session secret, everything after it belongs to the core. */
export function createConnections(
  core: Pick<CoreHandle, 'connect'>,
  sessions: Sessions,
  firstFrameMs = FIRST_FRAME_MS,
): Connections {
  const whose = new WeakMap<WebSocket, string>()
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES, perMessageDeflate: false })

  server.on('connection', (socket: WebSocket) => {
    // A frame that breaks the limits raises an error and then closes the socket.
    socket.on('error', () => socket.terminate())
    if (server.clients.size > MAX_CONNECTIONS) return socket.close(1013, 'Too many windows are open.')
    const timer = setTimeout(() => socket.close(SIGN_IN_FIRST, 'Sign in first.'), firstFrameMs)
    socket.once('close', () => clearTimeout(timer))
    socket.once('message', (data, isBinary) => {
      clearTimeout(timer)
      const identity = isBinary || !Buffer.isBuffer(data) ? null : sessions.identityOf(data.toString('utf8'))
      if (!identity) return socket.close(SIGN_IN_FIRST, 'Sign in again.')
      if (identity.personId !== undefined) whose.set(socket, identity.personId)
      relay(socket, core.connect(identity))
      socket.send('ok')
    })
  })

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request)),
    signOut(personId) {
      for (const socket of server.clients) if (whose.get(socket) === personId) socket.close(SIGN_IN_FIRST, 'Signed out.')
    },
    count: () => server.clients.size,
    close() {
      for (const socket of server.clients) {
        socket.close(1001, 'Frostline ends.')
        setTimeout(() => socket.terminate(), CLOSING_MS).unref()
      }
      server.close()
    },
  }
}
