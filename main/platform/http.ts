import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { Agent } from 'undici'
import type * as z from 'zod'
import { hostPortOf } from './http-address.ts'
import { createConnector, lookupAny } from './http-connect.ts'
import { createOneCall, type OneCall, type OneCallEvents } from './http-one-call.ts'
import { streamLines, type LinesOptions } from './http-lines.ts'
import { fetchPage, type PageAnswer, type PageOptions } from './http-page.ts'
import { requestJson, requestText, type TextAnswer, type TextOptions } from './http-text.ts'
import { parseHttpUrl } from './http-url.ts'

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
  /** Fresh agents for a vendor's client, which closes them. They may reach private addresses: the owner named them. */
  clientAgents(): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent }
  /** Connections for a single call of a vendor's client that would repeat it by itself. May reach private addresses, too. */
  oneCall(events: OneCallEvents): OneCall
  /** Closes every connection; requests under way fail. */
  close(): Promise<void>
}

/** Real pages stay far below; a server that sends more is broken or hostile. */
const MAX_HEADER_BYTES = 65_536
const KEEP_ALIVE_MS = 10_000

/** @param allowedHosts private `host:port`s or URLs that checks may reach from the start. */
export function createHttp({ allowedHosts = [] }: { readonly allowedHosts?: readonly string[] } = {}): Http {
  const registered = new Map<string, number>()
  const settings = { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_MS }
  const guarded = new Agent({ ...settings, connect: createConnector((hostPort) => registered.has(hostPort)) })
  const trusting = new Agent({ ...settings, connect: createConnector(() => true) })
  const agentFor = (options: { readonly privateAllowed?: boolean } | undefined): Agent =>
    options?.privateAllowed === true ? trusting : guarded

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
    fetchPage: (url, options = {}) => fetchPage(guarded, url, options),
    requestText: (url, options = {}) => requestText(agentFor(options), url, options),
    requestJson: (url, schema, options = {}) => requestJson(agentFor(options), url, schema, options),
    streamLines: (url, signal, options = {}) => streamLines(agentFor(options), url, signal, options),
    clientAgents: () => {
      const shared = { keepAlive: true, maxSockets: 10, lookup: lookupAny }
      return { httpAgent: new HttpAgent(shared), httpsAgent: new HttpsAgent(shared) }
    },
    oneCall: createOneCall,
    close: async () => {
      await Promise.all([guarded.destroy(), trusting.destroy()])
    },
  }
}
