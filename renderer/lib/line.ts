import { ahead } from './ahead.ts'
import { readSecret } from './sign-in.ts'

/** Why a line ended: the connection broke, or the core does not know this window. */
export type LineEnd = 'lost' | 'not-signed-in'

/** A line to the core that accepts calls. */
export interface Line {
  readonly carrier: WebSocket | MessagePort
  readonly ended: Promise<LineEnd>
}

declare global {
  interface Window {
    /** Put there by the desktop shell; `connect` has a message port posted to this window. */
    readonly frostline?: { connect(): void }
  }
}

/** The close code with which the core refuses a window that is not signed in. */
const NOT_SIGNED_IN = 4401
const PORT_MESSAGE = 'frostline:port'

/** The browser's line: one WebSocket whose first frame proves who we are. */
async function openSocket(): Promise<Line | LineEnd> {
  const known = await readSecret()
  if (known === 'unreachable') return 'lost'
  if (known === null) return 'not-signed-in'
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/rpc`)
  socket.binaryType = 'arraybuffer'
  const { promise: ended, resolve: end } = Promise.withResolvers<LineEnd>()
  socket.addEventListener('close', (event) => end(event.code === NOT_SIGNED_IN ? 'not-signed-in' : 'lost'))
  socket.addEventListener('open', () => socket.send(known.secret), { once: true })
  const accepted = new Promise<Line>((resolve) => {
    socket.addEventListener('message', () => resolve({ carrier: socket, ended }), { once: true })
  })
  return Promise.race([accepted, ended])
}

/** The desktop window's line: a message port that the shell hands over. */
async function openPort(): Promise<Line> {
  const port = await receivePort()
  const { promise: ended, resolve: end } = Promise.withResolvers<LineEnd>()
  port.addEventListener('close', () => end('lost'))
  return { carrier: port, ended }
}

function receivePort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent<unknown>) => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== PORT_MESSAGE || !port) return
      window.removeEventListener('message', receive)
      resolve(port)
    }
    window.addEventListener('message', receive)
    window.frostline?.connect()
  })
}

/** Kept apart from what is said over it, so that it opens while the rest of the scripts is read. */
export const line = ahead<Line | LineEnd>(() => (window.frostline ? openPort() : openSocket()))
