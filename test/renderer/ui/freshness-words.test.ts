import { expect, test } from 'vitest'
import { FRESHNESS_WORDS } from '#shared/http-cache/freshness.ts'
import { FRESHNESS_ORDER, freshnessLook } from '#renderer/ui/freshness-words.ts'

test.each([
  ['fresh', true, 'Up to date', 'disc'],
  ['fresh', false, 'In date', 'circle'],
  ['pending', false, 'Waiting for build', 'hourglass'],
  ['outdated', false, 'Old copy', 'triangle'],
  ['stale-allowed', false, 'Refreshes on next visit', 'half'],
  ['expired', false, 'Due', 'ring'],
  ['absent', false, 'Not at this edge', 'dotted-ring'],
  ['uncached', false, 'Asks origin every time', 'dash'],
  ['error', false, 'Error stored', 'square'],
  ['unknown', false, 'Not checked', 'dotted-line'],
  ['failed', false, 'Check failed', 'cross'],
] as const)('%s (compared: %s) says "%s" with the shape %s', (word, proven, says, shape) => {
  expect(freshnessLook(word, proven)).toMatchObject({ says, shape })
})

test('no two states share a shape, so colour is never needed to tell them apart', () => {
  const shapes = [...FRESHNESS_WORDS.map((word) => freshnessLook(word, false).shape), freshnessLook('fresh', true).shape]
  expect(new Set(shapes).size).toBe(shapes.length)
})

test('the filter offers every word once', () => {
  expect([...FRESHNESS_ORDER].sort()).toEqual([...FRESHNESS_WORDS].sort())
})
