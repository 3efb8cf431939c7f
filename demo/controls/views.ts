import { ageSeconds } from '../edge/cache-entry.ts'
import type { ControlsParts } from './actions.ts'

type View = (query: URLSearchParams) => Readonly<Record<string, unknown>>

/** What can be looked at: the state in short, the requests that reached the origin, and the copies at the edge. */
export function controlViews(parts: ControlsParts): ReadonlyMap<string, View> {
  const { clock, counts, pops, content, distributions, invalidationStore, buildStore, releases, origin, zones, ssr } = parts

  const state: View = () => {
    const [build] = buildStore.list(1)
    return {
      now: clock.nowIso(),
      clockFactor: clock.factor,
      liveReleaseId: distributions.liveReleaseId(),
      originRunning: origin.running(),
      originPathAtPops: Object.fromEntries(pops.map((pop) => [pop.name, distributions.originPathAt(pop.name)])),
      lollies: content.lollyCount(),
      lists: content.lists().map(({ slug, title, intro }) => ({ slug, title, intro })),
      mainMenu: content.menu('main-menu'),
      releases: releases.list().map(({ number, publishedOn }) => ({ id: `r-${String(number)}`, publishedOn })),
      latestBuild: build === undefined ? null : { id: `b-${String(build.number)}`, state: build.state, title: build.title },
      invalidations: invalidationStore.count(),
      edgeCopies: Object.fromEntries(pops.map((pop) => [pop.name, pop.copies().length])),
      originCursor: counts.cursor,
      ssr: {
        ...ssr.cache.counts(),
        renders: ssr.refresher.renders,
        visitChecks: ssr.visitCheck.counts,
        settings: ssr.settings,
        pages: ssr.content.list().map(({ path, title, text }) => ({ path, title, text })),
      },
      zones: zones.map(({ host, url }) => ({ host, url })),
    }
  }

  const originRequests: View = (query) => ({
    cursor: counts.cursor,
    counts: counts.counts(Number(query.get('since') ?? 0) || 0),
  })

  const edge: View = () => ({
    pops: pops.map((pop) => ({
      pop: pop.name,
      entries: pop.copies().map((entry) => ({
        host: entry.host,
        path: entry.path,
        status: entry.status,
        storedAt: new Date(entry.storedAtMs).toISOString(),
        ageSeconds: Math.floor(ageSeconds(entry, clock.nowMs())),
        ttlSeconds: entry.ttlSeconds,
        staleWhileRevalidateSeconds: entry.staleWhileRevalidateSeconds,
        size: entry.body.length,
        tags: entry.tags,
      })),
    })),
  })

  return new Map([
    ['/api/state', state],
    ['/api/origin-requests', originRequests],
    ['/api/edge', edge],
  ])
}
