import { BlockList, isIP } from 'node:net'
import { bareHost, hostPortOf, isLocalhostName } from './http-address.ts'

/** A proxy that passes requests on. */
export interface ProxyServer {
  /** TLS is spoken with the proxy itself. */
  readonly secure: boolean
  readonly host: string
  readonly port: number
  /** The value of `Proxy-Authorization`; a secret. Null where none was given. */
  readonly authorization: string | null
}

/** As a person knows it: `proxy.example.com:3128`. */
export const proxyName = ({ host, port }: Pick<ProxyServer, 'host' | 'port'>): string =>
  `${isIP(host) === 6 ? `[${host}]` : host}:${port}`

/**
 * Reads `http://name:password@host:port`, the scheme being optional. Null for what is no address of an HTTP proxy: SOCKS
 * proxies are not spoken to.
 */
export function readProxy(text: string): ProxyServer | null {
  const address = text.trim()
  const url = URL.parse(address.includes('://') ? address : `http://${address}`)
  if (url === null || url.hostname === '' || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  const secure = url.protocol === 'https:'
  const authorization = url.username === '' ? null : basicAuthorization(decoded(url.username), decoded(url.password))
  return { secure, host: bareHost(url.hostname), port: Number(url.port) || (secure ? 443 : 80), authorization }
}

/** RFC 7617, in UTF-8. */
export function basicAuthorization(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
}

/** A part of an address as it was meant; as it stands where it is not encoded rightly. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const ownAddresses = new BlockList()
ownAddresses.addSubnet('127.0.0.0', 8, 'ipv4')
ownAddresses.addSubnet('169.254.0.0', 16, 'ipv4')
ownAddresses.addAddress('::1', 'ipv6')
ownAddresses.addSubnet('fe80::', 10, 'ipv6')

/** This machine and its own wire are never asked of a proxy, for which these addresses would mean itself. */
export function isNeverProxied(host: string): boolean {
  return isLocalhostName(host) || inList(ownAddresses, host)
}

/**
 * Whether a list like that of NO_PROXY names this host: `*`, a name with all below it (`example.com`, `.example.com`), only
 * what is below it (`*.example.com`), an address, a range (`10.0.0.0/8`), `<local>` for names without a dot, each also with
 * a port.
 */
export function goesWithout(noProxy: string, url: URL): boolean {
  const host = bareHost(url.hostname).replace(/\.$/, '')
  const port = hostPortOf(url).slice(hostPortOf(url).lastIndexOf(':') + 1)
  return noProxy.split(/[,;\s]+/).some((entry) => entry !== '' && names(entry.toLowerCase(), host, port))
}

function names(entry: string, host: string, port: string): boolean {
  if (entry.includes('/')) return inRange(entry, host)
  if (isIP(entry) === 6) return entry === host
  const [, bracketed, plain = '', only] = /^(?:\[(.+)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? []
  if (only !== undefined && only !== port) return false
  const name = bracketed ?? plain
  if (name === '*') return true
  if (name === '<local>') return !host.includes('.') && isIP(host) === 0
  if (isIP(name) !== 0) return name === host
  if (name.startsWith('*.')) return host.endsWith(name.slice(1))
  const bare = name.replace(/^\./, '')
  return bare !== '' && (host === bare || host.endsWith(`.${bare}`))
}

function inRange(range: string, host: string): boolean {
  const [address = '', bits = ''] = range.split('/', 2)
  const family = isIP(address)
  if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6')
  return inList(list, host)
}

function inList(list: BlockList, host: string): boolean {
  const family = isIP(host)
  return family !== 0 && list.check(host, family === 4 ? 'ipv4' : 'ipv6')
}
