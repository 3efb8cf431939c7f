import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import type { CoreHandle } from '../core-host.ts'
import type { Identity } from '../core-protocol.ts'
import type { Log } from '../platform/log.ts'
import { createConnections } from './connections.ts'
import { refuseOrigin, refusePeer } from './guards.ts'
import type { Door } from './door.ts'
import { listen, refuseUpgrade, requestUrl, type ListeningServer } from './listen.ts'
import { answerOpen, type OpenAgain } from './open-request.ts'
import { panelFiles, plain, type PanelAnswer } from './panel-files.ts'
import { readSmallJson } from './read-body.ts'
import { createSessions } from './sessions.ts'
import { secretText } from '../platform/random-secret.ts'

export interface PanelServerOptions {
  readonly core: Pick<CoreHandle, 'connect' | 'signIn' | 'onRevoked'>
  /** The built renderer. */
  readonly panelFolder: string
  readonly door: Door
  readonly log: Log
  readonly open: OpenAgain
  readonly now?: () => number
  readonly firstFrameMs?: number
}

export interface PanelServer {
  readonly port: number
  readonly origin: string
  readonly openSecret: string
  /** An address that signs one page in as this person, once, within 60 seconds. */
  signInAddress(identity: Identity, onUsed?: () => void): string
  /** How many pages are connected. */
  pages(): number
  close(): Promise<void>
}

/** A one-time token of an address that was printed or opened here, or the secret of somebody's own link. */
const SignIn = z.union([z.strictObject({ token: z.string().min(1) }), z.strictObject({ link: z.string().min(1).max(200) })])

/** The browser shell's server: the panel's files, sign-in, and the relay of frames to the core. */
export async function startPanelServer(options: PanelServerOptions): Promise<PanelServer> {
  const sessions = createSessions(options.now)
  const openSecret = secretText()
  const connections = createConnections(options.core, sessions, options.firstFrameMs)
  // The files' policy names the port, which is known only once the server listens.
  const files = Promise.withResolvers<Awaited<ReturnType<typeof panelFiles>>>()
  const listening = await listen(options.door, options.log, answer)
  try {
    files.resolve(
      await panelFiles(
        options.panelFolder,
        listening.reach.origins.map((origin) => origin.replace(/^http/, 'ws')),
      ),
    )
  } catch (error) {
    await listening.close()
    throw error
  }
  listening.server.on('upgrade', (request, socket, head) => {
    const refusal = refuseUpgradeOf(request, listening)
    if (!refusal) return connections.upgrade(request, socket, head)
    options.log.warn({ status: refusal.status }, 'refused a connection')
    refuseUpgrade(socket, refusal.status, refusal.sentence)
  })

  options.core.onRevoked((personId) => {
    sessions.end(personId)
    connections.signOut(personId)
  })

  async function answer(request: IncomingMessage, url: URL): Promise<PanelAnswer> {
    if (request.method === 'POST') {
      if (url.pathname === '/open') return answerOpen(request, openSecret, options.open)
      if (url.pathname === '/session') return signIn(request)
      return notAllowed('GET, HEAD')
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('GET, HEAD, POST')
    if (url.pathname === '/open' || url.pathname === '/session') return notAllowed('POST')
    if (url.pathname === '/rpc') return plain(426, 'This address takes WebSocket connections.', { Upgrade: 'websocket' })
    return (await files.promise)(url.pathname)
  }

  async function signIn(request: IncomingMessage): Promise<PanelAnswer> {
    const refusal = refuseOrigin(request, listening.reach)
    if (refusal) return plain(refusal.status, refusal.sentence)
    if (request.headers['content-type']?.split(';')[0] !== 'application/json') return plain(415, 'Send JSON.')
    const body = await readSmallJson(request)
    if (body === null) return plain(413, 'This is too long for a sign-in.', { Connection: 'close' })
    const parsed = SignIn.safeParse(body)
    if (!parsed.success) return plain(400, 'A sign-in is {"token": "…"} or {"link": "…"}.')
    const secret = 'token' in parsed.data ? sessions.redeem(parsed.data.token) : await signInByLink(parsed.data.link)
    if (!secret) {
      const link = 'This link does not work any more. Ask whoever sent it for a new one.'
      const token = 'This address was used already or is older than 60 seconds. Start Frostline again for a new one.'
      return plain(401, 'token' in parsed.data ? token : link)
    }
    const headers = { ...plain(200, '').headers, 'Content-Type': 'application/json; charset=utf-8' }
    return { status: 200, headers, body: JSON.stringify({ secret }) }
  }

  async function signInByLink(link: string): Promise<string | null> {
    const identity = await options.core.signIn(link)
    return identity && sessions.begin(identity)
  }

  return {
    port: listening.port,
    origin: listening.origin,
    openSecret,
    signInAddress: (identity, onUsed) => `${listening.origin}/#token=${sessions.issueToken(identity, onUsed)}`,
    pages: () => connections.count(),
    close() {
      connections.close()
      return listening.close()
    },
  }
}

function refuseUpgradeOf(request: IncomingMessage, { reach }: ListeningServer): { status: number; sentence: string } | null {
  const refusal = refusePeer(request, reach) ?? refuseOrigin(request, reach)
  if (refusal) return refusal
  if (requestUrl(request)?.pathname === '/rpc') return null
  return { status: 404, sentence: 'Frostline takes connections at /rpc only.' }
}

function notAllowed(allow: string): PanelAnswer {
  return plain(405, 'This address does not take such requests.', { Allow: allow })
}
