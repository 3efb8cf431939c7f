import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { browserFreshness, browserSentence } from '#shared/http-cache/browser-freshness.ts'
import { readCacheAnswer } from '#shared/http-cache/cache-answer.ts'
import { deltaSeconds, parseDirectives } from '#shared/http-cache/directives.ts'
import { classify, FRESHNESS_WORDS, type CopyFacts } from '#shared/http-cache/freshness.ts'
import { parseHttpDate } from '#shared/http-cache/http-date.ts'
import { lifetime } from '#shared/http-cache/lifetime.ts'
import { parseMembers, parseTargeted } from '#shared/http-cache/structured.ts'

const NOW = Date.parse('2026-11-05T10:02:00Z')
const MOST_SECONDS = 2 ** 31
/** ECMAScript's last instant: beyond it a Date is invalid. */
const LAST_INSTANT_MS = 8.64e15

const NAMES = [
  'Age',
  'age',
  'Date',
  'Expires',
  'Last-Modified',
  'Cache-Control',
  'CDN-Cache-Control',
  'Netlify-CDN-Cache-Control',
  'Surrogate-Control',
  'Cache-Status',
  'X-Cache',
  'X-Cache-Status',
  'X-Cache-Lookup',
  'X-Cache-Hits',
  'X-Cache-Remote',
  'X-Served-By',
  'X-Varnish',
  'X-Amz-Cf-Pop',
  'Server-Timing',
  'CF-Ray',
  'CF-Cache-Status',
  'X-Vercel-Cache',
  'X-Vercel-Id',
  'X-Nextjs-Cache',
  'Akamai-Cache-Status',
  'X-Check-Cacheable',
  'Via',
  'Server',
  'Vary',
  'Warning',
  'Pragma',
  'Cache-Tag',
  'Surrogate-Key',
  'Set-Cookie',
  '__proto__',
] as const

const PIECES = [
  ['max-age', 's-maxage', 'no-store', 'no-cache', 'private', 'stale-while-revalidate', 'stale-if-error', 'immutable'],
  ['=', ',', ';', ':', ' ', '\t', '"', '\\', '+', '-', '(', ')', '?1', '?0', '@', '%"', '*', '\0', 'é', '💥', '\ud800'],
  ['0', '1', '-1', '1.5', '1e9', '60', '4294967296', '99999999999999999999999', 'NaN', 'Infinity', '0x10', '+5'],
  ['hit', 'fwd=stale', 'fwd=', 'ttl=-5', 'ttl=999999999999999', 'stored', 'Hit from cloudfront', 'HIT', 'MISS', 'TCP_HIT'],
  [' from ', 'cache-fra1-FRA', '32770 3', 'FRA56-P3', 'squid', 'varnish', '1.1 x (squid/5)', '"Netlify Edge"'],
  ['Thu, 05 Nov 2026 12:00:00 GMT', 'Thursday, 05-Nov-26 12:00:00 GMT', 'Thu Nov  5 12:00:00 2026', 'Thu, 99 Xxx 0000'],
].flat()

const value = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
)
const headers = fc.array(fc.tuple(fc.constantFrom(...NAMES), value), { minLength: 4, maxLength: 8 })
const instant = fc.oneof(fc.constant(null), fc.integer(), fc.double({ noNaN: true, min: -1e15, max: 1e15 }))

let fed = 0

/** Throws rather than expects: it runs a hundred thousand times. */
function holds(condition: boolean, what: string): void {
  if (!condition) throw new Error(`does not hold: ${what}`)
}

function seconds(value: number | null | undefined, what: string, least = 0): void {
  if (value === null || value === undefined) return
  holds(Number.isFinite(value) && value >= least && value <= MOST_SECONDS, `${what} is ${value}`)
}

function feedParsers(text: string): void {
  fed += 1
  const directives = parseDirectives(text)
  for (const name of directives.keys()) seconds(deltaSeconds(directives, name), name)
  const at = parseHttpDate(text, NOW)
  holds(at === undefined || Math.abs(at) <= LAST_INSTANT_MS, `date ${at}`)
  const { members, bad } = parseMembers(text)
  holds(members.length + bad.length <= text.length, 'no more members than characters')
  for (const [name, directive] of parseTargeted(text) ?? []) {
    holds(directive === true || /^\d+$/.test(directive), `${name} is a count`)
  }
}

