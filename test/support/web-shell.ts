import { mkdtempSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RouterClient } from '@orpc/server'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { startCore, type CoreHandle, type CoreOptions } from '#main/core-host.ts'
import type { Identity } from '#main/core-protocol.ts'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import { silentLog } from '#main/platform/log.ts'
import { loopbackDoor } from '#main/web/door.ts'
import { startPanelServer, type PanelServer, type PanelServerOptions } from '#main/web/panel-server.ts'
import type { StubRouter } from './stub-core-thread.ts'

export const OWNER: Identity = { person: 'Olive', role: 'owner' }
export const STUB_CORE = new URL('stub-core-thread.ts', import.meta.url)
export const STUB_PANEL = fileURLToPath(new URL('../fixtures/panel', import.meta.url))

/** A core that nobody has a sign-in link to. */
export const WITHOUT_PEOPLE = { signIn: async () => null, onRevoked: () => undefined }

/** A folder of its own for one test. */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'frostline-test-'))

/** The stub core in a real thread. */
export function startStubCore(more: Partial<CoreOptions> = {}): Promise<CoreHandle> {
  const dataFolder = more.dataFolder ?? temporaryFolder()
  const secrets = keyFileSecrets(dataFolder)
  return startCore({ dataFolder, secrets, log: silentLog, version: '0.0.0', demo: false, threadUrl: STUB_CORE, ...more })
}

/** The browser shell's server over the stub panel, on a free port. */
export function startStubServer(core: PanelServerOptions['core'], more: Partial<PanelServerOptions> = {}): Promise<PanelServer> {
  const open: PanelServerOptions['open'] = async () => ({ done: 'window' })
  return startPanelServer({ core, panelFolder: STUB_PANEL, door: loopbackDoor(0), log: silentLog, open, ...more })
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface Ask {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** One request as it stands: `fetch` would tidy the path and forbids the headers that matter here. */
export function ask(
  server: { readonly port: number },
  path: string,
  { method = 'GET', headers = {}, body }: Ask = {},
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }, (reply) => {
      let text = ''
      reply.setEncoding('utf8')
      reply.on('data', (chunk: string) => (text += chunk))
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** The token of an address that signs in once. */
export const tokenOf = (address: string): string => new URL(address).hash.replace('#token=', '')

/** Exchanges a token as the panel's page does. */
export function signIn(server: PanelServer, token: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const all = { origin: server.origin, 'content-type': 'application/json', ...headers }
  return ask(server, '/session', { method: 'POST', headers: all, body: JSON.stringify({ token }) })
}

/** A session secret for this person. */
export async function secretFor(server: PanelServer, identity: Identity = OWNER): Promise<string> {
  const reply = await signIn(server, tokenOf(server.signInAddress(identity)))
  const parsed: { secret: string } = JSON.parse(reply.body)
  return parsed.secret
}

/** A socket as the panel's page opens it; other headers play a foreign page. */
export function openSocket(server: PanelServer, headers: Readonly<Record<string, string>> = {}, path = '/rpc'): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers: { origin: server.origin, ...headers } })
  socket.binaryType = 'arraybuffer'
  return socket
}

/** The code with which a socket closes. */
export const closeCode = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve))

/** The status with which an upgrade is refused. */
export const refusedStatus = (socket: WebSocket): Promise<number> =>
  new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, reply) => resolve(reply.statusCode ?? 0))
    socket.once('open', () => reject(new Error('The socket opened.')))
  })

/** A signed-in page: its socket and a client of the stub core over it. */
export async function connectPage(
  server: PanelServer,
  identity: Identity = OWNER,
): Promise<{ socket: WebSocket; client: RouterClient<StubRouter> }> {
  const secret = await secretFor(server, identity)
  const socket = openSocket(server)
  await new Promise((resolve) => socket.once('open', resolve))
  const answered = new Promise<string>((resolve) => socket.once('message', (data: Buffer) => resolve(data.toString())))
  socket.send(secret)
  if ((await answered) !== 'ok') throw new Error('The shell did not accept the page.')
  const client: RouterClient<StubRouter> = createORPCClient(new RPCLink({ websocket: socket }))
  return { socket, client }
}
