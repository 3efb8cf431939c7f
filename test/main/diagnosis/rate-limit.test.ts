import { expect, test } from 'vitest'
import { createRateLimit } from '#main/diagnosis/rate-limit.ts'

const refused = (code: string, sentence: string) => expect.objectContaining({ code, message: expect.stringContaining(sentence) })

test('a person may ask 20 times a minute and one at a time; the owner as often as wanted', () => {
  let now = 0
  const limit = createRateLimit(() => now)
  const end = limit.begin('Ada', 'support')
  expect(() => limit.begin('Ada', 'support')).toThrow(refused('THROTTLED', 'still running'))
  limit.begin('Ben', 'support')()
  end()
  for (let asked = 1; asked < 20; asked += 1) limit.begin('Ada', 'support')()
  now = 59_000
  expect(() => limit.begin('Ada', 'support')).toThrow(refused('THROTTLED', '20 pages'))
  expect(() => limit.begin('Ada', 'support')).toThrow(
    expect.objectContaining({ details: { fix: 'Ask again in 1 s.', retryable: true } }),
  )
  for (let asked = 0; asked < 100; asked += 1) limit.begin('Ada', 'owner')
  now = 60_000
  limit.begin('Ada', 'support')()
})
