import type { CacheName } from './cache.ts'
import { startDemoEdge } from './demo-edge.ts'
import { findNginx, startNginx } from './nginx.ts'
import { findSquid, startSquid } from './squid.ts'
import { findVarnish, startVarnish } from './varnish.ts'
import type { StartCache } from './world.ts'

interface Installed {
  readonly start: StartCache
  /** What to install; null when it is there. */
  readonly missing: string | null
}

const need = (found: string | null, packages: string) => (found === null ? packages : null)

/** Every cache, and whether it can run on this machine. */
export const INSTALLED: Readonly<Record<CacheName, Installed>> = {
  varnish: { start: startVarnish, missing: need(findVarnish(), 'varnish') },
  nginx: { start: startNginx, missing: need(findNginx(), 'nginx') },
  squid: { start: startSquid, missing: need(findSquid(), 'squid') },
  'demo edge': { start: (upstream) => startDemoEdge(upstream), missing: null },
}

/** One line that names what is missing for some scenarios; says nothing when all is there. */
export function sayWhatIsMissing(...names: readonly CacheName[]): boolean {
  const missing = names.flatMap((name) => INSTALLED[name].missing ?? [])
  if (missing.length > 0) {
    console.log(`CACHE SCENARIOS NOT RUN: ${missing.join(', ')} not found. Debian: apt-get install ${missing.join(' ')}`)
  }
  return missing.length > 0
}
