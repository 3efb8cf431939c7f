import type { IncomingHttpHeaders } from 'node:http'
import { behaviourFor, type CacheBehaviour } from '../distribution/cache-policies.ts'
import type { Zone } from '../platform/zones.ts'

/** A request as the edge sees it: what it is looked up by, and what the origin is asked. */
export interface EdgeRequest {
  readonly key: string
  readonly zone: Zone
  /** The path, with its query where that is part of the key. */
  readonly path: string
  readonly behaviour: CacheBehaviour
  /** The headers of the key, which are also the visitor's only ones that reach the origin. */
  readonly keyHeaders: Readonly<Record<string, string>>
}

/** What is not in the key is not passed on either, so that it cannot change the stored answer. */
export function edgeRequest(url: string, zone: Zone, headers: IncomingHttpHeaders): EdgeRequest {
  const mark = url.indexOf('?')
  const pathname = mark < 0 ? url : url.slice(0, mark)
  const behaviour = behaviourFor(pathname)
  const path = behaviour.policy.queryInKey ? url : pathname
  const keyHeaders: Record<string, string> = {}
  for (const name of behaviour.policy.keyHeaders) {
    const value = name === 'host' ? zone.host : headers[name]
    if (typeof value === 'string') keyHeaders[name] = value
  }
  const { host: _host, ...variant } = keyHeaders
  return { key: `${zone.host} ${path} ${JSON.stringify(variant)}`, zone, path, behaviour, keyHeaders }
}
