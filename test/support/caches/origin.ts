import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** What the origin answers for a path. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly delayMs?: number
}
type Answers = Answer | ((request: IncomingMessage) => Answer)

/** A small real origin that is told what to answer, page by page. */
export interface Origin {
  readonly port: number
  readonly url: string
  /** From now on this is what it has. A path stands for itself with every query string unless that is given apart. */
  serve(path: string, answer: Answers): void
  forget(path: string): void
  /** Nothing listens on its port any more. */
  down(): Promise<void>
  up(): Promise<void>
  readonly requests: readonly string[]
  stop(): Promise<void>
}

/** Answers 404 to what it was not told of. `ETag` and `Last-Modified` are only what an answer names. */
export async function startOrigin(): Promise<Origin> {
  const pages = new Map<string, Answers>()
  const requests: string[] = []
  const sockets = new Set<Socket>()
  const answerOf = (request: IncomingMessage): Answer => {
    const path = request.url ?? '/'
    const found = pages.get(path) ?? pages.get(path.split('?', 1)[0] ?? path)
    return typeof found === 'function' ? found(request) : (found ?? { status: 404, body: 'not here' })
  }
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url}`)
    const { status = 200, headers = {}, body = '', delayMs = 0 } = answerOf(request)
    const names = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    const same = names['etag'] !== undefined && request.headers['if-none-match']?.includes(names['etag']) === true
    setTimeout(() => {
      response.sendDate = names['date'] === undefined
      const sent = { 'content-type': 'text/html; charset=utf-8', ...names }
      if (same) response.writeHead(304, sent).end()
      else response.writeHead(status, sent).end(body)
    }, delayMs)
  }
  let server: Server | null = null
  const listen = async (port: number) => {
    const opened = createServer(handle)
    opened.on('connection', (socket) => {
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
    })
    await new Promise<void>((resolve, reject) => {
      opened.once('error', reject)
      opened.listen(port, '127.0.0.1', resolve)
    })
    server = opened
    return (opened.address() as AddressInfo).port
  }
  const close = async () => {
    const open = server
    server = null
    if (open === null) return
    const closed = new Promise((resolve) => {
      open.close(resolve)
    })
    for (const socket of sockets) socket.destroy()
    await closed
  }
  const port = await listen(0)
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    serve: (path, answer) => void pages.set(path, answer),
    forget: (path) => void pages.delete(path),
    down: close,
    up: async () => {
      if (server === null) await listen(port)
    },
    requests,
    stop: close,
  }
}
