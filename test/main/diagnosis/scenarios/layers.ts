import type { CacheName, Upstream } from '../../../support/caches/cache.ts'
import { INSTALLED } from '../../../support/caches/installed.ts'
import { AT_EDGE, page, type Scenario } from './scenario.ts'

/** Which cache stands behind which: visitors ask the first one. */
export const BEHIND: Readonly<Record<CacheName, CacheName>> = {
  nginx: 'varnish',
  squid: 'varnish',
  varnish: 'nginx',
  'demo edge': 'varnish',
}

/** Two caches in a row. `purge` reaches the front one only, as it does where nobody thinks of the other. */
export async function startRow(front: CacheName, upstream: Upstream) {
  const inner = await INSTALLED[BEHIND[front]].start(upstream)
  const outer = await INSTALLED[front].start(inner)
  return {
    ...outer,
    logs: () => `${inner.logs()}\n${outer.logs()}`,
    async stop() {
      await outer.stop()
      await inner.stop()
    },
  }
}

/** Several caches in a row. */
export const LAYERS: readonly Scenario[] = [
  {
    cause: 'layers-disagree',
    title: 'the cache in front was purged, the one behind it was not',
    says: /Two caches do not agree/,
    async run({ origin, visit, purge, why }, path) {
      origin.serve(path, { headers: AT_EDGE, body: page('One') })
      await visit(path)
      origin.serve(path, { headers: AT_EDGE, body: page('Two') })
      await new Promise((resolve) => setTimeout(resolve, 1_100))
      await purge(path)
      return why(path)
    },
  },
]
