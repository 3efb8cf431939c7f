import { keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import type { Verdict } from '#shared/diagnosis.ts'
import { client, orpc } from '#renderer/lib/client.ts'
import { whyPath, type AskedAbout } from '#renderer/lib/why-address.ts'
import { pasteOf } from './pastes.ts'

/** One question: about what, and the name of what a customer sent along. */
export interface Question extends AskedAbout {
  readonly paste: string | null
}

/** A question with its answer. */
export interface Answered {
  readonly question: Question
  readonly verdict: Verdict
}

const ROOT = ['why'] as const
/** An answer costs the site requests, so it is kept for going back to while the window is open. */
const KEPT_MS = 4 * 3_600_000
const COST_KEPT_MS = 30_000
const RECENT = 6

export const diagnosisQueries = {
  cost: (url: string) =>
    orpc.diagnosis.cost.queryOptions({ input: { url }, staleTime: COST_KEPT_MS, placeholderData: keepPreviousData }),
  /** Asked once, and again only when a person says so: neither a change in the core nor a mended line repeats it. */
  why: (question: Question) =>
    queryOptions({
      queryKey: [...ROOT, question.url, question.atMs, question.paste],
      queryFn: async ({ signal }): Promise<Answered> => {
        const { url, atMs, paste } = question
        const text = pasteOf(paste)
        const input = { url, seenAtMs: atMs, customer: text === null ? null : { text } }
        return { question, verdict: await client.diagnosis.why(input, { signal }) }
      },
      gcTime: KEPT_MS,
      refetchOnReconnect: false,
      placeholderData: keepPreviousData,
    }),
}

/** The answers of this window, the newest first, one for each address and instant. */
export function recentAnswers(queryClient: QueryClient): Answered[] {
  const seen = new Set<string>()
  return queryClient
    .getQueriesData<Answered>({ queryKey: ROOT })
    .flatMap(([, answered]) => (answered === undefined ? [] : [answered]))
    .sort((a, b) => b.verdict.askedAtMs - a.verdict.askedAtMs)
    .filter(({ question }) => {
      const name = whyPath(question)
      return seen.has(name) ? false : seen.add(name)
    })
    .slice(0, RECENT)
}
