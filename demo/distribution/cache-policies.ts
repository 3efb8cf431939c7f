/** A cache policy: what the key is made of and how long copies are kept. Source: CloudFront, "Understand cache policies". */
export interface CachePolicy {
  readonly id: string
  readonly name: string
  readonly comment: string
  readonly minTtlSeconds: number
  readonly defaultTtlSeconds: number
  readonly maxTtlSeconds: number
  /** Request headers in the key, lower case. */
  readonly keyHeaders: readonly string[]
  readonly queryInKey: boolean
}

/** A cache behaviour: the first whose pattern matches the path decides; the last one matches everything. */
export interface CacheBehaviour {
  /** Beginning with `/`, with `*` for any run of characters; null for the default behaviour. */
  readonly pathPattern: string | null
  readonly policy: CachePolicy
}

const pagesPolicy: CachePolicy = {
  id: '5d1f8a52-3c6e-4f0b-9a41-0c7be2d41a01',
  name: 'Lollies-Pages',
  comment: 'Pages: the origin decides, a day when it says nothing.',
  minTtlSeconds: 0,
  defaultTtlSeconds: 86_400,
  maxTtlSeconds: 31_536_000,
  keyHeaders: ['host'],
  queryInKey: false,
}

const searchPolicy: CachePolicy = {
  id: '5d1f8a52-3c6e-4f0b-9a41-0c7be2d41a02',
  name: 'Lollies-Search',
  comment: 'Search: one copy for each query and language.',
  minTtlSeconds: 0,
  defaultTtlSeconds: 60,
  maxTtlSeconds: 3_600,
  keyHeaders: ['host', 'accept-language'],
  queryInKey: true,
}

const prizesPolicy: CachePolicy = {
  id: '5d1f8a52-3c6e-4f0b-9a41-0c7be2d41a03',
  name: 'Lollies-At-Least-30-Seconds',
  comment: 'Keeps every answer for 30 seconds, even when the origin says no-store.',
  minTtlSeconds: 30,
  defaultTtlSeconds: 60,
  maxTtlSeconds: 86_400,
  keyHeaders: ['host'],
  queryInKey: false,
}

export const cachePolicies: readonly CachePolicy[] = [pagesPolicy, searchPolicy, prizesPolicy]

export const behaviours: readonly CacheBehaviour[] = [
  { pathPattern: '/search*', policy: searchPolicy },
  { pathPattern: '/prizes*', policy: prizesPolicy },
]

export const defaultBehaviour: CacheBehaviour = { pathPattern: null, policy: pagesPolicy }

const patterns = behaviours.map((behaviour) => ({ behaviour, expression: expressionOf(behaviour.pathPattern ?? '*') }))

/** @param path without query. */
export function behaviourFor(path: string): CacheBehaviour {
  return patterns.find(({ expression }) => expression.test(path))?.behaviour ?? defaultBehaviour
}

function expressionOf(pathPattern: string): RegExp {
  const parts = pathPattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}

/** The least time an error is kept, by status. The default is 10 s (CloudFront, "ErrorCachingMinTTL"). */
export const errorCaching: ReadonlyMap<number, number> = new Map([[404, 300]])
export const defaultErrorCachingSeconds = 10

/** The response header that names an object's tags; tags beyond the fiftieth are dropped. */
export const tagHeaderName = 'x-amz-meta-cache-tag'
export const tagsKeptPerObject = 50
