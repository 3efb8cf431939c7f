/** Seconds that a policy of CloudFront allows. */
export interface TtlLimits {
  readonly minTtlSeconds: number
  readonly defaultTtlSeconds: number
  readonly maxTtlSeconds: number
}

const DAY = 86_400
const YEAR = 31_536_000

/**
 * AWS's own cache policies, by id. They are the same in every account and never change, so they are known even where
 * policies may not be read. Source: CloudFront developer guide, "Use managed cache policies".
 */
export const MANAGED_POLICIES: ReadonlyMap<string, TtlLimits> = new Map([
  // CachingOptimized
  ['658327ea-f89d-4fab-a63d-7e88639e58f6', { minTtlSeconds: 1, defaultTtlSeconds: DAY, maxTtlSeconds: YEAR }],
  // CachingOptimizedForUncompressedObjects
  ['b2884449-e4de-46a7-ac36-70bc7f1ddd6d', { minTtlSeconds: 1, defaultTtlSeconds: DAY, maxTtlSeconds: YEAR }],
  // CachingDisabled
  ['4135ea2d-6df8-44a3-9df3-4b5a84be39ad', { minTtlSeconds: 0, defaultTtlSeconds: 0, maxTtlSeconds: 0 }],
  // UseOriginCacheControlHeaders
  ['83da9c7e-98b4-4e11-a168-04f0df8e2c65', { minTtlSeconds: 0, defaultTtlSeconds: 0, maxTtlSeconds: YEAR }],
  // UseOriginCacheControlHeaders-QueryStrings
  ['4cc15a8a-d715-48a4-82b8-cc0b614638fe', { minTtlSeconds: 0, defaultTtlSeconds: 0, maxTtlSeconds: YEAR }],
  // Amplify
  ['2e54312d-136d-493c-8eb9-b001f22f67d2', { minTtlSeconds: 2, defaultTtlSeconds: 2, maxTtlSeconds: 600 }],
])
