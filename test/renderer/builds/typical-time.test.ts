import { expect, test } from 'vitest'
import { typicalTime } from '#renderer/builds/typical-time.ts'

const took = (ms: number, state: 'succeeded' | 'failed' | 'running' = 'succeeded') => ({
  state,
  startedAtMs: 1_000,
  endedAtMs: state === 'running' ? null : 1_000 + ms,
})

test('A build usually takes as long as the middle one of those that succeeded', () => {
  expect(typicalTime([])).toBeNull()
  expect(typicalTime([took(0, 'running'), took(5, 'failed')])).toBeNull()
  expect(typicalTime([took(10), took(900), took(30), took(1, 'failed'), took(20), took(40)])).toBe(30)
})
