import { expect, test } from 'vitest'
import { edgeWords } from '#renderer/sites/edge-words.ts'

const edge = { kind: 'cloudfront', label: 'E2QWRUHAPOMQZL', state: 'ok', failure: null } as const

test.each([
  [edge, 'CloudFront E2QWRUHAPOMQZL ok'],
  [{ ...edge, state: 'no-access' } as const, 'CloudFront E2QWRUHAPOMQZL no access yet'],
  [{ ...edge, state: 'failed', failure: 'refused' } as const, 'CloudFront E2QWRUHAPOMQZL refused to be read'],
  [{ ...edge, state: 'failed', failure: 'unreachable' } as const, 'CloudFront E2QWRUHAPOMQZL cannot be reached'],
  [{ ...edge, state: 'failed', failure: 'other' } as const, 'CloudFront E2QWRUHAPOMQZL could not be read'],
])('%o is told as %s', (status, words) => {
  expect(edgeWords(status)).toBe(words)
})
