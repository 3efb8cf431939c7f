import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A request before its body is read. Header names are in lower case; a repeated one is joined by `, `. */
export interface RequestHead {
  readonly method: string
  /** The target as it was sent, with its query. */
  readonly target: string
  readonly headers: ReadonlyMap<string, string>
}

export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request whose body is wanted. */
export interface Wanted {
  readonly maxBytes: number
  answer(body: Uint8Array): Reply | Promise<Reply>
}

export interface Listening {
  readonly port: number
  close(): Promise<void>
}

const SLOW_REQUEST_MS = 10_000
const IDLE_MS = 30_000
const MAX_CONNECTIONS = 1_000
const MAX_HEADER_BYTES = 16_384
const TOO_LARGE: Reply = { status: 413, headers: { Connection: 'close' }, body: 'This is too large.\n' }
const FAILED: Reply = { status: 500, body: 'This could not be stored. Send it again later.\n' }

/**
 * A server that takes small bodies as raw bytes. `begin` judges a request by its head: what it refuses is never read.
 * Rejects when the port cannot be had. Port 0 takes a free one.
 */
export async function receiveHttp(
  place: { readonly host: string; readonly port: number },
  begin: (head: RequestHead) => Reply | Wanted,
  onError: (error: unknown) => void,
): Promise<Listening> {
  const server = createServer({
    requestTimeout: SLOW_REQUEST_MS,
    headersTimeout: SLOW_REQUEST_MS,
    keepAliveTimeout: IDLE_MS,
    maxHeaderSize: MAX_HEADER_BYTES,
  })
  server.maxConnections = MAX_CONNECTIONS
  server.on('request', (request, response) => {
    void take(request, begin)
      .catch((error: unknown) => {
        onError(error)
        return FAILED
      })
      .then((reply) => reply && send(request, response, reply))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(place.port, place.host, () => {
      server.off('error', reject)
      server.on('error', onError)
      resolve()
    })
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.')
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Null when the sender went away. */
async function take(request: IncomingMessage, begin: (head: RequestHead) => Reply | Wanted): Promise<Reply | null> {
  const headers = new Map(Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]))
  const wanted = begin({ method: request.method ?? '', target: request.url ?? '', headers })
  if ('status' in wanted) return wanted
  if (Number(request.headers['content-length'] ?? 0) > wanted.maxBytes) return TOO_LARGE
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > wanted.maxBytes) return TOO_LARGE
      chunks.push(chunk)
    }
  } catch {
    return null
  }
  return wanted.answer(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks))
}

function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  if (response.destroyed) return
  const body = reply.body ?? ''
  response.writeHead(reply.status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
    ...reply.headers,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
  // The rest of a body that was refused is not read.
  if (!request.complete) response.once('finish', () => request.destroy())
}
