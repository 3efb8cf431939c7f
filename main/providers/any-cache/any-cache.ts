import { AppError } from '#shared/errors.ts'
import type { Distribution, Edge, Tariff } from '../edge.ts'

/** Why nothing of this cache can be purged from here, and what to do. */
export const ONLY_LOOKED_AT =
  'Frostline only looks at this cache: purge it with its own tools, then check the page again here to see that it worked.'

export const ANY_CACHE_TARIFF: Tariff = { vendor: 'This cache', unit: 'purge', freePerMonth: null, priceMicroDollars: 0 }

const GAP = 'This cache tells nobody its rules, so lifetimes are as the headers claim.'

/**
 * A cache without a control API that Frostline speaks: Varnish, nginx, Squid, a CDN without credentials. It is checked
 * and diagnosed by what it answers, and nothing else; every purge is refused with `PROVIDER_REFUSED`.
 */
export function createAnyCache(): Edge {
  const refuse = async (): Promise<never> => {
    throw new AppError('PROVIDER_REFUSED', 'This cache cannot be purged from here.', { fix: ONLY_LOOKED_AT, retryable: false })
  }
  return { describe: async () => DISTRIBUTION, purge: refuse, purgeStatus: refuse, close() {} }
}

const DISTRIBUTION: Distribution = {
  id: 'another cache',
  aliases: [],
  capabilities: {
    purgesPaths: false,
    purgesPrefixes: false,
    purgesTags: false,
    tagHeader: null,
    tagsPerPage: 0,
    itemsPerRequest: 1,
    tariff: ANY_CACHE_TARIFF,
    limitsSource: 'docs/providers/any-cache.md',
  },
  behaviours: [],
  gaps: [GAP],
}
