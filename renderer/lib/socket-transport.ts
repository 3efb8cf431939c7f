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
  const socket = new WebSocket(`ws://${location.host}/rpc`)
  socket.binaryType = 'arraybuffer'
  const { promise: ended, resolve: end } = Promise.withResolvers<SessionEnd>()
  socket.addEventListener('close', (event) => end(event.code === NOT_SIGNED_IN ? 'not-signed-in' : 'lost'))
  const accepted = new Promise<Session>((resolve) => {
    socket.addEventListener('open', () => socket.send(known.secret), { once: true })
    socket.addEventListener(
      'message',
      () => {
        resolve({ link: new RPCLink<LinkContext>({ websocket: socket }), ended })
      },
      { once: true },
    )
  })
  return Promise.race([accepted, ended])
}
