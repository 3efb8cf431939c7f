import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net'

export interface TestServer {
  readonly port: number
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly hostPort: string
  stop(): Promise<void>
}

export async function startHttpServer(answer: RequestListener): Promise<TestServer> {
  return await listen(createHttpServer(answer))
}

/** A server that may answer anything at all. */
export async function startTcpServer(connected: (socket: Socket) => void): Promise<TestServer> {
  return await listen(createTcpServer(connected))
}

async function listen(server: Server): Promise<TestServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on TCP always has an address with a port.
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    hostPort: `127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
