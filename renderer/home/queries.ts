import { keepPreviousData } from '@tanstack/react-query'
import type { AnswerRange, EdgeAnswers } from '#shared/edge-answers.ts'
import type { FRESHNESS_RANGES_HOURS } from '#shared/home.ts'
import type { Selection } from '#shared/pages.ts'
import { orpc } from '#renderer/lib/client.ts'

/** Freshness words change with the clock alone, so what is on screen is asked again while it is. */
const AGAIN_MS = 5_000
/** Counting this many takes the core longer than it is worth every few seconds. */
const MANY_PAGES = 100_000
const SLOWLY_MS = 30_000

export const OLD_COPIES: Selection = { kind: 'filter', filter: { freshness: ['outdated'] }, exceptPageIds: [] }
export const NEVER_CHECKED: Selection = { kind: 'filter', filter: { freshness: ['unknown'] }, exceptPageIds: [] }

const isEmpty = (answers: EdgeAnswers | undefined) => answers === undefined || answers.byZone.length === 0

export const homeQueries = {
  get: (siteId: string) =>
    orpc.home.get.queryOptions({
      input: { siteId },
      placeholderData: keepPreviousData,
      refetchInterval: (query) => ((query.state.data?.pages ?? 0) > MANY_PAGES ? SLOWLY_MS : AGAIN_MS),
    }),
  freshnessOverTime: (siteId: string, hours: (typeof FRESHNESS_RANGES_HOURS)[number]) =>
    orpc.home.freshnessOverTime.queryOptions({
      input: { siteId, hours },
      placeholderData: keepPreviousData,
      refetchInterval: hours === 1 ? AGAIN_MS : SLOWLY_MS,
    }),
  answers: (siteId: string, range: AnswerRange) =>
    orpc.inspection.answers.queryOptions({
      input: { siteId, range },
      placeholderData: keepPreviousData,
      // Of a first start the first answers are worth more than later ones.
      refetchInterval: (query) => (isEmpty(query.state.data) ? AGAIN_MS : SLOWLY_MS),
    }),
  /** What replacing every old copy would cost. Its key has the count, so that it is worked out again when that changes. */
  purgeOfOldCopies: (siteId: string, oldCopies: number) => {
    const options = orpc.plans.preview.queryOptions({ input: { siteId, selection: OLD_COPIES } })
    return { ...options, queryKey: [...options.queryKey, oldCopies] as const }
  },
}
