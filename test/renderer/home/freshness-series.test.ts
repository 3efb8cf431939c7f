import { expect, test } from 'vitest'
import { pointsOf } from '#renderer/home/freshness-series.ts'

const groups = (outdated: number, fresh: number) => [
  { word: 'fresh' as const, proven: true, pages: fresh },
  ...(outdated > 0 ? [{ word: 'outdated' as const, proven: false, pages: outdated }] : []),
]

test('Words without pages have no line; what was compared comes first, what costs money last', () => {
  const { series } = pointsOf({ nowMs: 2, sinceMs: 1, gapMs: 100, samples: [{ atMs: 1, groups: groups(2, 5) }] })
  expect(series.map(({ says }) => says)).toEqual(['Up to date', 'Old copy'])
})

test('The last sample holds until now', () => {
  const { points } = pointsOf({ nowMs: 50, sinceMs: 1, gapMs: 100, samples: [{ atMs: 1, groups: groups(2, 5) }] })
  expect(points).toEqual([
    { atMs: 1, 'fresh-proven': 5, outdated: 2 },
    { atMs: 50, 'fresh-proven': 5, outdated: 2 },
  ])
})

test('Where nobody looked there is nothing, rather than a straight line', () => {
  const samples = [
    { atMs: 0, groups: groups(1, 5) },
    { atMs: 500, groups: groups(0, 6) },
  ]
  const { points } = pointsOf({ nowMs: 900, sinceMs: 0, gapMs: 100, samples })
  expect(points.map((point) => [point.atMs, point['outdated']])).toEqual([
    [0, 1],
    [100, null],
    [500, 0],
    [600, null],
  ])
})
