import { expect, test } from 'vitest'
import { renderWords, spanText, waitWords } from '#renderer/plans/refill-words.ts'

const refill = { pages: 450, cold: 204, renders: 53, renderMs: 405, waitMs: 159, longestWaitMs: 4_420 }

test('a refill is told as renders and as what the first visitors wait', () => {
  expect(renderWords(refill)).toBe('53 renders × 405 ms: 21 s of rendering')
  expect(waitWords(refill)).toBe('wait 159 ms each, up to 4.4 s')
})

test('what is not measured is not guessed', () => {
  expect(renderWords({ ...refill, renders: 0 })).toBe('none: the origin has all of them as files')
  expect(renderWords({ ...refill, renderMs: null })).toBe('53 renders; how long one takes is not measured yet')
  expect(waitWords({ ...refill, waitMs: null })).toBe('wait for the origin; how long is not measured yet')
})

test.each([
  [80, '80 ms'],
  [1_200, '1.2 s'],
  [59_000, '59 s'],
  [840_000, '14 min'],
])('%d ms is %s', (milliseconds, text) => {
  expect(spanText(milliseconds)).toBe(text)
})
