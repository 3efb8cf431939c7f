import { expect, test } from 'vitest'
import { curlCommand, pageReport, withoutSecrets } from '#renderer/pages/page-report.ts'
import type { PageDetail } from '#shared/pages.ts'

const PAGE: PageDetail = {
  id: 1,
  path: '/a',
  zoneId: 1,
  word: 'outdated',
  proven: false,
  time: 'in-date',
  content: 'superseded',
  servedAs: 'static',
  tags: ['pb-menu:main'],
  copyMadeAtMs: 0,
  freshUntilMs: null,
  staleUntilMs: null,
  observedAtMs: 0,
  failedAtMs: null,
  failure: null,
  vantage: 'FRA56',
  ttfbMs: 1,
  status: 200,
  filledByCheck: false,
  waitsFor: null,
  url: 'https://ada:pass-word@www.example.com/a?token=top-secret&page=2',
  zoneHost: 'www.example.com',
  sentence: 'Visitors get an old copy.',
  lifetimeRule: 's-maxage=60',
  lifetimeBasis: 'edge-policy',
  edgeHash: 'sha256-a',
  originHash: 'sha256-b',
  originBasis: 'manifest',
  ageSeconds: 12,
  headers: [
    ['etag', '"v"'],
    ['set-cookie', 'session=top-secret'],
    ['x-auth-token', 'top-secret'],
    ['location', 'https://www.example.com/b?signature=top-secret'],
  ],
  tagSources: [],
  firstAnswer: null,
  sizeBytes: 5,
  siteId: 's',
  chain: [{ link: 'edge', says: 'holds a | copy', sinceMs: 0, toNext: 'broken' }],
}

test('The report tells state, chain and headers, and no secret', () => {
  const report = pageReport(PAGE, null, 1_000)
  expect(report).toContain('# https://www.example.com/a?token=***&page=2')
  expect(report).toContain('**Old copy.** Visitors get an old copy.')
  expect(report).toContain('| edge ✗ | holds a \\| copy | 1970-01-01T00:00:00.000Z |')
  expect(report).toContain('etag: "v"')
  expect(report).not.toMatch(/top-secret|pass-word/)
})

test.each([
  ['https://a.example/?page=2&q=key', 'https://a.example/?page=2&q=key'],
  ['https://a.example/?X-Amz-Signature=abc&api_key=1', 'https://a.example/?X-Amz-Signature=***&api_key=***'],
])('%s is shown as %s', (address, shown) => {
  expect(withoutSecrets(address)).toBe(shown)
})

test('A quote in an address cannot end the argument of curl', () => {
  expect(curlCommand("https://a.example/it's")).toContain(`'https://a.example/it'\\''s'`)
})
