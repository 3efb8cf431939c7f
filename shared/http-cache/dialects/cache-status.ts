import { Token, type BareItem } from 'structured-headers'
import { hop, type CacheHop, type CacheState, type CacheVendor } from '../cache-hop.ts'
import type { Fields } from '../fields.ts'
import { parseMembers, type Member } from '../structured.ts'

/** Caches name themselves freely; these are the names that vendors give. */
const NAMES: readonly (readonly [RegExp, CacheVendor])[] = [
  [/^netlify/i, 'netlify'],
  [/cloudfront/i, 'cloudfront'],
  [/cloudflare/i, 'cloudflare'],
  [/fastly/i, 'fastly'],
  [/akamai/i, 'akamai'],
  [/vercel/i, 'vercel'],
  [/^next/i, 'next'],
  [/varnish/i, 'varnish'],
  [/nginx/i, 'nginx'],
  [/squid/i, 'squid'],
]

/**
 * Reads `Cache-Status`: one hop a member, the nearest to the origin first, as it is written. Members of another vendor than
 * those above have the vendor `unknown`. Source: RFC 9211 §2.
 */
export function readCacheStatus(fields: Fields): readonly CacheHop[] {
  const value = fields.get('cache-status')
  if (value === undefined) return []
  const via = fields.items('via')
  const hops = parseMembers(value).members.map((member) => hopOf(member, via))
  // Netlify writes its two members in either order; its durable cache lies behind its edge.
  const behind = hops.filter(({ name }) => name === 'Netlify Durable')
  return behind.length === 0 ? hops : [...behind, ...hops.filter(({ name }) => name !== 'Netlify Durable')]
}

function hopOf({ name, parameters, text }: Member, via: readonly string[]): CacheHop {
  const ttl = parameters.get('ttl')
  const ttlSeconds = typeof ttl === 'number' ? Math.max(-(2 ** 31), Math.min(Math.trunc(ttl), 2 ** 31)) : null
  const forwardReason = wordOf(parameters.get('fwd'))
  // `1.1 squid01 (squid/5.7)`: what software a host name stands for.
  const words = [name, ...via.filter((entry) => entry.split(/\s+/, 2)[1] === name)]
  const vendor = NAMES.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1] ?? 'unknown'
  const state = stateOf(flagOf(parameters.get('hit')) === true, forwardReason, parameters.get('fwd-status'), ttlSeconds)
  return hop(vendor, state, text, {
    name,
    ttlSeconds,
    forwardReason,
    stored: flagOf(parameters.get('stored')),
    collapsed: flagOf(parameters.get('collapsed')),
  })
}

function stateOf(hit: boolean, reason: string | null, status: BareItem | undefined, ttlSeconds: number | null): CacheState {
  // RFC 9211 §2.4: a negative ttl is the time since the copy's lifetime ended.
  if (hit) return reason === 'stale' || (ttlSeconds !== null && ttlSeconds < 0) ? 'stale' : 'hit'
  if (reason === null) return 'unknown'
  if (reason === 'stale' && status === 304) return 'revalidated'
  return reason === 'bypass' || reason === 'method' ? 'bypass' : 'miss'
}

function wordOf(item: BareItem | undefined): string | null {
  if (item instanceof Token) return item.toString()
  return typeof item === 'string' ? item : null
}

/** Netlify writes `stored=true`, which is a token rather than a boolean. */
function flagOf(item: BareItem | undefined): boolean | null {
  if (typeof item === 'boolean') return item
  const word = wordOf(item)
  return word === 'true' ? true : word === 'false' ? false : null
}
