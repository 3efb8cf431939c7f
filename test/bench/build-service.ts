import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export interface BuildService {
  readonly hookUrl: string
  /** How many builds were asked for. */
  builds(): number
  stop(): Promise<void>
}

/** A build hook with a status monitor whose builds do nothing for a while. */
export async function startBuildService(buildMs: number): Promise<BuildService> {
  const startedAtMs: number[] = []
  const server = createServer((request, response) => {
    request.resume()
    if (request.method === 'POST') {
      startedAtMs.push(Date.now())
      return response.writeHead(202, { location: `/builds/${startedAtMs.length}` }).end(document(startedAtMs.length))
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end(document(Number(request.url?.split('/').at(-1))))
  })
  const document = (number: number) => {
    const atMs = startedAtMs[number - 1] ?? Date.now()
    const ended = Date.now() - atMs >= buildMs
    const on = new Date(atMs).toISOString()
    return JSON.stringify({
      id: `b-${number}`,
      state: ended ? 'succeeded' : 'running',
      title: 'Bench',
      queuedOn: on,
      startedOn: on,
      endedOn: ended ? new Date(atMs + buildMs).toISOString() : null,
    })
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    hookUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    builds: () => startedAtMs.length,
    async stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
