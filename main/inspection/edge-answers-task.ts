import {
  TTFB_CLASSES,
  ttfbWithin,
  type AnsweredBy,
  type AnswerRange,
  type AnswerSum,
  type EdgeAnswers,
} from '#shared/edge-answers.ts'
import { ServedAs } from '#shared/pages.ts'
import type { Raw } from '#main/platform/database.ts'

export interface AnswersInput {
  readonly siteId: string
  readonly range: AnswerRange
  readonly nowMs: number
}

const HOUR_MS = 3_600_000
const RANGE_MS = { day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, month: 30 * 24 * HOUR_MS } as const
/** No row has it. */
const NO_RUN = -1
const RUNS = 10
const ZONES_SHOWN = 50

interface Row {
  readonly host: string
  readonly served_as: string
  readonly answered_by: AnsweredBy
  readonly ttfb_class: number
  readonly answers: number
}

/** How the edge answered checks, from their sums by the hour. */
export function readEdgeAnswers(db: Raw, { siteId, range, nowMs }: AnswersInput): EdgeAnswers {
  const runs = db
    .prepare<[string], { id: number; started_at: number; ended_at: number | null }>(
      `SELECT id, started_at, ended_at FROM inspection_runs WHERE site_id = ? AND done > 0 ORDER BY id DESC LIMIT ${RUNS}`,
    )
    .all(siteId)
  const ofRun = db.prepare<[string, number, number, number], Row>(
    `SELECT '' AS host, '' AS served_as, answered_by, ttfb_class, sum(answers) AS answers FROM check_answers
     WHERE site_id = ? AND hour_at BETWEEN ? AND ? AND run_id = ? GROUP BY answered_by, ttfb_class`,
  )
  const newest = runs[0]
  const beganMs = range === 'run' ? (newest?.started_at ?? nowMs) : nowMs - RANGE_MS[range]
  const fromMs = hourOf(beganMs)
  const runId = range === 'run' ? (newest?.id ?? NO_RUN) : null
  const where = `check_answers.site_id = @siteId AND hour_at >= @fromMs ${runId === null ? '' : 'AND run_id = @runId'}`
  const input = { siteId, fromMs, ...(runId === null ? {} : { runId }) }
  const rows = db
    .prepare<[typeof input], Row>(
      `SELECT zones.host, served_as, answered_by, ttfb_class, sum(answers) AS answers FROM check_answers
       JOIN zones ON zones.id = zone_id WHERE ${where} GROUP BY zone_id, served_as, answered_by, ttfb_class`,
    )
    .all(input)
  const vantages = db
    .prepare<[typeof input], string>(
      `SELECT DISTINCT vantage FROM check_answers WHERE ${where} AND vantage <> '' ORDER BY vantage`,
    )
    .pluck()
    .all(input)
  const byZone = [...Map.groupBy(rows, ({ host }) => host)]
    .map(([host, of]) => ({ host, ...sumOf(of) }))
    .sort((a, b) => total(b) - total(a) || (a.host < b.host ? -1 : 1))
  return {
    fromMs,
    nowMs,
    vantages,
    all: sumOf(rows),
    storeTtfbCounts: countsOf(rows, 'store'),
    originTtfbCounts: countsOf(rows, 'origin'),
    byServedAs: [...Map.groupBy(rows, ({ served_as }) => served_as)]
      .map(([servedAs, of]) => ({ servedAs: ServedAs.parse(servedAs), ...sumOf(of) }))
      .sort((a, b) => total(b) - total(a)),
    byZone: byZone.slice(0, ZONES_SHOWN),
    zones: byZone.length,
    runs: runs
      .map(({ id, started_at, ended_at }) => ({
        runId: id,
        startedAtMs: started_at,
        ...sumOf(ofRun.all(siteId, hourOf(started_at), ended_at ?? nowMs, id)),
      }))
      // Of older ones nothing was summed up.
      .filter((run) => total(run) > 0),
  }
}

function hourOf(atMs: number): number {
  return atMs - (atMs % HOUR_MS)
}

function countsOf(rows: readonly Row[], by: AnsweredBy): number[] {
  const counts = Array.from({ length: TTFB_CLASSES }, () => 0)
  for (const row of rows) if (row.answered_by === by) counts[row.ttfb_class] = (counts[row.ttfb_class] ?? 0) + row.answers
  return counts
}

function sumOf(rows: readonly Row[]): AnswerSum {
  const of = (by: AnsweredBy) => {
    const counts = countsOf(rows, by)
    const answers = counts.reduce((sum, count) => sum + count, 0)
    return { answers, ttfb: { p50Ms: ttfbWithin(counts, 0.5), p95Ms: ttfbWithin(counts, 0.95) } }
  }
  const [store, origin, unknown] = [of('store'), of('origin'), of('unknown')]
  return {
    store: store.answers,
    origin: origin.answers,
    unknown: unknown.answers,
    storeTtfb: store.ttfb,
    originTtfb: origin.ttfb,
  }
}

function total({ store, origin, unknown }: AnswerSum): number {
  return store + origin + unknown
}
