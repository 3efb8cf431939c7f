import { expect, test } from 'vitest'
import { diagnose } from '#main/diagnosis/diagnose.ts'
import { safeHeaders, withoutSecrets } from '#main/diagnosis/redact.ts'
import { answered, customer, edge, evidence, hit, NEW, OLD } from '../../support/evidence.ts'

const SECRET = 'hunter2hunter2AAAA9999bbbb'

test('neither the report nor the words for the customer nor the exchanges hold a secret', () => {
  const url = `https://ada:${SECRET}@site.example/menu/?access_token=${SECRET}&page=2`
  const fields = {
    ...hit(60),
    'set-cookie': `sid=${SECRET}; Path=/`,
    authorization: `Bearer ${SECRET}`,
    'x-api-key': SECRET,
    location: `/next?sig=${SECRET}`,
  }
  const verdict = diagnose(
    evidence({
      url,
      edge: edge(answered(OLD, fields, { url })),
      crawler: { url, sentAtMs: 0, failure: `Refused: Authorization: Bearer ${SECRET}` },
      customer: customer(fields, { url }),
      gaps: [`Could not ask ${url}`],
    }),
  )
  expect(
    JSON.stringify({
      ...verdict,
      url: '',
      causes: verdict.causes.map((cause) => ({ ...cause, remedies: cause.remedies.map(({ says }) => says) })),
    }),
  ).not.toContain(SECRET)
  expect(verdict.report).toContain('page=2')
  expect(verdict.exchanges[0]?.headers).toContainEqual(['set-cookie', 'sid=…'])
})

test('a path that is to be purged stays as it is', () => {
  const url = 'https://site.example/menu/?key=1'
  const verdict = diagnose(evidence({ url, edge: edge(answered(OLD, hit(60), { url })) }))
  expect(verdict.causes[0]?.remedies[0]).toMatchObject({ lines: ['/menu/?key=1'] })
})

test.each([
  ['/a?token=abc&b=1', '/a?token=…&b=1'],
  ['/a?b=1&X-Amz-Signature=00ff', '/a?b=1&X-Amz-Signature=…'],
  ['/a?next=/b&q=word', '/a?next=/b&q=word'],
  [`/a?q=${SECRET}`, '/a?q=…'],
  ['https://a:b@c.example/', 'https://…@c.example/'],
  ['eyJhbGciOiJI.eyJzdWIiOiIx.abc', '…'],
])('%s is passed on as %s', (given, safe) => {
  expect(withoutSecrets(given)).toBe(safe)
})

test('headers that tell of caching are kept', () => {
  expect(safeHeaders(answered(NEW, hit(5)).headers)).toHaveLength(Object.keys(hit(5)).length)
})
