import fc from 'fast-check'
import { readCacheAnswer } from '#shared/http-cache/cache-answer.ts'
import type { Answered, Exchanged } from '#main/diagnosis/evidence.ts'
import { HOUR, httpDate, NOW } from './evidence.ts'

/** Few values, so that they meet: equal hashes and instants are where rules part. */
export const instant = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[0, 1, 30, 59, 60, 61, 600, 3_600, 7_200, 86_400, 2_592_000].map((seconds) => NOW - seconds * 1_000),
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(NOW + 60_000, 0, -1, 1.5, 8.64e15, NOW - 50) },
)
export const hash = fc.constantFrom('sha256-a', 'sha256-b', 'sha256-c', '')
export const word = fc.oneof(
  fc.constantFrom(
    '',
    'Ada',
    '{{time:x}}',
    '{{{{time:1}}',
    'a\r\nb',
    '\u202e`<b>|[x](y)',
    'x'.repeat(2_000),
    'Authorization: Bearer abcdefgh',
  ),
  fc.string({ maxLength: 12 }),
)
export const status = fc.constantFrom(
  200,
  200,
  200,
  200,
  203,
  204,
  301,
  302,
  304,
  400,
  401,
  403,
  404,
  410,
  429,
  500,
  502,
  503,
  599,
  100,
  0,
  999,
)
export const url = fc.oneof(
  fc.constantFrom(
    'https://site.example/menu/',
    'https://site.example/menu',
    'https://site.example/menu/?a=1',
    'https://[::1]:8080/x',
    'not a url',
    '',
    'https://a:b@c.example/?token=x',
    'https://site.example/%zz/{{time:1}}',
  ),
  fc.webUrl({ withQueryParameters: true }),
)
const hostile = fc.string({ maxLength: 20 })
const field = (name: string, ...values: string[]): fc.Arbitrary<[string, string]> =>
  fc.tuple(fc.constant(name), fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: hostile }))

const header: fc.Arbitrary<[string, string]> = fc.oneof(
  field('age', '0', '1', '60', '3600', '-5', '99999999999', '1, 2'),
  field('date', ...[0, 60, 3_600, -7_200, 86_400].map((seconds) => httpDate(NOW - seconds * 1_000)), 'yesterday'),
  field(
    'cache-control',
    'max-age=60',
    's-maxage=60, stale-while-revalidate=3600',
    'max-age=60, stale-if-error=99',
    'no-store',
    'private',
    'no-cache',
    'max-age=31536000, immutable',
    'max-age=0',
    '',
  ),
  field('expires', '0', httpDate(NOW + HOUR)),
  field('last-modified', httpDate(NOW - 900 * HOUR), httpDate(NOW + HOUR)),
  field(
    'x-cache',
    'Hit from cloudfront',
    'Miss from cloudfront',
    'RefreshHit from cloudfront',
    'Error from cloudfront',
    'HIT',
    'MISS',
  ),
  field('cache-status', '"Netlify Durable"; hit; ttl=-5, "Netlify Edge"; fwd=miss', 'a; hit; fwd=stale', 'x; fwd=bypass, y; hit'),
  field('x-varnish', '1 2', '3'),
  field('via', '1.1 abc.cloudfront.net (CloudFront)', '1.1 varnish'),
  field('x-amz-cf-pop', 'FRA56-P1', 'NRT57-P2'),
  field('vary', '*', 'Cookie', 'User-Agent, Accept-Language, A, B', 'Accept-Encoding'),
  field('set-cookie', 'sid=abc; Path=/'),
  fc.tuple(hostile, hostile),
)
export const headers = fc.array(header, { maxLength: 8 })
export const count = fc.option(fc.constantFrom(0, 1, 39, 300, 3_000, 1e9))

export const answered: fc.Arbitrary<Answered> = fc
  .record({
    url,
    sentAtMs: instant,
    atMs: instant,
    status,
    headers,
    bodyHash: hash,
    steadyHash: hash,
    sizeBytes: fc.nat(),
    ttfbMs: fc.constantFrom(0, 12.5, 90_000),
    textLength: count,
    htmlTags: fc.array(word, { maxLength: 2 }),
    location: fc.option(url),
  })
  .map((answer) => ({ ...answer, cache: readCacheAnswer(answer.headers) }))
export const exchanged: fc.Arbitrary<Exchanged> = fc.oneof(
  { weight: 8, arbitrary: answered },
  { weight: 1, arbitrary: fc.record({ url, sentAtMs: instant, failure: word }) },
)
