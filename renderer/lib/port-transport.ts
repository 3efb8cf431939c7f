import { RPCLink } from '@orpc/client/message-port'
import type { LinkContext, OpenSession, SessionEnd } from './transport.ts'

declare global {
  interface Window {
    /** Put there by the desktop shell; `connect` has a message port posted to this window. */
    readonly frostline?: { connect(): void }
  }
}

const PORT_MESSAGE = 'frostline:port'

/** The desktop window's line to the core: a message port that the shell hands over. */
export const openPortSession: OpenSession = async () => {
  const port = await receivePort()
  const { promise: ended, resolve: end } = Promise.withResolvers<SessionEnd>()
  port.addEventListener('close', () => end('lost'))
  const link = new RPCLink<LinkContext>({ port })
  port.start()
  return { link, ended }
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
