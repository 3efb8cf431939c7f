import { hash } from 'node:crypto'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import { httpInspector } from '#main/inspection/http-inspector.ts'
import { inspectPage, type Observation } from '#main/inspection/inspect-page.ts'
import { createHttp } from '#main/platform/http.ts'
import { startSiteServer, type Seen, type Served, type SiteServer } from './site-server.ts'

interface Around {
  policy?: EdgePolicy
  tagHeader?: string
  origin?: SiteServer
  originKnown?: boolean
  path?: string
  volatileSelectors?: readonly string[]
}

export interface EdgeLook {
  serve(answer: (seen: Seen) => Served): Promise<SiteServer>
  /** One inspection of a page through a server that stands for the edge. */
  look(edge: SiteServer, around?: Around): Promise<Observation>
  end(): Promise<void>
}

/** Real servers as edge and origin, and real requests to them. */
export function edgeLook(): EdgeLook {
  const http = createHttp()
  const servers: SiteServer[] = []
  return {
    async serve(answer) {
      const server = await startSiteServer(answer)
      servers.push(server)
      http.allow(server.hostPort)
      return server
    },
    look(edge, around = {}) {
      const { get, originHash } = httpInspector(http)
      const path = around.path ?? '/page'
      const page = { id: 7, url: edge.url + path, path, originKnown: around.originKnown ?? false, before: null }
      return inspectPage(
        page,
        {
          get,
          policyFor: () => around.policy ?? null,
          tagHeader: around.tagHeader ?? null,
          originHash: async (asked, seen, signal) =>
            around.origin ? originHash(around.origin.url, asked, seen, around.volatileSelectors ?? [], signal) : null,
        },
        AbortSignal.timeout(10_000),
      )
    },
    async end() {
      await http.close()
      for (const server of servers) await server.stop()
    },
  }
}

export const html = { 'content-type': 'text/html' }
export const sha = (text: string) => `sha256-${hash('sha256', text, 'hex')}`

/** The first answer of a path from the origin, every later one from the copy. */
export const caching =
  (headers: Record<string, string> = {}) =>
  ({ before }: Seen): Served => ({
    headers: {
      ...html,
      'cache-control': 's-maxage=60',
      'x-amz-cf-pop': 'FRA56-P3',
      'x-cache': before === 0 ? 'Miss from cloudfront' : 'Hit from cloudfront',
      ...headers,
    },
    body: 'hello',
  })
