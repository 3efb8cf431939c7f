import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { bareHost, isLocalhostName, isPrivateAddress } from './http-address.ts'

/** Thrown at connect time when a host is private and was not registered: a hostile page must not reach inside. */
export class PrivateAddressError extends Error {
  readonly code = 'PRIVATE_ADDRESS'
  constructor(hostname: string) {
    super(`${hostname} is a private address`)
    this.name = 'PrivateAddressError'
  }
}

const CONNECT_TIMEOUT_MS = 10_000
const LOOPBACK: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
]

type LookupCallback = Parameters<LookupFunction>[2]

/** Resolves `*.localhost` to loopback and everything else as the system does. */
export const lookupAny: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, options, callback, () => true)
}

/** The same without private addresses; a host that has no other fails with `PrivateAddressError`. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, options, callback, (address) => !isPrivateAddress(address))
}

function resolve(hostname: string, options: LookupOptions, callback: LookupCallback, mayUse: (address: string) => boolean): void {
  const answer = (found: readonly LookupAddress[]): void => {
    const usable = found.filter(({ address }) => mayUse(address))
    const [first] = usable
    if (first === undefined) callback(new PrivateAddressError(hostname), [])
    else if (options.all === true) callback(null, usable)
    else callback(null, first.address, first.family)
  }
  if (isLocalhostName(hostname)) {
    const wanted = options.family === 4 || options.family === 6 ? options.family : undefined
    process.nextTick(
      answer,
      LOOPBACK.filter(({ family }) => wanted === undefined || family === wanted),
    )
    return
  }
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) callback(error, [])
    else answer(addresses)
  })
}

/**
 * Opens sockets for undici. Addresses are judged after the name was resolved and on every new connection, so a name that
 * changes its address between two requests gains nothing.
 *
 * @param isAllowed whether a `host:port` may be private.
 */
export function createConnector(isAllowed: (hostPort: string) => boolean): buildConnector.connector {
  const toAny = buildConnector({ allowH2: false, timeout: CONNECT_TIMEOUT_MS, lookup: lookupAny })
  const toPublic = buildConnector({ allowH2: false, timeout: CONNECT_TIMEOUT_MS, lookup: lookupPublic })
  return (options, callback) => {
    const host = bareHost(options.hostname)
    const port = options.port || (options.protocol === 'https:' ? '443' : '80')
    if (isAllowed(`${host}:${port}`)) return toAny(options, callback)
    // Sockets to literal addresses never ask the lookup.
    if (isIP(host) !== 0 && isPrivateAddress(host)) return callback(new PrivateAddressError(host), null)
    return toPublic(options, callback)
  }
}
