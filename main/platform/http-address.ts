import { BlockList, isIP } from 'node:net'

/** Ranges that no public web server answers from. Source: IANA special-purpose address registries (RFC 6890). */
const SPECIAL_IPV4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const

/** `::/96` and `2002::/16`, `2001::/32` carry IPv4 addresses by retired schemes: nothing public is lost with them. */
const SPECIAL_IPV6 = [
  ['::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const

/** RFC 6052 §2.1: networks without IPv4 reach IPv4 hosts under this prefix, private ones too. */
const NAT64_PREFIX = '64:ff9b::'

const special = new BlockList()
for (const [address, bits] of SPECIAL_IPV4) {
  special.addSubnet(address, bits, 'ipv4')
  special.addSubnet(`${NAT64_PREFIX}${address}`, 96 + bits, 'ipv6')
}
for (const [address, bits] of SPECIAL_IPV6) special.addSubnet(address, bits, 'ipv6')

/**
 * Whether an IP address belongs to this machine, a private network, a cloud's metadata service or another range that a
 * public site never has. IPv4 addresses inside IPv6 ones (`::ffff:10.0.0.1`) count as what they carry.
 *
 * @param address a literal IP address without brackets; anything else counts as private.
 */
export function isPrivateAddress(address: string): boolean {
  const bare = address.split('%', 1)[0] ?? ''
  const family = isIP(bare)
  if (family === 0) return true
  return special.check(bare, family === 4 ? 'ipv4' : 'ipv6')
}

/** RFC 6761 §6.3: `localhost` and every name below it is this machine, and is not asked of the DNS. */
export function isLocalhostName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, '')
  return name === 'localhost' || name.endsWith('.localhost')
}

/** A URL's host without brackets and its port, the scheme's default one when it names none: `www.example.com:443`. */
export function hostPortOf(url: URL): string {
  return `${bareHost(url.hostname)}:${url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port}`
}

/** A host name in lower case, an IPv6 address without its brackets. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase()
}
