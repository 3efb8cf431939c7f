import type { SiteLook } from '#shared/add-site.ts'
import { hostMatches } from '#shared/host-match.ts'
import type { Database } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import type { CredentialPlaces } from '#main/providers/edge-account.ts'
import type { Vendors } from './connections.ts'
import type { LookInput } from './look-at-site.ts'
import { sitesWithHosts } from './same-hosts.ts'

export interface AddSiteWorld {
  readonly db: Database
  readonly vendors: Pick<Vendors, 'openAccount'>
  readonly credentials: CredentialPlaces
  readonly stopped: AbortSignal
  look(input: LookInput, signal: AbortSignal): Promise<Omit<SiteLook, 'known'>>
}

/** What a person is shown before a site is added. Nothing of it is stored. */
export function addSiteHandlers(world: AddSiteWorld) {
  const { credentials, db, stopped, vendors } = world
  const until = (signal: AbortSignal | undefined) => (signal ? AbortSignal.any([signal, stopped]) : stopped)
  return os.addSite.router({
    look: os.addSite.look.handler(async ({ input, signal }) => {
      const seen = await world.look(input, until(signal))
      return { ...seen, known: sitesWithHosts(db.raw, [new URL(seen.url).host]).map(({ siteId, name }) => ({ siteId, name })) }
    }),
    credentials: os.addSite.credentials.handler(async () => ({
      profiles: await credentials.profiles(),
      environment: credentials.environment(),
    })),
    distributions: os.addSite.distributions.handler(async ({ input, signal }) => {
      const account = vendors.openAccount(input.access)
      try {
        const { distributions, complete } = await account.distributions(until(signal))
        const best = distributions.find(({ aliases, domainName }) =>
          [...aliases, domainName].some((alias) => input.hosts.some((host) => hostMatches(alias, host))),
        )
        return { distributions, complete, best: best?.id ?? null }
      } finally {
        account.close()
      }
    }),
    tryPermissions: os.addSite.tryPermissions.handler(async ({ input, signal }) => {
      const account = vendors.openAccount(input.access)
      try {
        return { permissions: await account.tryPermissions(input.distributionId, input.wants, until(signal)) }
      } finally {
        account.close()
      }
    }),
  })
}
