import fc from 'fast-check'
import { readCacheAnswer } from '#shared/http-cache/cache-answer.ts'
import type { CopyFacts } from '#shared/http-cache/freshness.ts'
import { SERVED_AS } from '#shared/pages.ts'
import type { CustomerCopy, Evidence, History, KnownPage, OriginEvidence } from '#main/diagnosis/evidence.ts'
import { instant, hash, word, status, url, headers, answered, exchanged } from './any-answer.ts'
import { NOW } from './evidence.ts'

const facts: fc.Arbitrary<CopyFacts> = fc.record({
  observedAtMs: fc.option(instant),
  failedAtMs: fc.option(instant),
  status: fc.option(status),
  stored: fc.option(fc.constantFrom('stored' as const, 'not-stored' as const, 'asks-always' as const)),
  freshUntilMs: fc.option(instant),
  staleUntilMs: fc.option(instant),
  purgedAtMs: fc.option(instant),
  copyMadeAtMs: fc.option(instant),
  edgeHash: fc.option(hash),
  originHash: fc.option(hash),
  stagedHash: fc.option(hash),
  changedSinceMs: fc.option(instant),
  originStartedAtMs: fc.option(instant),
  rendersOnDemand: fc.boolean(),
})
const page: fc.Arbitrary<KnownPage> = fc.record({
  id: fc.nat(),
  path: word,
  zoneHost: word,
  servedAs: fc.constantFrom(...SERVED_AS),
  rendersOnDemand: fc.boolean(),
  tags: fc.array(fc.record({ tag: fc.constantFrom('menu', 'menu:main'), html: fc.boolean(), header: fc.boolean() }), {
    maxLength: 2,
  }),
  facts,
})
const origin: fc.Arbitrary<OriginEvidence> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ basis: fc.constant('none' as const), why: word }) },
  { weight: 1, arbitrary: fc.record({ basis: fc.constant('none' as const), why: word, failure: word }) },
  {
    weight: 4,
    arbitrary: fc.record({
      basis: fc.constantFrom('manifest' as const, 'renderer' as const, 's3' as const, 'origin' as const),
      atMs: instant,
      status,
      hash: fc.option(hash),
      steady: fc.boolean(),
      sameAsEdge: fc.option(fc.boolean()),
      etag: fc.option(word),
      lastModifiedMs: fc.option(instant),
      startedAtMs: fc.option(instant),
      tags: fc.array(word, { maxLength: 2 }),
      exchange: fc.option(answered),
    }),
  },
)
const items = fc.array(fc.constantFrom('/menu/', '/*', '#menu:main', '{{time:'), { maxLength: 3 })
const release = fc.record({
  id: fc.constantFrom('r1', 'r2', 'r3'),
  title: fc.option(word),
  startedAtMs: instant,
  published: fc.boolean(),
  live: fc.boolean(),
  hash: fc.option(hash, { nil: undefined }).chain((value) => fc.constantFrom(value, null)),
})
const mark = fc.record({ what: word, target: fc.constantFrom('menu', 'menu:main', '/menu/'), sinceMs: instant, by: word })
const purge = fc.record({
  id: word,
  planId: word,
  state: fc.constantFrom('intent' as const, 'sent' as const, 'completed' as const, 'refused' as const),
  sentAtMs: instant,
  completedAtMs: fc.option(instant),
  by: word,
  covering: items,
  nearMisses: items,
})
const history: fc.Arbitrary<History> = fc.record({
  releases: fc.array(release, { maxLength: 4 }),
  marks: fc.array(mark, { maxLength: 2 }),
  changesIn30Days: fc.constantFrom(0, 1, 30, 1e6),
  purges: fc.array(purge, { maxLength: 3 }),
  looks: fc.array(
    fc.record({
      atMs: instant,
      status: fc.option(status),
      stored: fc.option(word),
      ageClass: fc.option(word),
      edgeHash: fc.option(hash),
      vantage: fc.option(word),
      failure: fc.option(word),
    }),
    { maxLength: 2 },
  ),
  switching: fc.option(fc.record({ toRelease: fc.constantFrom('r1', 'r2', 'x'), startedAtMs: instant }), { freq: 2 }),
  build: fc.option(
    fc.record({
      state: fc.constantFrom(
        'queued' as const,
        'running' as const,
        'succeeded' as const,
        'failed' as const,
        'cancelled' as const,
        'accepted' as const,
      ),
      title: word,
      startedAtMs: fc.option(instant),
      expectedEndMs: fc.option(instant),
      startsAtMs: fc.option(instant),
    }),
  ),
})
const customer: fc.Arbitrary<CustomerCopy> = fc
  .record({
    url: fc.option(url),
    status: fc.option(status),
    headers,
    atMs: fc.option(instant),
    fromBrowserCache: fc.option(fc.boolean()),
    bodyHash: fc.option(hash),
  })
  .map((copy) => ({ ...copy, cache: readCacheAnswer(copy.headers) }))
const seconds = fc.constantFrom(0, 10, 60, 31_536_000)
const policy = fc.record({
  pattern: word,
  ttl: fc.record({
    minTtlSeconds: seconds,
    defaultTtlSeconds: seconds,
    maxTtlSeconds: seconds,
    errorTtlSeconds: fc.constantFrom<Record<number, number>>({}, { 404: 300 }),
  }),
})
const rule = fc.record({
  from: word,
  to: fc.constantFrom('/.functions/x', '/menu/', '{{time:'),
  status: fc.constantFrom(200, 301, 404),
})
const few = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: fc.array(one, { maxLength: 2 }) })

/** Evidence of every kind, also such as no honest site would give. */
export const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
  url,
  askedAtMs: fc.constantFrom(NOW, NOW, NOW, 0),
  seenAtMs: fc.option(instant, { freq: 2 }),
  site: fc.option(
    fc.record({
      id: fc.constant('s1'),
      name: word,
      hasBuilder: fc.boolean(),
      purgesPaths: fc.boolean(),
      purgesTags: fc.boolean(),
      otherZones: fc.constantFrom(0, 1, 5_000),
      typicalBuildMs: fc.option(fc.nat(1e6)),
      typicalPurgeMs: fc.option(fc.nat(1e6)),
    }),
  ),
  page: fc.option(page),
  edge: fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 5, arbitrary: fc.record({ first: exchanged, again: fc.option(exchanged), filledByUs: fc.boolean() }) },
  ),
  redirects: few(answered),
  rule: fc.option(rule, { freq: 2 }),
  origin,
  originRedirect: fc.option(answered, { freq: 2 }),
  policy: fc.option(policy),
  policyGap: fc.option(word),
  variants: few(
    fc.record({
      kind: fc.constantFrom(
        'query' as const,
        'slash' as const,
        'index' as const,
        'case' as const,
        'encoding' as const,
        'accept-encoding' as const,
        'vary' as const,
      ),
      how: word,
      path: word,
      exchange: exchanged,
    }),
  ),
  crawler: fc.option(exchanged, { freq: 2 }),
  companions: few(
    fc.record({
      kind: fc.constantFrom('asset' as const, 'data' as const),
      url,
      exchange: exchanged,
      originHash: fc.option(hash),
      inRelease: fc.option(fc.boolean()),
    }),
  ),
  history,
  customer: fc.option(customer, { freq: 2 }),
  gaps: few(word),
})
