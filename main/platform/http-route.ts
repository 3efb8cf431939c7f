import { isIP } from 'node:net'
import { Agent, buildConnector, Dispatcher, Pool } from 'undici'
import { bareHost, hostPortOf, isPrivateAddress } from './http-address.ts'
import { createConnector, lookupAny, PrivateAddressError } from './http-connect.ts'
import type { Network } from './network.ts'
import { isOfProxy, ProxyError, proxyRefusal } from './proxy-failure.ts'
import { proxyName, type ProxyServer } from './proxy-rules.ts'
import { openTunnel } from './proxy-tunnel.ts'

type Options = Dispatcher.DispatchOptions
type Handler = Dispatcher.DispatchHandler
interface Ways {
  readonly direct: Agent
  readonly proxied: Map<string, Dispatcher>
}

/**
 * Sends every request by the way that the network names. Through a proxy only addresses that are written out can be judged:
 * a name is looked up by the proxy.
 */
export class RoutedDispatcher extends Dispatcher {
  readonly #network: Network
  readonly #settings: Agent.Options
  readonly #isAllowed: (hostPort: string) => boolean
  #ways: Ways

  constructor(network: Network, settings: Agent.Options, isAllowed: (hostPort: string) => boolean) {
    super()
    this.#network = network
    this.#settings = settings
    this.#isAllowed = isAllowed
    this.#ways = this.#newWays()
    network.onChange(() => {
      const { direct, proxied } = this.#ways
      this.#ways = this.#newWays()
      // What is under way may end; nothing new goes the old way.
      for (const way of [direct, ...proxied.values()]) void way.close()
    })
  }

  #newWays(): Ways {
    return { direct: new Agent({ ...this.#settings, connect: createConnector(this.#isAllowed) }), proxied: new Map() }
  }

  override dispatch(options: Options, handler: Handler): boolean {
    const url = new URL(String(options.origin))
    const route = this.#network.routeTo(url)
    if (route === null) return this.#ways.direct.dispatch(options, handler)
    if (!(route instanceof Promise)) return this.#through(route, url, options, handler)
    route.then(
      (proxy) => (proxy === null ? this.#ways.direct.dispatch(options, handler) : this.#through(proxy, url, options, handler)),
      (error: unknown) => fail(handler, error),
    )
    return true
  }

  #through(proxy: ProxyServer, url: URL, options: Options, handler: Handler): boolean {
    const host = bareHost(url.hostname)
    if (isIP(host) !== 0 && isPrivateAddress(host) && !this.#isAllowed(hostPortOf(url))) {
      fail(handler, new PrivateAddressError(host))
      return true
    }
    const plain = url.protocol === 'http:'
    const key = `${plain ? 'plain' : 'tunnel'} ${proxyName(proxy)} ${proxy.authorization ?? ''}`
    let way = this.#ways.proxied.get(key)
    if (!way) {
      way = plain ? plainWay(proxy, this.#settings) : new Agent({ ...this.#settings, connect: tunnelConnector(proxy) })
      this.#ways.proxied.set(key, way)
    }
    if (!plain) return way.dispatch(options, handler)
    const headers = { host: url.host, ...recordOf(options.headers), ...authorizationOf(proxy) }
    return way.dispatch(
      { ...options, origin: proxyOrigin(proxy), path: url.origin + options.path, headers },
      new FromProxy(handler, proxy),
    )
  }

  override async close(): Promise<void> {
    await Promise.all([this.#ways.direct, ...this.#ways.proxied.values()].map((way) => way.close()))
  }

  override async destroy(): Promise<void> {
    await Promise.all([this.#ways.direct, ...this.#ways.proxied.values()].map((way) => way.destroy()))
  }
}

const proxyOrigin = (proxy: ProxyServer): string => `${proxy.secure ? 'https' : 'http'}://${proxyName(proxy)}`
const authorizationOf = ({ authorization }: ProxyServer) =>
  authorization === null ? {} : { 'proxy-authorization': authorization }

/** The clients of this folder send plain records. */
function recordOf(headers: Options['headers']): Record<string, string> {
  const record: Record<string, string> = {}
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers) || Symbol.iterator in headers) return record
  for (const [name, value] of Object.entries(headers)) if (typeof value === 'string') record[name] = value
  return record
}

/** The proxy is asked for the whole address (RFC 9112 §3.2.2). */
function plainWay(proxy: ProxyServer, settings: Agent.Options): Pool {
  const toProxy = buildConnector({ allowH2: false, timeout: 10_000, lookup: lookupAny })
  return new Pool(proxyOrigin(proxy), {
    ...settings,
    connect: (options, callback) =>
      toProxy(options, (...[error, socket]) => {
        if (error) callback(new ProxyError('unreachable', proxy, null, error), null)
        else if (socket) callback(null, socket)
      }),
  })
}

function tunnelConnector(proxy: ProxyServer): buildConnector.connector {
  const secure = buildConnector({ allowH2: false, timeout: 10_000 })
  return (options, callback) => {
    const target = { host: bareHost(options.hostname), port: Number(options.port) || 443 }
    openTunnel(proxy, target).then(
      // A tunnel through an HTTP proxy is a socket; undici's type knows no other.
      (socket) => secure({ ...options, httpSocket: socket as import('node:net').Socket }, callback),
      (error: Error) => callback(error, null),
    )
  }
}

function fail(handler: Handler, error: unknown): void {
  const reason = error instanceof Error ? error : new Error(String(error))
  // The same order of events as of a connection that failed. The clients here look at no controller then.
  queueMicrotask(() => handler.onResponseError?.(null as never, reason))
}

/** Tells the proxy's own refusals from answers of the host. */
class FromProxy implements Handler {
  readonly #handler: Handler
  readonly #proxy: ProxyServer
  constructor(handler: Handler, proxy: ProxyServer) {
    this.#handler = handler
    this.#proxy = proxy
  }
  onRequestStart(...args: Parameters<NonNullable<Handler['onRequestStart']>>): void {
    this.#handler.onRequestStart?.(...args)
  }
  onResponseStart(...args: Parameters<NonNullable<Handler['onResponseStart']>>): void {
    const [controller, status, headers] = args
    const squid = headers['x-squid-error']
    if (isOfProxy(status, Array.isArray(squid) ? squid[0] : squid)) controller.abort(proxyRefusal(this.#proxy, status))
    else this.#handler.onResponseStart?.(...args)
  }
  onResponseData(...args: Parameters<NonNullable<Handler['onResponseData']>>): void {
    this.#handler.onResponseData?.(...args)
  }
  onResponseEnd(...args: Parameters<NonNullable<Handler['onResponseEnd']>>): void {
    this.#handler.onResponseEnd?.(...args)
  }
  onResponseError(...args: Parameters<NonNullable<Handler['onResponseError']>>): void {
    this.#handler.onResponseError?.(...args)
  }
}
