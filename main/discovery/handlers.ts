import type { CrawlLimits } from '#shared/discovery.ts'
import type { PageRules } from '#shared/page-identity.ts'
import { os } from '#main/platform/rpc.ts'
import type { DiscoveryService } from './service.ts'
import { counted } from '#shared/count-of.ts'

export interface DiscoveryHandlersWorld {
  readonly discovery: DiscoveryService
  zoneCount(siteId: string): Promise<number>
  /** Addresses that the site's last crawl found and did not visit. */
  waiting(siteId: string): number
  readRules(siteId: string): PageRules
}

export function discoveryHandlers(world: DiscoveryHandlersWorld) {
  const { discovery } = world
  return os.discovery.router({
    start: os.discovery.start.handler(async ({ input, context }) => ({
      jobId: await discovery.start(input.siteId, input.source, context.person),
    })),
    startFromDisk: os.discovery.startFromDisk.handler(async ({ input, context }) => ({
      jobId: await discovery.start(input.siteId, input.source, context.person),
    })),
    crawlCost: os.discovery.crawlCost.handler(async ({ input }) => ({
      sentence: crawlSentence(input.limits, await world.zoneCount(input.siteId)),
      waiting: world.waiting(input.siteId),
    })),
    result: os.discovery.result.handler(({ input }) => discovery.result(input.jobId)),
    rules: os.discovery.rules.handler(({ input }) => world.readRules(input.siteId)),
    previewRules: os.discovery.previewRules.handler(({ input }) => discovery.preview(input.siteId, input.rules)),
    saveRules: os.discovery.saveRules.handler(({ input, context }) => ({
      jobId: discovery.saveRules(input.siteId, input.rules, context.person),
    })),
  })
}

/** Hosts are asked side by side, four at a time. */
function crawlSentence(limits: CrawlLimits, zones: number): string {
  const minutes = Math.ceil(limits.pagesAtMost / limits.requestsPerSecond / Math.min(4, Math.max(1, zones)) / 60)
  const renders = Math.min(limits.rendersAtMost, limits.pagesAtMost)
  return `At most ${counted(limits.pagesAtMost)} requests, about ${counted(minutes)} min, and one for each host’s robots.txt. Pages that are not at the edge are rendered for it: at most about ${counted(renders)}, then it stops. No purges are used.`
}
