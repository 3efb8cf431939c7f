import type {
  CacheBehavior,
  CloudFrontClient,
  DefaultCacheBehavior,
  DistributionConfig,
  GetCachePolicyCommandOutput,
} from '@aws-sdk/client-cloudfront'
import type { EdgePolicy } from '#shared/http-cache/lifetime.ts'
import type { Behaviour, Distribution, EdgeCapabilities, PurgeQuotas, Tariff } from '../edge.ts'
import { cloudFrontFailure, isDenied, notCloudFront, type Attempt } from './failure.ts'
import { MANAGED_POLICIES, type TtlLimits } from './managed-policies.ts'

/** Items in one request. Source: CloudFront developer guide, "Concurrent invalidation request maximum". */
export const ITEMS_PER_REQUEST = 3_000
/** Wildcards in progress at a time, and so in one request. Same source. */
export const WILDCARDS_PER_REQUEST = 15
/**
 * Both models that CloudFront publishes. In progress: developer guide, "Concurrent invalidation request maximum"; a
 * second: "Quotas on invalidations".
 */
export const PURGE_QUOTAS: PurgeQuotas = {
  inProgress: { items: 3_000, prefixes: WILDCARDS_PER_REQUEST },
  perSecond: { items: 150, prefixes: 1 },
}
/** Tags that CloudFront stores with one object; it drops further ones. Source: "Invalidate by cache tag". */
export const TAGS_PER_PAGE = 50

/** An item is a path, a wildcard or a tag. Source: CloudFront developer guide, "Pay for file invalidation", 2026-11. */
export const CLOUDFRONT_TARIFF: Tariff = { vendor: 'CloudFront', unit: 'item', freePerMonth: 1_000, priceMicroDollars: 5_000 }
const LIMITS_SOURCE =
  'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-invalidations'

/** CloudFront's own TTLs where a behaviour without a cache policy names none. Source: API reference, CacheBehavior. */
const LEGACY_DEFAULTS: TtlLimits = { minTtlSeconds: 0, defaultTtlSeconds: 86_400, maxTtlSeconds: 31_536_000 }

type NewAttempt = (action: string) => Attempt

/**
 * Reads a distribution and the cache policies of its behaviours. A policy that may not be read leaves a gap in the
 * result; everything else that fails throws an `AppError`.
 */
export async function describeDistribution(client: CloudFrontClient, id: string, attempt: NewAttempt): Promise<Distribution> {
  const { config, domainName, gaps: configGaps } = await readConfig(client, id, attempt)
  const behaviours = [
    ...(config.CacheBehaviors?.Items ?? []),
    ...(config.DefaultCacheBehavior ? [config.DefaultCacheBehavior] : []),
  ]
  const policyIds = new Set(behaviours.map(({ CachePolicyId }) => CachePolicyId).filter((policyId) => policyId !== undefined))
  const policies = await readPolicies(client, policyIds, attempt)
  const errorTtlSeconds = errorTtls(config)
  const toBehaviour = (behaviour: CacheBehavior | DefaultCacheBehavior): Behaviour => {
    const limits = behaviour.CachePolicyId === undefined ? legacyLimits(behaviour) : policies.limits.get(behaviour.CachePolicyId)
    const policy: EdgePolicy | null = limits === undefined ? null : { ...limits, errorTtlSeconds }
    const pattern = 'PathPattern' in behaviour && behaviour.PathPattern !== undefined ? behaviour.PathPattern : '*'
    const queryInKey =
      behaviour.CachePolicyId === undefined
        ? behaviour.ForwardedValues?.QueryString
        : policies.queries.get(behaviour.CachePolicyId)
    return { pattern, policy, ...(queryInKey === undefined ? {} : { queryInKey }) }
  }
  return {
    id,
    aliases: [...(config.Aliases?.Items ?? []), ...(domainName === undefined ? [] : [domainName])],
    capabilities: capabilitiesOf(config.CacheTagConfig?.HeaderName),
    behaviours: behaviours.map(toBehaviour),
    gaps: [...configGaps, ...policies.gaps],
  }
}

interface ReadConfig {
  readonly config: DistributionConfig
  readonly domainName: string | undefined
  readonly gaps: readonly string[]
}

async function readConfig(client: CloudFrontClient, id: string, attempt: NewAttempt): Promise<ReadConfig> {
  const { GetDistributionCommand, GetDistributionConfigCommand } = await import('@aws-sdk/client-cloudfront')
  const whole = attempt('cloudfront:GetDistribution')
  try {
    const { Distribution: distribution } = await client.send(new GetDistributionCommand({ Id: id }), {
      abortSignal: whole.signal,
    })
    if (distribution?.DistributionConfig?.DefaultCacheBehavior === undefined) throw notCloudFront(whole)
    return { config: distribution.DistributionConfig, domainName: distribution.DomainName, gaps: [] }
  } catch (error) {
    const failure = cloudFrontFailure(error, whole)
    if (!isDenied(error)) throw failure
    // The configuration alone holds all but the distribution's own domain name.
    const { DistributionConfig: config } = await client
      .send(new GetDistributionConfigCommand({ Id: id }), { abortSignal: whole.signal })
      .catch(() => {
        throw failure
      })
    if (config?.DefaultCacheBehavior === undefined) throw failure
    return {
      config,
      domainName: undefined,
      gaps: ['The domain name of the distribution could not be read: cloudfront:GetDistribution is not allowed.'],
    }
  }
}

