import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/**
 * One loopback port. It listens before its handler is known, because every URL of the demo contains a port; until then
 * it answers 503.
 */
export class LocalServer {
  readonly port: number
  readonly #addresses: readonly string[]
  #servers: Server[]
  #handler: Handler = (_request, response) => {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8' }).end('The demo is starting.\n')
  }

  private constructor(port: number, addresses: readonly string[]) {
    this.port = port
    this.#addresses = addresses
    this.#servers = []
  }

  /**
   * @param port 0 lets the system choose.
   * @throws an error with the code `EADDRINUSE` when the port is taken on one of the addresses.
   */
  static async listen(port: number, options: { readonly alsoIpv6?: boolean } = {}): Promise<LocalServer> {
    const probe = await bind(createServer(), port, '127.0.0.1')
    const chosenPort = portOf(probe)
    await closeServer(probe)
    const addresses = options.alsoIpv6 === true ? ['127.0.0.1', '::1'] : ['127.0.0.1']
    const local = new LocalServer(chosenPort, addresses)
    await local.start()
    return local
  }

  get running(): boolean {
    return this.#servers.length > 0
  }

  handle(handler: Handler): void {
    this.#handler = handler
  }

  async start(): Promise<void> {
    if (this.running) return
    const servers: Server[] = []
    for (const address of this.#addresses) {
      const server = createServer((request, response) => void this.#answer(request, response))
      server.keepAliveTimeout = 30_000
      try {
        servers.push(await bind(server, this.port, address))
      } catch (error) {
        // A machine without IPv6 is fine: browsers then use 127.0.0.1 for *.localhost.
        if (address === '::1' && !hasCode(error, 'EADDRINUSE')) continue
        await Promise.all(servers.map(closeServer))
        throw error
      }
    }
    this.#servers = servers
  }

  async stop(): Promise<void> {
    const servers = this.#servers
    this.#servers = []
    await Promise.all(servers.map(closeServer))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.sendDate = false
    try {
      await this.#handler(request, response)
    } catch (error) {
      if (response.headersSent) {
        response.destroy()
        return
      }
      const reason = error instanceof Error ? error.message : String(error)
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(`The demo failed: ${reason}\n`)
    }
  }
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function bind(server: Server, port: number, address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
