import type { AnswerSum, EdgeAnswers } from '#shared/edge-answers.ts'

const sumOf = (store: number, origin: number, unknown = 0): AnswerSum => ({
  store,
  origin,
  unknown,
  storeTtfb: store === 0 ? { p50Ms: null, p95Ms: null } : { p50Ms: 12.4, p95Ms: 38 },
  originTtfb: origin === 0 ? { p50Ms: null, p95Ms: null } : { p50Ms: 240, p95Ms: 1_310 },
})

export function makeAnswers(): EdgeAnswers {
  const counts = (...of: readonly number[]) => [...of, ...Array.from({ length: 25 - of.length }, () => 0)]
  return {
    fromMs: Date.now() - 86_400_000,
    nowMs: Date.now(),
    vantages: ['FRA56'],
    all: sumOf(380, 62, 3),
    storeTtfbCounts: counts(0, 0, 4, 21, 60, 110, 96, 50, 25, 10, 4),
    originTtfbCounts: counts(0, 0, 0, 0, 0, 0, 0, 0, 2, 5, 4, 6, 9, 11, 12, 6, 3, 2, 2),
    byServedAs: [
      { servedAs: 'static', ...sumOf(340, 40) },
      { servedAs: 'rendered', ...sumOf(40, 22, 3) },
    ],
    byZone: [
      { host: 'lollies.localhost', ...sumOf(300, 42, 3) },
      { host: 'gifts.lollies.localhost', ...sumOf(80, 20) },
    ],
    zones: 2,
    runs: [
      { runId: 2, startedAtMs: Date.now() - 3_600_000, ...sumOf(400, 45) },
      { runId: 1, startedAtMs: Date.now() - 90_000_000, ...sumOf(300, 145) },
    ],
  }
}
