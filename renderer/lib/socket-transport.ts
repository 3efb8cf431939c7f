import { RPCLink } from '@orpc/client/websocket'
import { readSecret } from './sign-in.ts'
import type { LinkContext, OpenSession, Session, SessionEnd } from './transport.ts'

/** The close code with which the core refuses a window that is not signed in. */
const NOT_SIGNED_IN = 4401

/** The browser's line to the core: one WebSocket whose first frame proves who we are. */
export const openSocketSession: OpenSession = async () => {
  const known = await readSecret()
  if (known === 'unreachable') return 'lost'
  if (known === null) return 'not-signed-in'
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/rpc`)
  socket.binaryType = 'arraybuffer'
  const { promise: ended, resolve: end } = Promise.withResolvers<SessionEnd>()
  socket.addEventListener('close', (event) => end(event.code === NOT_SIGNED_IN ? 'not-signed-in' : 'lost'))
  const accepted = new Promise<Session>((resolve) => {
    socket.addEventListener('open', () => socket.send(known.secret), { once: true })
    socket.addEventListener(
      'message',
      () => {
        resolve({ link: new RPCLink<LinkContext>({ websocket: silentAfterwards(socket) }), ended })
      },
      { once: true },
    )
  })
  return Promise.race([accepted, ended])
}

/**
 * The socket, without an error for what is sent after it broke: streams say that they end when their listeners go, and by
 * then nobody hears it. Calls that wait for an answer fail with the line itself.
 */
function silentAfterwards(socket: WebSocket): ConstructorParameters<typeof RPCLink>[0]['websocket'] {
  return {
    readyState: socket.readyState,
    addEventListener: socket.addEventListener.bind(socket),
    removeEventListener: socket.removeEventListener.bind(socket),
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(message)
    },
  }
}
