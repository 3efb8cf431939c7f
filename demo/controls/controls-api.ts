import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { refusal } from '../platform/local-callers.ts'
import { readBody } from '../platform/read-body.ts'
import { isRecord } from '../platform/state.ts'
import { ControlProblem } from './action.ts'
import { controlActions, type ControlsParts } from './actions.ts'
import { controlViews } from './views.ts'

const assets: ReadonlyMap<string, { readonly file: string; readonly type: string }> = new Map([
  ['/', { file: 'page.html', type: 'text/html; charset=utf-8' }],
  ['/page.css', { file: 'page.css', type: 'text/css; charset=utf-8' }],
  ['/page.js', { file: 'page.js', type: 'text/javascript; charset=utf-8' }],
])

/** The demo controls: a page for people and a JSON API for tests. Every POST answers with a sentence. */
export class ControlsApi {
  readonly #port: number
  readonly #actions: ReturnType<typeof controlActions>
  readonly #views: ReturnType<typeof controlViews>

  constructor(port: number, parts: ControlsParts) {
    this.#port = port
    this.#actions = controlActions(parts)
    this.#views = controlViews(parts)
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = refusal(request, this.#port)
    if (refused !== null) return sendJson(response, 403, { error: refused })
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (request.method === 'GET' || request.method === 'HEAD') {
      const asset = assets.get(pathname)
      if (asset !== undefined) return sendAsset(response, asset)
      const view = this.#views.get(pathname)
      return view === undefined
        ? sendJson(response, 404, { error: 'There is nothing here.' })
        : sendJson(response, 200, view(searchParams))
    }
    const action = request.method === 'POST' ? this.#actions.get(pathname) : undefined
    if (action === undefined) return sendJson(response, 405, { error: 'This method is not offered here.' })
    try {
      const text = (await readBody(request, 64_000)).toString('utf8')
      const body: unknown = text === '' ? {} : JSON.parse(text)
      if (!isRecord(body)) throw new ControlProblem('The body is not a JSON object.')
      sendJson(response, 200, await action(body))
    } catch (error) {
      if (error instanceof SyntaxError) return sendJson(response, 400, { error: 'The body is not JSON.' })
      if (error instanceof ControlProblem) return sendJson(response, 400, { error: error.message })
      throw error
    }
  }
}

function sendAsset(response: ServerResponse, asset: { readonly file: string; readonly type: string }): void {
  response.writeHead(200, {
    'content-type': asset.type,
    'content-security-policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  response.end(readFileSync(new URL(`./${asset.file}`, import.meta.url)))
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(JSON.stringify(value))
}
