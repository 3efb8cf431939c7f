import type { Agent as HttpAgent } from 'node:http'
import type { Agent as HttpsAgent } from 'node:https'
import type * as z from 'zod'
import { hostPortOf } from './http-address.ts'
import { plainAgent, RoutedHttpsAgent } from './http-agents.ts'
import { createOneCall, type OneCall, type OneCallEvents } from './http-one-call.ts'
import { streamLines, type LinesOptions } from './http-lines.ts'
import { fetchPage, type PageAnswer, type PageOptions } from './http-page.ts'
import { RoutedDispatcher } from './http-route.ts'
import { requestJson, requestText, type TextAnswer, type TextOptions } from './http-text.ts'
import { parseHttpUrl } from './http-url.ts'
import { DIRECTLY, type Network } from './network.ts'

/**
 * The one way to the network. Names below `localhost` lead to this machine (RFC 6761 §6.3) in every client, and private
 * addresses are refused unless they were registered. No limit on simultaneous requests is kept here.
 */
export interface Http {
  /**
   * Lets checks reach a private `host:port` (or the one of a URL) until the returned function is called. Registering
   * twice needs two releases.
   */
  allow(hostPort: string): () => void
  /** Asks for a page as a visitor would. See `fetchPage` in `http-page.ts`. */
  fetchPage(url: string | URL, options?: PageOptions): Promise<PageAnswer>
  requestText(url: string | URL, options?: TextOptions): Promise<TextAnswer>
  requestJson<T>(url: string | URL, schema: z.ZodType<T>, options?: TextOptions): Promise<T>
  streamLines(url: string | URL, signal: AbortSignal, options?: LinesOptions): AsyncIterable<string>
  /** Fresh agents for a vendor's client of one address, which closes them. They may reach private ones: the owner named it. */
  clientAgents(address: string): Promise<{ readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent }>
  /** Connections for a single call of a vendor's client that would repeat it by itself. May reach private addresses, too. */
  oneCall(events: OneCallEvents): OneCall
  /** Closes every connection; requests under way fail. */
  close(): Promise<void>
}

/** Real pages stay far below; a server that sends more is broken or hostile. */
const MAX_HEADER_BYTES = 65_536
const KEEP_ALIVE_MS = 10_000

export interface HttpOptions {
  /** Private `host:port`s or URLs that checks may reach from the start. */
  readonly allowedHosts?: readonly string[]
  /** How addresses are reached; directly when missing. */
  readonly network?: Network
}

export function createHttp({ allowedHosts = [], network = DIRECTLY }: HttpOptions = {}): Http {
  const registered = new Map<string, number>()
  const settings = { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS }
  const guarded = new RoutedDispatcher(network, settings, (hostPort) => registered.has(hostPort))
  const trusting = new RoutedDispatcher(network, settings, () => true)
  const agentFor = (options: { readonly privateAllowed?: boolean } | undefined): RoutedDispatcher =>
    options?.privateAllowed === true ? trusting : guarded
  const heard = async <T>(address: string | URL, answer: Promise<T>): Promise<T> => {
    try {
      const found = await answer
      network.outcome(parseHttpUrl(address), null)
      return found
    } catch (error) {
      const url = URL.parse(String(address))
      if (url) network.outcome(url, error)
      throw error
    }
  }

  const allow = (hostPort: string): (() => void) => {
    const key = hostPortOf(parseHttpUrl(hostPort.includes('://') ? hostPort : `http://${hostPort}`))
    registered.set(key, (registered.get(key) ?? 0) + 1)
    let released = false
    return () => {
      if (released) return
      released = true
      const left = (registered.get(key) ?? 1) - 1
      if (left > 0) registered.set(key, left)
      else registered.delete(key)
    }
  }
  allowedHosts.forEach(allow)

  return {
    allow,
    fetchPage: (url, options = {}) => heard(url, fetchPage(guarded, url, options)),
    requestText: (url, options = {}) => heard(url, requestText(agentFor(options), url, options)),
    requestJson: (url, schema, options = {}) => heard(url, requestJson(agentFor(options), url, schema, options)),
    streamLines: (url, signal, options = {}) => streamLines(agentFor(options), url, signal, options),
    async clientAgents(address) {
      const shared = { keepAlive: true, maxSockets: 10 }
      const url = parseHttpUrl(address)
      const proxy = url.protocol === 'http:' ? await network.routeTo(url) : null
      return { httpAgent: plainAgent(network, url, proxy, shared), httpsAgent: new RoutedHttpsAgent(network, shared) }
    },
    oneCall: (events) => createOneCall(network, events),
    close: async () => {
      await Promise.all([guarded.destroy(), trusting.destroy()])
    },
  }
}
