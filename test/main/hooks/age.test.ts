import { expect, test } from 'vitest'
import { ageProblem } from '#main/hooks/age.ts'

test.each([
  [45, 30, 'It was signed 45 s ago, and 30 s is the most that is taken.'],
  [3_600, 300, 'It was signed 60 min ago, and 5 min is the most that is taken.'],
  [90_000, 86_400, 'It was signed 25 h ago, and 24 h is the most that is taken.'],
  [5 * 86_400, 86_400, 'It was signed 5 days ago, and 24 h is the most that is taken.'],
])('an age of %i s is told in the units that a person counts in', (agedSeconds, maxAgeSeconds, sentence) => {
  expect(ageProblem(0, maxAgeSeconds, agedSeconds * 1_000)).toBe(sentence)
})
