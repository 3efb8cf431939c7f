import { createReadStream, existsSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { timingSafeEqual } from 'node:crypto'
import { refusal } from '../platform/local-callers.ts'
import { readBody } from '../platform/read-body.ts'
import { isRecord } from '../platform/state.ts'
import type { BuildLogs } from './build-log.ts'
import type { BuildQueue, BuildTrigger } from './build-queue.ts'
import type { Build, BuildStore } from './build-store.ts'
import type { ReleaseStore } from './release-store.ts'

export interface BuilderParts {
  readonly port: number
  readonly hookSecret: string
  readonly queue: BuildQueue
  readonly store: BuildStore
  readonly logs: BuildLogs
  readonly releases: ReleaseStore
  readonly liveReleaseId: () => string | null
}

const longestWaitSeconds = 3_600

/** The build service over HTTP: hook, status monitor, list, live log, cancel and manifests. */
export class BuilderApi {
  readonly #parts: BuilderParts

  constructor(parts: BuilderParts) {
    this.#parts = parts
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { port, store, queue, releases, liveReleaseId } = this.#parts
    const refused = refusal(request, port)
    if (refused !== null) return sendJson(response, 403, { error: refused })
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const isRead = request.method === 'GET'
    const hook = /^\/hooks\/([0-9a-f]+)$/.exec(pathname)?.[1]
    if (hook !== undefined) return this.#trigger(hook, request, response)
    if (pathname === '/builds' && isRead) {
      const limit = Math.min(200, Math.max(1, Number(searchParams.get('limit') ?? 20) || 20))
      return sendJson(response, 200, {
        liveReleaseId: liveReleaseId(),
        builds: store.list(limit).map((build) => this.#status(build)),
      })
    }
    const manifest = /^\/releases\/(r-\d+)\/manifest\.json$/.exec(pathname)?.[1]
    if (manifest !== undefined && isRead) return sendManifest(response, releases.manifestFile(manifest))
    const [, number, part] = /^\/builds\/b-(\d+)(\/log|\/cancel)?$/.exec(pathname) ?? []
    const build = number === undefined ? null : store.find(Number(number))
    if (build === null) return sendJson(response, 404, { error: 'There is nothing here.' })
    if (part === undefined && isRead) return sendJson(response, 200, this.#status(build))
    if (part === '/log' && isRead) return this.#streamLog(build, response)
    if (part === '/cancel' && request.method === 'POST') {
      await queue.cancel(build.number)
      return sendJson(response, 202, this.#status(store.get(build.number)))
    }
    return sendJson(response, 405, { error: 'This method is not offered here.' })
  }

  async #trigger(secret: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const expected = Buffer.from(this.#parts.hookSecret)
    const given = Buffer.from(secret)
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return sendJson(response, 404, { error: 'There is nothing here.' })
    if (request.method !== 'POST') return sendJson(response, 405, { error: 'A build is triggered with POST.' })
    const trigger = parseTrigger((await readBody(request, 64_000)).toString('utf8'))
    if (typeof trigger === 'string') return sendJson(response, 400, { error: trigger })
    const build = this.#parts.queue.trigger(trigger)
    response.setHeader('location', `/builds/b-${String(build.number)}`)
    return sendJson(response, 202, this.#status(build))
  }

  #status(build: Build): Readonly<Record<string, unknown>> {
    const id = `b-${String(build.number)}`
    const release = build.releaseId === null ? null : this.#parts.releases.find(build.releaseId)
    const publishedOn = release?.publishedOn ?? null
    return {
      id,
      state: build.state,
      title: build.title,
      causes: build.causes,
      queuedOn: build.queuedOn,
      startsOn: build.startsOn,
      startedOn: build.startedOn,
      endedOn: build.endedOn,
      progress: build.progress,
      error: build.error,
      release:
        release === null
          ? null
          : {
              id: build.releaseId,
              published: publishedOn !== null,
              publishedOn,
              manifest: `/releases/${build.releaseId ?? ''}/manifest.json`,
              originPath: `/releases/${build.releaseId ?? ''}`,
            },
      links: { self: `/builds/${id}`, log: `/builds/${id}/log`, cancel: `/builds/${id}/cancel`, list: '/builds' },
    }
  }

  #streamLog(build: Build, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    response.write(this.#parts.logs.read(build.number))
    if (build.state !== 'queued' && build.state !== 'running') {
      response.end()
      return
    }
    const stop = this.#parts.logs.follow(build.number, (line) => {
      if (line === null) response.end()
      else response.write(`${line}\n`)
    })
    response.once('close', stop)
  }
}

/** @returns what was asked for, or a sentence about what is wrong with it. */
function parseTrigger(body: string): BuildTrigger | string {
  if (body.trim() === '') return {}
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return 'The body is not JSON.'
  }
  if (!isRecord(value)) return 'The body is not a JSON object.'
  const { title, cause, coalesceSeconds, publish } = value
  if (title !== undefined && typeof title !== 'string') return 'title must be a text.'
  if (cause !== undefined && typeof cause !== 'string') return 'cause must be a text.'
  if (publish !== undefined && typeof publish !== 'boolean') return 'publish must be true or false.'
  if (coalesceSeconds === undefined) return { title, cause, publish }
  if (typeof coalesceSeconds !== 'number' || !(coalesceSeconds >= 0 && coalesceSeconds <= longestWaitSeconds)) {
    return `coalesceSeconds must be a number from 0 to ${String(longestWaitSeconds)}.`
  }
  return { title, cause, coalesceSeconds, publish }
}

async function sendManifest(response: ServerResponse, file: string): Promise<void> {
  if (!existsSync(file)) return sendJson(response, 404, { error: 'There is no such release.' })
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'public, max-age=31536000, immutable' })
  await pipeline(createReadStream(file), response)
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value)
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'content-length': String(Buffer.byteLength(body)),
  })
  response.end(body)
}