interface ReadPolicies {
  readonly limits: ReadonlyMap<string, TtlLimits>
  /** By the id of the policy: whether queries are a part of the key. */
  readonly queries: ReadonlyMap<string, boolean>
  readonly gaps: readonly string[]
}

async function readPolicies(client: CloudFrontClient, ids: ReadonlySet<string>, attempt: NewAttempt): Promise<ReadPolicies> {
  const { GetCachePolicyCommand } = await import('@aws-sdk/client-cloudfront')
  const limits = new Map<string, TtlLimits>()
  const queries = new Map<string, boolean>()
  const gaps = new Set<string>()
  const readOne = async (id: string): Promise<void> => {
    const asked = attempt('cloudfront:GetCachePolicy')
    try {
      const answer = await client.send(new GetCachePolicyCommand({ Id: id }), { abortSignal: asked.signal })
      const found = toLimits(answer)
      if (found === undefined) throw notCloudFront(asked)
      limits.set(id, found)
      const key = answer.CachePolicy?.CachePolicyConfig?.ParametersInCacheKeyAndForwardedToOrigin
      const behavior = key?.QueryStringsConfig?.QueryStringBehavior
      if (behavior !== undefined) queries.set(id, behavior !== 'none')
    } catch (error) {
      const managed = MANAGED_POLICIES.get(id)
      if (managed !== undefined) limits.set(id, managed)
      else gaps.add(policyGap(id, error, asked))
    }
  }
  await Promise.all([...ids].map(readOne))
  return { limits, queries, gaps: [...gaps] }
}

/** The sentence for a policy that is missing or may not be read; any other failure is thrown. */
function policyGap(id: string, error: unknown, attempt: Attempt): string {
  if (isDenied(error)) {
    return 'How long the edge keeps pages could not be read: cloudfront:GetCachePolicy is not allowed. Lifetimes are as the headers claim.'
  }
  if (error instanceof Error && error.name === 'NoSuchCachePolicy') {
    return `The cache policy ${id} does not exist any more. Lifetimes of its pages are as the headers claim.`
  }
  throw cloudFrontFailure(error, attempt)
}

function toLimits({ CachePolicy }: GetCachePolicyCommandOutput): TtlLimits | undefined {
  const config = CachePolicy?.CachePolicyConfig
  if (config?.MinTTL === undefined) return undefined
  // Source: API reference, CachePolicyConfig: what is missing is a day and a year, but never below the smaller limits.
  const defaultTtlSeconds = config.DefaultTTL ?? Math.max(LEGACY_DEFAULTS.defaultTtlSeconds, config.MinTTL)
  const maxTtlSeconds = config.MaxTTL ?? Math.max(LEGACY_DEFAULTS.maxTtlSeconds, defaultTtlSeconds)
  return { minTtlSeconds: config.MinTTL, defaultTtlSeconds, maxTtlSeconds }
}

function legacyLimits({ MinTTL, DefaultTTL, MaxTTL }: CacheBehavior | DefaultCacheBehavior): TtlLimits {
  return {
    minTtlSeconds: MinTTL ?? LEGACY_DEFAULTS.minTtlSeconds,
    defaultTtlSeconds: DefaultTTL ?? LEGACY_DEFAULTS.defaultTtlSeconds,
    maxTtlSeconds: MaxTTL ?? LEGACY_DEFAULTS.maxTtlSeconds,
  }
}

function errorTtls(config: DistributionConfig): Record<number, number> {
  const ttls: Record<number, number> = {}
  for (const { ErrorCode, ErrorCachingMinTTL } of config.CustomErrorResponses?.Items ?? []) {
    if (ErrorCode !== undefined && ErrorCachingMinTTL !== undefined) ttls[ErrorCode] = ErrorCachingMinTTL
  }
  return ttls
}

function capabilitiesOf(tagHeader: string | undefined): EdgeCapabilities {
  return {
    purgesPaths: true,
    purgesPrefixes: true,
    purgesTags: tagHeader !== undefined,
    tagHeader: tagHeader?.toLowerCase() ?? null,
    tagsPerPage: TAGS_PER_PAGE,
    ...(tagHeader === undefined ? { noTagsBecause: 'its configuration has no CacheTagConfig' } : {}),
    itemsPerRequest: ITEMS_PER_REQUEST,
    prefixesPerRequest: WILDCARDS_PER_REQUEST,
    quotas: PURGE_QUOTAS,
    tariff: CLOUDFRONT_TARIFF,
    limitsSource: LIMITS_SOURCE,
  }
}
