import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A build service in memory that speaks `docs/build-status-monitor.md`; a test may answer in its place. */
export interface FakeBuildService {
  readonly origin: string
  readonly hookUrl: string
  readonly listUrl: string
  /** The bodies of triggers that came. */
  readonly triggers: string[]
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean
  stop(): Promise<void>
}

interface FakeBuild {
  readonly id: string
  readonly title: string
  readonly queuedOn: string
  readonly publish: boolean
  state: string
  asked: number
  endedOn: string | null
}

export const FAKE_HOOK_SECRET = 'hook-5f2c1e'
const HASH = `sha256-${'ab'.repeat(32)}`

export async function startFakeBuildService(): Promise<FakeBuildService> {
  const builds: FakeBuild[] = []
  const triggers: string[] = []

  const documentOf = (build: FakeBuild): unknown => ({
    id: build.id,
    state: build.state,
    title: build.title,
    causes: ['frostline'],
    queuedOn: build.queuedOn,
    startsOn: build.queuedOn,
    startedOn: build.state === 'queued' ? null : build.queuedOn,
    endedOn: build.endedOn,
    progress: { done: build.asked, total: 3, phase: 'writing pages' },
    error: null,
    release:
      build.state === 'succeeded'
        ? {
            id: `r-${build.id}`,
            published: build.publish,
            publishedOn: build.publish ? build.endedOn : null,
            manifest: `/releases/r-${build.id}/manifest.json`,
          }
        : null,
    links: { log: `/builds/${build.id}/log`, cancel: `/builds/${build.id}/cancel`, list: '/builds' },
  })
  const advance = (build: FakeBuild): void => {
    build.asked += 1
    if (build.endedOn !== null || build.asked < 2) return
    build.state = build.asked < 3 ? 'running' : 'succeeded'
    if (build.state === 'succeeded') build.endedOn = new Date().toISOString()
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (service.intercept(request, response)) return
    const json = (body: unknown): void =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const path = (request.url ?? '').split('?')[0] ?? ''
    if (path === `/hooks/${FAKE_HOOK_SECRET}` && request.method === 'POST') {
      triggers.push(await textOf(request))
      const { title, publish = true } = JSON.parse(triggers.at(-1) ?? '') as { title: string; publish?: boolean }
      builds.unshift({
        id: `b-${builds.length + 1}`,
        title,
        publish,
        queuedOn: new Date().toISOString(),
        state: 'queued',
        asked: 0,
        endedOn: null,
      })
      response.writeHead(202, { location: `/builds/${builds[0]?.id}` }).end()
      return
    }
    if (path === '/builds') {
      const limit = Number(new URL(request.url ?? '', service.origin).searchParams.get('limit') ?? 20)
      const live = builds.find(({ state, publish }) => state === 'succeeded' && publish)
      return json({ liveReleaseId: live ? `r-${live.id}` : null, builds: builds.slice(0, limit).map(documentOf) })
    }
    const [, id, rest] = /^\/(?:builds|releases)\/(?:r-)?(b-\d+)(.*)$/.exec(path) ?? []
    const build = builds.find((candidate) => candidate.id === id)
    if (!build) return void response.writeHead(404).end('no such thing')
    if (rest === '') {
      advance(build)
      return json(documentOf(build))
    }
    if (rest === '/log')
      return void response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('reading content\nwriting pages\n')
    if (rest === '/cancel') {
      if (build.endedOn === null) {
        build.state = 'cancelled'
        build.endedOn = new Date().toISOString()
      }
      return void response.writeHead(202).end()
    }
    json({
      id: `r-${build.id}`,
      buildId: build.id,
      startedOn: build.queuedOn,
      files: [
        { host: 'shop.example.com', path: '/about/', hash: HASH, type: 'text/html', size: 1804, tags: ['pb-menu:main-menu'] },
      ],
      redirects: [{ from: '/lolly/*', to: '/.functions/lolly', status: 200 }],
    })
  }

  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on TCP always has an address with a port.
  const origin = `http://builds.localhost:${(server.address() as AddressInfo).port}`
  const service: FakeBuildService = {
    origin,
    triggers,
    hookUrl: `${origin}/hooks/${FAKE_HOOK_SECRET}`,
    listUrl: `${origin}/builds`,
    intercept: () => false,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return service
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
