import type { ClientLink } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { Line, LineEnd } from './line.ts'

/** Calls carry nothing beside their input; oRPC writes that as this empty record. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type
export type LinkContext = Record<never, never>

/** One line to the core with what makes calls over it. */
export interface Session {
  readonly link: ClientLink<LinkContext>
  readonly ended: Promise<LineEnd>
}

/** Opens a session, or says why there is none. */
export type OpenSession = () => Promise<Session | LineEnd>

/** Makes calls over whatever line is opened. */
export function sessionsOver(openLine: () => Promise<Line | LineEnd>): OpenSession {
  return async () => {
    const opened = await openLine()
    return typeof opened === 'string' ? opened : { link: linkOver(opened.carrier), ended: opened.ended }
  }
}

function linkOver(carrier: Line['carrier']): ClientLink<LinkContext> {
  if (carrier instanceof WebSocket) return new SocketLink<LinkContext>({ websocket: silentAfterwards(carrier) })
  const link = new PortLink<LinkContext>({ port: carrier })
  carrier.start()
  return link
}

/**
 * The socket, without an error for what is sent after it broke: streams say that they end when their listeners go, and by
 * then nobody hears it. Calls that wait for an answer fail with the line itself.
 */
function silentAfterwards(socket: WebSocket): ConstructorParameters<typeof SocketLink>[0]['websocket'] {
  return {
    readyState: socket.readyState,
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message)
    },
  }
}
