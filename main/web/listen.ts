import { createServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { Log } from '../platform/log.ts'
import { LOOPBACK, loopbackDoor, originsOf, type Door } from './door.ts'
import { refusePeer, type Reach } from './guards.ts'
import { plain, type PanelAnswer } from './panel-files.ts'

export type Answer = (request: IncomingMessage, url: URL) => Promise<PanelAnswer>

export interface ListeningServer {
  readonly server: Server
  readonly port: number
  readonly reach: Reach
  /** The address that is given out. */
  readonly origin: string
  close(): Promise<void>
}

const SLOW_REQUEST_MS = 10_000

/** Listens for this machine alone. Port 0 takes a free one. */
export function listenOnLoopback(port: number, log: Log, answer: Answer): Promise<ListeningServer> {
  return listen(loopbackDoor(port), log, answer)
}

/** Listens and hands every request that names exactly an address of the door to `answer`. */
export async function listen(door: Door, log: Log, answer: Answer): Promise<ListeningServer> {
  let reach: Reach = { origins: originsOf(door, door.port), remote: door.address !== LOOPBACK }
  const limits = { requestTimeout: SLOW_REQUEST_MS, headersTimeout: SLOW_REQUEST_MS }
  const server = door.tls ? createTlsServer({ ...limits, ...door.tls }) : createServer(limits)
  server.on('request', (request, response) => {
    const answered = answerChecked(request, reach, answer).catch((error: unknown) => {
      log.error({ err: error }, 'a request could not be answered')
      return plain(500, 'Frostline could not answer. Its log says more.')
    })
    void answered.then((reply) => {
      response.writeHead(reply.status, { ...reply.headers, 'Content-Length': Buffer.byteLength(reply.body) })
      response.end(request.method === 'HEAD' ? undefined : reply.body)
      // The rest of a body that was refused is not read.
      if (!request.complete) response.once('finish', () => request.destroy())
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(door.port, door.address, resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The loopback server has no port.')
  reach = { ...reach, origins: originsOf(door, address.port) }
  return {
    server,
    port: address.port,
    reach,
    origin: reach.origins[0],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Answers an upgrade that is refused, and ends its connection. */
export function refuseUpgrade(socket: Duplex, status: number, sentence: string): void {
  const body = `${sentence}\n`
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  socket.once('error', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

async function answerChecked(request: IncomingMessage, reach: Reach, answer: Answer): Promise<PanelAnswer> {
  const refusal = refusePeer(request, reach)
  if (refusal) return plain(refusal.status, refusal.sentence)
  const url = requestUrl(request)
  return url ? answer(request, url) : plain(400, 'This address cannot be read.')
}

/** The request's target as a URL. Only the origin form (`/path?query`) is accepted. */
export function requestUrl(request: IncomingMessage): URL | null {
  const target = request.url ?? ''
  return target.startsWith('/') ? URL.parse(`http://panel${target}`) : null
}
