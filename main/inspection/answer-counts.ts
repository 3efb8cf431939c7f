import { ttfbClass } from '#shared/edge-answers.ts'
import type { Raw } from '#main/platform/database.ts'
import type { Observation } from './inspect-page.ts'

const HOUR_MS = 3_600_000
export const ANSWERS_KEPT_MS = 90 * 24 * HOUR_MS

export interface AnswerCounter {
  count(zoneId: number, servedAs: string, observation: Observation): void
  /** Adds what was counted to the sums. Call inside the transaction that stores the checks. */
  flush(): void
}

/**
 * Sums up how checks were answered, so that no view looks at every page: one row for the hour, run, zone, kind of page, edge
 * location, source and class of time. Rows are kept for `ANSWERS_KEPT_MS`. `runId`: 0 outside of a run.
 */
export function createAnswerCounter(db: Raw, siteId: string, runId: number): AnswerCounter {
  const add = db.prepare(`INSERT INTO check_answers VALUES (@siteId, @hourAt, @runId, @zoneId, @servedAs, @vantage, @answeredBy,
    @ttfbClass, @answers) ON CONFLICT DO UPDATE SET answers = answers + excluded.answers`)
  const forget = db.prepare('DELETE FROM check_answers WHERE site_id = ? AND hour_at < ?')
  let forgotAtMs = 0
  const sums = new Map<string, Record<string, string | number> & { answers: number }>()
  return {
    count(zoneId, servedAs, { atMs, vantage, answeredBy, ttfbMs }) {
      const hourAt = atMs - (atMs % HOUR_MS)
      const of = { siteId, hourAt, runId, zoneId, servedAs, vantage: vantage ?? '', answeredBy, ttfbClass: ttfbClass(ttfbMs) }
      const key = Object.values(of).join('\n')
      const sum = sums.get(key)
      if (sum) sum.answers += 1
      else sums.set(key, { ...of, answers: 1 })
      if (hourAt <= forgotAtMs) return
      forgotAtMs = hourAt
      forget.run(siteId, atMs - ANSWERS_KEPT_MS)
    },
    flush() {
      for (const sum of sums.values()) add.run(sum)
      sums.clear()
    },
  }
}
