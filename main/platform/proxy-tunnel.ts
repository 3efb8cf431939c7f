import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { lookupAny } from './http-connect.ts'
import { ProxyError, proxyRefusal } from './proxy-failure.ts'
import type { ProxyServer } from './proxy-rules.ts'

const TIMEOUT_MS = 10_000

/**
 * A connection to a host through a proxy (RFC 9110 §9.3.6). What the two say to each other, the proxy does not see unless it
 * opens TLS by a certificate of its own.
 *
 * @throws ProxyError
 */
export function openTunnel(proxy: ProxyServer, target: { readonly host: string; readonly port: number }): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const path = `${isIP(target.host) === 6 ? `[${target.host}]` : target.host}:${target.port}`
    const headers = { host: path, ...(proxy.authorization === null ? {} : { 'proxy-authorization': proxy.authorization }) }
    const options: RequestOptions = {
      host: proxy.host,
      port: proxy.port,
      method: 'CONNECT',
      path,
      headers,
      agent: false,
      lookup: lookupAny,
    }
    const request = proxy.secure ? httpsRequest(options) : httpRequest(options)
    const timer = setTimeout(() => request.destroy(Object.assign(new Error('too slow'), { code: 'ETIMEDOUT' })), TIMEOUT_MS)
    request.once('connect', ({ statusCode = 0 }, socket: Duplex, head: Buffer) => {
      clearTimeout(timer)
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy()
        return reject(proxyRefusal(proxy, statusCode))
      }
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    request.once('error', (cause) => {
      clearTimeout(timer)
      reject(new ProxyError('unreachable', proxy, null, cause))
    })
    request.end()
  })
}
