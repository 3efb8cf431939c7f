import { keepPreviousData } from '@tanstack/react-query'
import type { CrawlLimits } from '#shared/discovery.ts'
import type { PageRules } from '#shared/page-identity.ts'
import { orpc } from '#renderer/lib/client.ts'

const WHILE_RUNNING_MS = 500

export const discoveryQueries = {
  result: (jobId: string) =>
    orpc.discovery.result.queryOptions({
      input: { jobId },
      staleTime: 0,
      refetchInterval: (query) => (query.state.data && query.state.data.state !== 'running' ? false : WHILE_RUNNING_MS),
    }),
  crawlCost: (siteId: string, limits: CrawlLimits) =>
    orpc.discovery.crawlCost.queryOptions({ input: { siteId, limits }, staleTime: 0, placeholderData: keepPreviousData }),
  rules: (siteId: string) => orpc.discovery.rules.queryOptions({ input: { siteId } }),
  previewRules: (siteId: string, rules: PageRules) =>
    orpc.discovery.previewRules.queryOptions({ input: { siteId, rules }, staleTime: 0, placeholderData: keepPreviousData }),
}
