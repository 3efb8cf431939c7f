import { Agent as HttpAgent, type AgentOptions, type ClientRequestArgs } from 'node:http'
import { Agent as HttpsAgent, type AgentOptions as HttpsAgentOptions } from 'node:https'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect } from 'node:tls'
import { lookupAny } from './http-connect.ts'
import type { Network } from './network.ts'
import { proxyName, type ProxyServer } from './proxy-rules.ts'
import { openTunnel } from './proxy-tunnel.ts'

/** Hears of every connection, and of those that did not come about. */
export interface ConnectionEvents {
  opened?(socket: Duplex): void
  failed?(error: Error): void
}

type Callback = (error: Error | null, socket?: Duplex) => void

/** Connections over TLS for a vendor's client, by the way that the network names. */
export class RoutedHttpsAgent extends HttpsAgent {
  readonly #network: Network
  readonly #events: ConnectionEvents

  constructor(network: Network, options: HttpsAgentOptions = {}, events: ConnectionEvents = {}) {
    super({ ...options, lookup: lookupAny })
    this.#network = network
    this.#events = events
  }

  override createConnection(
    options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    // Node's own types ask for a socket beside an error, which no agent has.
    const done = callback as Callback | undefined
    const host = options.host ?? options.hostname ?? 'localhost'
    const port = Number(options.port ?? 443)
    const url = new URL(`https://${host.includes(':') ? `[${host}]` : host}:${port}`)
    const direct = () => super.createConnection(options)
    const route = this.#network.routeTo(url)
    if (route === null) return this.#heard(url, direct())
    Promise.resolve(route)
      .then(async (proxy) => (proxy === null ? direct() : secured(await openTunnel(proxy, { host, port }), host)))
      .then(
        (socket) => done?.(null, this.#heard(url, socket) ?? undefined),
        (error: Error) => {
          this.#network.outcome(url, error)
          this.#events.failed?.(error)
          done?.(error)
        },
      )
    return undefined
  }

  #heard(url: URL, socket: Duplex | null | undefined): Duplex | null | undefined {
    if (socket) hear(this.#network, url, socket, this.#events)
    return socket
  }
}

function secured(socket: Duplex, host: string): Duplex {
  return connect({ socket, ALPNProtocols: ['http/1.1'], ...(isIP(host) === 0 ? { servername: host } : {}) })
}

function hear(network: Network, url: URL, socket: Duplex, events: ConnectionEvents): void {
  events.opened?.(socket)
  socket.once('connect', () => network.outcome(url, null))
  socket.once('secureConnect', () => network.outcome(url, null))
  socket.once('error', (error) => {
    network.outcome(url, error)
    events.failed?.(error)
  })
}

/** Connections without TLS, to one address. A proxy is asked for whole addresses (RFC 9112 §3.2.2), which Node does itself. */
export function plainAgent(
  network: Network,
  url: URL,
  proxy: ProxyServer | null,
  options: AgentOptions = {},
  events: ConnectionEvents = {},
): HttpAgent {
  const through = proxy === null ? {} : { proxyEnv: { HTTP_PROXY: addressOf(proxy) } }
  const agent = new HttpAgent({ ...options, ...through, lookup: lookupAny })
  const make = agent.createConnection.bind(agent)
  agent.createConnection = (...args) => {
    const socket = make(...args)
    if (socket) hear(network, url, socket, events)
    return socket
  }
  return agent
}

function addressOf(proxy: ProxyServer): string {
  const userInfo = proxy.authorization === null ? '' : `${userInfoOf(proxy.authorization)}@`
  return `${proxy.secure ? 'https' : 'http'}://${userInfo}${proxyName(proxy)}`
}

function userInfoOf(authorization: string): string {
  const [name = '', ...password] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':')
  return `${encodeURIComponent(name)}:${encodeURIComponent(password.join(':'))}`
}
