import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openApi } from '../../support/openapi.ts'

/**
 * A site at Netlify in memory. Every request is held against Netlify's published OpenAPI document, and so is every answer
 * of ours; what does not fit is told in `violations`. A test may answer in its place.
 */
export interface FakeNetlify {
  readonly baseUrl: string
  readonly hookUrl: string
  readonly violations: string[]
  /** The operations that were called, by their names in the document. */
  readonly calls: string[]
  /** The query of each trigger of the hook. */
  readonly hookQueries: Record<string, string>[]
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean
  /** A deploy that somebody else made. */
  push(title: string): string
  stop(): Promise<void>
}

export const NETLIFY_TOKEN = 'nfp-secret-7c1d'
export const NETLIFY_SITE = '3970e0fe-8564-4903-9a55-c5f8de49fb8b'
const HOOK = '5ba0e1f21f12b75ffb9f3c4e'

interface Kept {
  readonly id: string
  readonly title: string
  readonly branch: string
  readonly createdAtMs: number
  state: string
  publishedAtMs: number | null
  error: string | null
}

export async function startFakeNetlify(): Promise<FakeNetlify> {
  const describe = openApi('@netlify/open-api')
  const deploys: Kept[] = []
  let live: Kept | null = null
  let locked = false

  const make = (title: string, branch = 'main'): Kept => {
    const deploy = {
      id: (deploys.length + 1).toString(16).padStart(24, '6'),
      title,
      branch,
      createdAtMs: Date.now(),
      state: 'enqueued',
      publishedAtMs: null,
      error: null,
    }
    deploys.unshift(deploy)
    return deploy
  }
  const goOn = (deploy: Kept): void => {
    if (deploy.state === 'enqueued') deploy.state = 'building'
    else if (deploy.state === 'building') {
      deploy.state = 'ready'
      if (!locked) publish(deploy)
    }
  }
  const publish = (deploy: Kept): void => {
    deploy.publishedAtMs = Date.now()
    live = deploy
  }
  const show = (deploy: Kept) => ({
    id: deploy.id,
    site_id: NETLIFY_SITE,
    build_id: `b${deploy.id}`,
    state: deploy.state,
    title: deploy.title,
    branch: deploy.branch,
    context: 'production',
    commit_ref: '8f3c1d22a0b44c5e9f',
    admin_url: 'https://app.netlify.com/sites/lollies',
    created_at: new Date(deploy.createdAtMs).toISOString(),
    updated_at: new Date().toISOString(),
    locked: locked && deploy === live,
    ...(deploy.publishedAtMs === null ? {} : { published_at: new Date(deploy.publishedAtMs).toISOString() }),
    ...(deploy.error === null ? {} : { error_message: deploy.error }),
  })

  function answerTo(operation: string, path: Readonly<Record<string, string>>, query: URLSearchParams): [number, unknown] {
    const missing: [number, unknown] = [404, { code: 404, message: 'Not Found' }]
    if ('site_id' in path && path.site_id !== NETLIFY_SITE) return missing
    const deploy = deploys.find(({ id }) => id === path.deploy_id)
    if ('deploy_id' in path && !deploy) return missing
    switch (operation) {
      case 'getSite':
        return [200, { id: NETLIFY_SITE, name: 'lollies', ...(live ? { published_deploy: show(live) } : {}) }]
      case 'listSiteDeploys':
        return [200, deploys.slice(0, Number(query.get('per_page') ?? 100)).map(show)]
      case 'createSiteBuild': {
        const made = make(query.get('title') ?? '', query.get('branch') ?? 'main')
        return [200, { id: `b${made.id}`, deploy_id: made.id, done: false, created_at: show(made).created_at }]
      }
    }
    if (!deploy) return missing
    switch (operation) {
      case 'getDeploy':
        goOn(deploy)
        return [200, show(deploy)]
      case 'cancelSiteDeploy':
        if (deploy.state !== 'ready') {
          deploy.state = 'error'
          deploy.error = 'Canceled build'
        }
        return [201, show(deploy)]
      case 'restoreSiteDeploy':
        publish(deploy)
        return [201, show(deploy)]
      case 'lockDeploy':
      case 'unlockDeploy':
        locked = operation === 'lockDeploy'
        return [200, show(deploy)]
      default:
        return missing
    }
  }

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume()
    if (fake.intercept(request, response)) return
    const url = new URL(request.url ?? '', fake.baseUrl)
    if (url.pathname === `/build_hooks/${HOOK}`) {
      fake.hookQueries.push(Object.fromEntries(url.searchParams))
      make(url.searchParams.get('trigger_title') ?? '', url.searchParams.get('trigger_branch') ?? 'main')
      return void response.writeHead(200).end()
    }
    const call = describe(request.method ?? '', url)
    if (!call) {
      fake.violations.push(`${request.method} ${url.pathname} is not in the description`)
      return void response.writeHead(404).end()
    }
    fake.calls.push(call.operationId)
    fake.violations.push(...call.problems)
    const allowed = request.headers.authorization === `Bearer ${NETLIFY_TOKEN}`
    const [status, body] = allowed
      ? answerTo(call.operationId, call.path, url.searchParams)
      : [401, { code: 401, message: 'Access Denied' }]
    fake.violations.push(...call.check(status, body))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  const server = createServer(answer)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A server that listens on TCP always has an address with a port.
  const origin = `http://api.netlify.localhost:${(server.address() as AddressInfo).port}`
  const fake: FakeNetlify = {
    baseUrl: `${origin}/api/v1`,
    hookUrl: `${origin}/build_hooks/${HOOK}`,
    violations: [],
    calls: [],
    hookQueries: [],
    intercept: () => false,
    push: (title) => make(title).id,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return fake
}
