import type { ToldVisit } from '#shared/hooks.ts'
import type { Visit } from './visit-desk.ts'

/** What pages told of and nobody took, of each site; kept while the program runs. */
export interface IgnoredVisits {
  add(visit: Visit, why: NonNullable<ToldVisit['ignored']>): void
  list(siteId: string): readonly ToldVisit[]
}

/** @param most places of a site that are kept; the one that was told of longest ago goes first. */
export function createIgnoredVisits(most: number): IgnoredVisits {
  const bySite = new Map<string, Map<string, ToldVisit>>()
  return {
    add({ siteId, host, path, atMs, visits }, why) {
      const places = bySite.get(siteId) ?? new Map<string, ToldVisit>()
      const key = `${host} ${path}`
      const before = places.get(key)
      places.delete(key)
      places.set(key, { host, path, atMs, visits: (before?.visits ?? 0) + visits, ignored: why })
      const [oldest] = places.keys()
      if (places.size > most && oldest !== undefined) places.delete(oldest)
      bySite.set(siteId, places)
    },
    list: (siteId) => [...(bySite.get(siteId)?.values() ?? [])],
  }
}