function feedHeaders(pairs: readonly (readonly [string, string])[], status: number): void {
  fed += 1
  const answer = readCacheAnswer(pairs)
  seconds(answer.ageSeconds, 'age')
  holds(answer.state === (answer.hops.at(-1)?.state ?? 'unknown'), 'the state is that of the nearest hop')
  holds(answer.hops.length <= 32, 'hops are bounded')
  for (const hop of answer.hops) {
    seconds(hop.ttlSeconds, 'ttl', -MOST_SECONDS)
    seconds(hop.hits, 'hits')
    holds(hop.evidence !== '' && hop.evidence.length <= 500, 'evidence is there and bounded')
  }
  holds(
    answer.oddities.every((sentence) => sentence.length < 2_000),
    'oddities are bounded',
  )
  const get = (name: string) => pairs.find(([field]) => field.toLowerCase() === name)?.[1]
  const life = lifetime(
    status,
    {
      cacheControl: get('cache-control'),
      expires: get('expires'),
      date: get('date'),
      lastModified: get('last-modified'),
      targeted: { vendor: answer.vendor, get },
    },
    null,
    NOW,
  )
  // Expires may name any year: finite, and no more than all the instants there are.
  holds(life.lifetimeSeconds >= 0 && life.lifetimeSeconds <= (2 * LAST_INSTANT_MS) / 1_000, `lifetime ${life.lifetimeSeconds}`)
  seconds(life.staleWhileRevalidateSeconds, 'stale-while-revalidate')
  seconds(life.staleIfErrorSeconds, 'stale-if-error')
  const fresh = browserFreshness(pairs, NOW, answer.ageSeconds, status)
  seconds(fresh.lifetimeSeconds, 'lifetime in a browser')
  seconds(fresh.keepsSeconds, 'rest of it')
  holds(fresh.keepsSeconds <= fresh.lifetimeSeconds && fresh.untilMs >= NOW, 'the rest is a part of the whole')
  holds(Number.isFinite(fresh.untilMs) && (fresh.use !== 'keeps') === (fresh.keepsSeconds === 0), 'kept until an instant')
  holds(browserSentence(fresh, NOW, String).endsWith('.'), 'a sentence comes of it')
}

describe('Hostile input', () => {
  test('of one field neither throws nor leaves the bounds', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 20, maxLength: 20 }), (texts) => texts.forEach(feedParsers)),
      { numRuns: 2_500 },
    )
  })

  test('of whole answers neither throws nor leaves the bounds', () => {
    fc.assert(
      fc.property(fc.array(headers, { minLength: 10, maxLength: 10 }), fc.constantFrom(0, 200, 301, 404, 599), (sets, status) =>
        sets.forEach((pairs) => feedHeaders(pairs, status)),
      ),
      { numRuns: 3_000 },
    )
  })

  test('of stored facts always comes to one word', () => {
    const facts: fc.Arbitrary<CopyFacts> = fc.record({
      observedAtMs: instant,
      failedAtMs: instant,
      status: fc.oneof(fc.constant(null), fc.integer()),
      stored: fc.constantFrom('stored', 'not-stored', 'asks-always', null),
      freshUntilMs: instant,
      staleUntilMs: instant,
      purgedAtMs: instant,
      copyMadeAtMs: instant,
      edgeHash: fc.constantFrom('a', 'b', '', null),
      originHash: fc.constantFrom('a', 'b', '', null),
      stagedHash: fc.constantFrom('a', 'b', '', null),
      changedSinceMs: instant,
      originStartedAtMs: instant,
      rendersOnDemand: fc.boolean(),
    })
    const words = new Set<string>(FRESHNESS_WORDS)
    fc.assert(
      fc.property(facts, fc.integer(), (copy, nowMs) => {
        fed += 1
        const { word, time } = classify(copy, nowMs)
        holds(words.has(word), word)
        holds((time === null) === (copy.observedAtMs === null), 'a time is told when there was an observation')
        holds(word !== 'fresh' || (copy.freshUntilMs !== null && nowMs < copy.freshUntilMs), 'fresh only within the lifetime')
      }),
      { numRuns: 25_000 },
    )
  })

  test.each([
    ['a', 'a'],
    ['quotes', 'a="'],
    ['escapes', '"\\'],
    ['open escapes', 'a="\\"'],
    ['commas', ','],
    ['empty members', ' , ;'],
    ['spaces', ' '],
    ['names and spaces', 'max-age '],
    ['parameters', 'a;b=1;'],
    ['brackets', '('],
    ['members', '"Netlify Edge"; hit, '],
    ['marks', 'HIT from a, '],
    ['digits', '9'],
    ['ids', '1 2, '],
  ])('of 300,000 characters of %s is read in one go', (_what, piece) => {
    const long = piece.repeat(Math.ceil(300_000 / piece.length))
    feedParsers(long)
    feedParsers(`x${long}`)
    for (const name of NAMES) feedHeaders([[name, long]], 200)
    // Each name together with what makes its vendor known.
    feedHeaders(
      NAMES.map((name) => [name, long]),
      200,
    )
  })

  test('of 20,000 field lines is read in one go', () => {
    feedHeaders(
      Array.from({ length: 20_000 }, (_, index) => [NAMES[index % NAMES.length] ?? 'age', 'HIT from a, "b";hit']),
      200,
    )
  })

  afterAll(() => {
    expect(fed).toBeGreaterThanOrEqual(100_000)
  })
})
