import type { IncomingHttpHeaders } from 'node:http'
import { gzipSync } from 'node:zlib'
import { startHttpServer, type TestServer } from '../main/platform/http-test-server.ts'

export interface Served {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}
export interface Seen {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** How often this path was asked for before. */
  readonly before: number
}

export interface SiteServer extends TestServer {
  readonly requests: Seen[]
  /** Requests that were under way at one time, at most. */
  mostAtOnce(): number
}

/** A small real site: what it answers is decided for each request. Undefined: 404. */
export async function startSiteServer(
  answer: (seen: Seen) => Served | undefined | Promise<Served | undefined>,
): Promise<SiteServer> {
  const requests: Seen[] = []
  let open = 0
  let most = 0
  const server = await startHttpServer(async (request, response) => {
    const path = request.url ?? '/'
    const seen = { path, headers: request.headers, before: requests.filter((other) => other.path === path).length }
    requests.push(seen)
    open += 1
    most = Math.max(most, open)
    const { status = 200, headers = {}, body = '' } = (await answer(seen)) ?? { status: 404, body: 'nothing here' }
    open -= 1
    response.sendDate = headers['date'] === undefined
    response.writeHead(status, headers).end(body)
  })
  return { ...server, requests, mostAtOnce: () => most }
}

export const gzipped = (text: string): Buffer => gzipSync(text)
