import type { ReleaseChange } from '#shared/deploys.ts'
import { orpc } from '#renderer/lib/client.ts'

const ROWS_AT_ONCE = 100

export const buildsQueries = {
  list: (siteId: string) => orpc.builds.list.queryOptions({ input: { siteId } }),
  rule: (siteId: string, address: string) => orpc.builds.rule.queryOptions({ input: { siteId, address }, retry: false }),
}

export const queueQueries = {
  get: (siteId: string) => orpc.buildQueue.get.queryOptions({ input: { siteId } }),
  /** Asked again with the queue: a deploy that is published changes both. */
  published: (siteId: string) => orpc.published.get.queryOptions({ input: { siteId } }),
  past: (siteId: string) => orpc.buildQueue.past.queryOptions({ input: { siteId } }),
}

/** Files go by faster than the core tells of them. */
const UNDER_WAY_MS = 500

export const publishingQueries = {
  list: (siteId: string) =>
    orpc.publishing.list.queryOptions({
      input: { siteId },
      refetchInterval: ({ state }) => (state.data?.runs.some(({ endedAtMs }) => endedAtMs === null) ? UNDER_WAY_MS : false),
    }),
}

/** What is in the way of a change of release comes and goes. */
const PREVIEW_AGAIN_MS = 5_000

export const deploysQueries = {
  list: (siteId: string) => orpc.deploys.list.queryOptions({ input: { siteId } }),
  preview: (siteId: string, releaseId: string) =>
    orpc.deploys.preview.queryOptions({
      input: { siteId, releaseId },
      gcTime: 0,
      retry: false,
      refetchInterval: PREVIEW_AGAIN_MS,
    }),
  plan: (planId: string) => orpc.plans.get.queryOptions({ input: { planId } }),
  budget: (siteId: string) => orpc.budget.get.queryOptions({ input: { siteId } }),
  purgeOf: (siteId: string, releaseId: string) =>
    orpc.deploys.purgeOf.queryOptions({ input: { siteId, releaseId }, gcTime: 0, retry: false }),
  /** Releases never change, and so what they differ in. `against` left out: the release before it. */
  changes: (siteId: string, releaseId: string, kind: ReleaseChange['kind'], against?: string) =>
    orpc.deploys.changes.infiniteOptions({
      input: (after: number) => ({
        siteId,
        releaseId,
        kind,
        after,
        limit: ROWS_AT_ONCE,
        ...(against === undefined ? {} : { against }),
      }),
      initialPageParam: 0,
      getNextPageParam: (last) => last.next,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  counts: (siteId: string, releaseId: string) =>
    orpc.deploys.changes.queryOptions({ input: { siteId, releaseId, limit: 1 }, staleTime: Number.POSITIVE_INFINITY }),
}
