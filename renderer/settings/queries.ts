import { keepPreviousData } from '@tanstack/react-query'
import { orpc } from '#renderer/lib/client.ts'

export const networkQueries = {
  get: () => orpc.network.get.queryOptions(),
  offline: () => orpc.network.offline.queryOptions(),
}

export const upkeepQueries = {
  /** Sizes change with every check; asked again whenever they are shown. */
  get: () => orpc.upkeep.get.queryOptions({ staleTime: 0 }),
  damage: () => orpc.upkeep.damage.queryOptions(),
  rescue: () => orpc.upkeep.rescue.queryOptions(),
  /** What is looked at is what is saved: it is made anew each time. */
  bundle: (withAddresses: boolean) =>
    orpc.upkeep.bundle.queryOptions({ input: { withAddresses }, staleTime: 0, gcTime: 0, placeholderData: keepPreviousData }),
}
