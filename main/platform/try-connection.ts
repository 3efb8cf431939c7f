import { connect as connectTcp, isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { once } from 'node:events'
import { AppError } from '#shared/errors.ts'
import { bareHost, hostPortOf } from './http-address.ts'
import { lookupAny } from './http-connect.ts'
import { httpFailure } from './http-failure.ts'
import type { Network } from './network.ts'
import { proxyName } from './proxy-rules.ts'
import { openTunnel } from './proxy-tunnel.ts'

export interface Trial {
  readonly ok: boolean
  readonly proxy: string | null
  readonly sentence: string
  readonly fix: string | null
  readonly issuer: string | null
  readonly tookMs: number
}

const TIMEOUT_MS = 15_000

/** Opens a connection to a host, over TLS for https:, and sends nothing. Whatever goes wrong is said in the answer. */
export async function tryConnection(network: Network, url: URL): Promise<Trial> {
  const startedMs = performance.now()
  const host = bareHost(url.hostname)
  const port = Number(hostPortOf(url).slice(hostPortOf(url).lastIndexOf(':') + 1))
  const proxy = await network.routeTo(url)
  const via = proxy === null ? 'directly' : `through the proxy ${proxyName(proxy)}`
  const facts = () => ({ proxy: proxy && proxyName(proxy), tookMs: Math.round(performance.now() - startedMs) })
  try {
    const socket = proxy === null ? await direct(host, port) : await openTunnel(proxy, { host, port })
    if (url.protocol === 'http:') {
      socket.destroy()
      return { ok: true, sentence: `${url.host} accepts connections ${via}.`, fix: null, issuer: null, ...facts() }
    }
    const { issuer, problem } = await handshake(socket, host)
    if (problem === null) {
      const sentence = `${url.host} was reached ${via}, and its certificate is trusted.`
      return { ok: true, sentence, fix: null, issuer, ...facts() }
    }
    const told = httpFailure(Object.assign(new Error(problem), { code: problem }), url.host)
    return { ok: false, ...words(told, issuer), issuer, ...facts() }
  } catch (error) {
    return { ok: false, ...words(httpFailure(error, url.host), null), issuer: null, ...facts() }
  }
}

function words(failure: unknown, issuer: string | null): { sentence: string; fix: string | null } {
  if (!(failure instanceof AppError)) return { sentence: 'The connection could not be tried.', fix: null }
  const signed = issuer === null ? '' : ` It was signed by “${issuer}”.`
  return { sentence: failure.message + signed, fix: failure.details.fix ?? null }
}

async function direct(host: string, port: number): Promise<Duplex> {
  const socket = connectTcp({ host, port, lookup: lookupAny, timeout: TIMEOUT_MS })
  socket.once('timeout', () => socket.destroy(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })))
  await once(socket, 'connect')
  return socket
}

async function handshake(socket: Duplex, host: string): Promise<{ issuer: string | null; problem: string | null }> {
  const servername = isIP(host) === 0 ? { servername: host } : {}
  // Judged below, so that whoever signed it can be named; nothing is sent over it.
  const secure: TLSSocket = connect({ socket, ...servername, rejectUnauthorized: false })
  const timer = setTimeout(() => secure.destroy(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })), TIMEOUT_MS)
  try {
    await once(secure, 'secureConnect')
    const problem: unknown = secure.authorized ? null : secure.authorizationError
    return { issuer: issuerOf(secure.getPeerCertificate()), problem: problem === null ? null : problemCode(problem) }
  } finally {
    clearTimeout(timer)
    secure.destroy()
  }
}

/** Node says it as a text or as an error, by version. */
function problemCode(problem: unknown): string {
  return problem instanceof Error && 'code' in problem ? String(problem.code) : String(problem)
}

function issuerOf({ issuer }: PeerCertificate): string | null {
  const name: unknown = issuer?.CN ?? issuer?.O
  return typeof name === 'string' ? name : null
}
