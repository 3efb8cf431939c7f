import { readCacheAnswer } from '#shared/http-cache/cache-answer.ts'
import { NOTHING_KNOWN } from '#shared/http-cache/freshness.ts'
import type {
  Answered,
  CustomerCopy,
  Evidence,
  History,
  KnownPage,
  KnownPurge,
  KnownRelease,
  OriginEvidence,
} from '#main/diagnosis/evidence.ts'

/** Sat, 21 Nov 2026 12:00:00 GMT. */
export const NOW = Date.UTC(2026, 10, 21, 12)
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const OLD = 'sha256-old'
export const NEW = 'sha256-new'
export const URL_OF_PAGE = 'https://site.example/menu/'

export const httpDate = (atMs: number): string => new Date(atMs).toUTCString()

type Fields = Readonly<Record<string, string>>

/** CloudFront's headers for a copy of this age. */
export const hit = (ageSeconds: number, more: Fields = {}): Fields => ({
  'cache-control': 's-maxage=86400, max-age=0',
  date: httpDate(NOW - ageSeconds * 1_000),
  age: String(ageSeconds),
  'x-cache': 'Hit from cloudfront',
  via: '1.1 abc.cloudfront.net (CloudFront)',
  'x-amz-cf-pop': 'FRA56-P1',
  ...more,
})

export function miss(more: Fields = {}): Fields {
  const { age: _age, ...fields } = hit(0)
  return { ...fields, 'x-cache': 'Miss from cloudfront', ...more }
}

export function answered(body: string, fields: Fields, more: Partial<Answered> = {}): Answered {
  const headers = Object.entries(fields).map(([name, value]): [string, string] => [name.toLowerCase(), value])
  return {
    url: URL_OF_PAGE,
    sentAtMs: NOW - 50,
    atMs: NOW,
    status: 200,
    headers,
    cache: readCacheAnswer(headers),
    bodyHash: body,
    steadyHash: body,
    sizeBytes: 20_000,
    ttfbMs: 40,
    textLength: 3_000,
    htmlTags: [],
    location: null,
    ...more,
  }
}

type Known = Exclude<OriginEvidence, { basis: 'none' }>

/** The live release's manifest has this for the page. */
export const origin = (hash: string | null, more: Partial<Known> = {}): Known => ({
  basis: 'manifest',
  atMs: NOW,
  status: 200,
  hash,
  steady: false,
  sameAsEdge: null,
  etag: null,
  lastModifiedMs: null,
  startedAtMs: NOW - HOUR,
  tags: [],
  exchange: null,
  ...more,
})

export const page = (more: Partial<KnownPage> = {}): KnownPage => ({
  id: 7,
  path: '/menu/',
  zoneHost: 'site.example',
  servedAs: 'static',
  rendersOnDemand: false,
  tags: [{ tag: 'pb-menu:main', html: true, header: true }],
  facts: NOTHING_KNOWN,
  ...more,
})

export const release = (
  id: string,
  startedAtMs: number,
  hash: string | null | undefined,
  more: Partial<KnownRelease> = {},
): KnownRelease => ({
  id,
  title: `Title of ${id}`,
  startedAtMs,
  published: true,
  live: false,
  hash,
  ...more,
})

export const purge = (more: Partial<KnownPurge> = {}): KnownPurge => ({
  id: 'p1',
  planId: 'plan1',
  state: 'completed',
  sentAtMs: NOW - 30 * MINUTE,
  completedAtMs: NOW - 29 * MINUTE,
  by: 'Ada',
  covering: ['/menu/'],
  nearMisses: [],
  ...more,
})

const NO_HISTORY: History = { releases: [], marks: [], changesIn30Days: 0, purges: [], looks: [], switching: null, build: null }
export const history = (more: Partial<History> = {}): History => ({ ...NO_HISTORY, ...more })

export const customer = (fields: Fields, more: Partial<CustomerCopy> = {}): CustomerCopy => {
  const headers = Object.entries(fields).map(([name, value]): [string, string] => [name, value])
  const cache = readCacheAnswer(headers)
  return {
    url: URL_OF_PAGE,
    status: 200,
    headers,
    cache,
    atMs: NOW - 10 * MINUTE,
    fromBrowserCache: null,
    bodyHash: null,
    ...more,
  }
}

/** A page that is right: an hour-old release is live, and the edge has its page since then. */
export function evidence(more: Partial<Evidence> = {}): Evidence {
  return {
    url: URL_OF_PAGE,
    askedAtMs: NOW,
    seenAtMs: null,
    site: {
      id: 's1',
      name: 'Site',
      hasBuilder: true,
      purgesPaths: true,
      purgesTags: true,
      otherZones: 0,
      typicalBuildMs: 70_000,
      typicalPurgeMs: 20_000,
    },
    page: page(),
    edge: { first: answered(NEW, hit(600)), again: null, filledByUs: false },
    redirects: [],
    rule: null,
    origin: origin(NEW),
    originRedirect: null,
    policy: null,
    policyGap: null,
    variants: [],
    crawler: null,
    companions: [],
    history: history(),
    customer: null,
    gaps: [],
    ...more,
  }
}

export const edge = (first: Answered, again: Answered | null = null): NonNullable<Evidence['edge']> => ({
  first,
  again,
  filledByUs: again !== null,
})
