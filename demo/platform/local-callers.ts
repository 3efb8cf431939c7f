import type { IncomingMessage } from 'node:http'

/**
 * Says why a request to a private port of the demo is refused, or null. A web page that the person happens to have open
 * can reach loopback ports; its requests carry a foreign `Host` (DNS rebinding) or a foreign `Origin`.
 */
export function refusal(request: IncomingMessage, port: number): string | null {
  const hosts = [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`]
  const host = request.headers.host ?? ''
  if (!hosts.includes(host)) return `This port answers only to ${hosts.join(' and ')}.`
  const origin = request.headers.origin
  if (origin !== undefined && !hosts.some((allowed) => origin === `http://${allowed}`)) {
    return 'Requests from other web pages are refused.'
  }
  return null
}
