import {
  behaviours,
  defaultBehaviour,
  errorCaching,
  tagHeaderName,
  type CacheBehaviour,
  type CachePolicy,
} from '../distribution/cache-policies.ts'
import type { DistributionState } from '../distribution/distribution-store.ts'
import type { XmlNode } from './xml.ts'

/** What the API tells about a distribution beyond its changeable state. */
export interface DistributionFacts {
  readonly state: DistributionState
  /** Zones without port. */
  readonly aliases: readonly string[]
  readonly originPort: number
  readonly comment: string
  readonly hasTags: boolean
  readonly invalidationsInProgress: number
}

const originId = 'lollies-origin'

export function domainName(state: DistributionState): string {
  return `d${state.id.slice(1).toLowerCase()}.cloudfront.net`
}

export function distributionArn(state: DistributionState): string {
  return `arn:aws:cloudfront::000000000000:distribution/${state.id}`
}

export function distributionNode(facts: DistributionFacts): XmlNode {
  return {
    Id: facts.state.id,
    ARN: distributionArn(facts.state),
    Status: facts.state.status,
    LastModifiedTime: facts.state.modifiedOn,
    InProgressInvalidationBatches: facts.invalidationsInProgress,
    DomainName: domainName(facts.state),
    ActiveTrustedSigners: { Enabled: false, Quantity: 0 },
    ActiveTrustedKeyGroups: { Enabled: false, Quantity: 0 },
    DistributionConfig: configNode(facts),
  }
}

/** The part that the configuration and an entry of the list have in common. */
export function commonNodes(facts: DistributionFacts): Record<string, XmlNode> {
  return {
    Aliases: list(facts.aliases, 'CNAME'),
    Origins: list([originNode(facts)], 'Origin'),
    OriginGroups: { Quantity: 0 },
    DefaultCacheBehavior: behaviourNode(defaultBehaviour),
    CacheBehaviors: list(behaviours.map(behaviourNode), 'CacheBehavior'),
    CustomErrorResponses: list(
      Array.from(errorCaching, ([status, seconds]) => ({
        ErrorCode: status,
        ResponsePagePath: '',
        ResponseCode: '',
        ErrorCachingMinTTL: seconds,
      })),
      'CustomErrorResponse',
    ),
    Comment: facts.comment,
    PriceClass: 'PriceClass_All',
    Enabled: true,
    ViewerCertificate: {
      CloudFrontDefaultCertificate: true,
      SSLSupportMethod: 'vip',
      MinimumProtocolVersion: 'TLSv1',
      CertificateSource: 'cloudfront',
    },
    Restrictions: { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    WebACLId: '',
    HttpVersion: 'http2',
    IsIPV6Enabled: true,
    Staging: false,
  }
}

export function configNode(facts: DistributionFacts): XmlNode {
  return {
    CallerReference: callerReference(facts.state),
    DefaultRootObject: '',
    ...commonNodes(facts),
    Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' },
    ContinuousDeploymentPolicyId: '',
    CacheTagConfig: facts.hasTags ? { HeaderName: tagHeaderName } : undefined,
  }
}

export function callerReference(state: DistributionState): string {
  return `demo-${state.id}`
}

export function cachePolicyNode(policy: CachePolicy, modifiedOn: string): XmlNode {
  const headers = policy.keyHeaders.map((name) => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()))
  return {
    Id: policy.id,
    LastModifiedTime: modifiedOn,
    CachePolicyConfig: {
      Comment: policy.comment,
      Name: policy.name,
      DefaultTTL: policy.defaultTtlSeconds,
      MaxTTL: policy.maxTtlSeconds,
      MinTTL: policy.minTtlSeconds,
      ParametersInCacheKeyAndForwardedToOrigin: {
        EnableAcceptEncodingGzip: false,
        EnableAcceptEncodingBrotli: false,
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: list(headers, 'Name') },
        CookiesConfig: { CookieBehavior: 'none' },
        QueryStringsConfig: { QueryStringBehavior: policy.queryInKey ? 'all' : 'none' },
      },
    },
  }
}

function originNode(facts: DistributionFacts): XmlNode {
  return {
    Id: originId,
    DomainName: 'localhost',
    OriginPath: facts.state.originPath,
    CustomHeaders: { Quantity: 0 },
    CustomOriginConfig: {
      HTTPPort: facts.originPort,
      HTTPSPort: 443,
      OriginProtocolPolicy: 'http-only',
      OriginSslProtocols: list(['TLSv1.2'], 'SslProtocol'),
      OriginReadTimeout: 15,
      OriginKeepaliveTimeout: 5,
    },
    ConnectionAttempts: 1,
    ConnectionTimeout: 10,
    OriginShield: { Enabled: false },
    OriginAccessControlId: '',
  }
}

function behaviourNode(behaviour: CacheBehaviour): XmlNode {
  return {
    PathPattern: behaviour.pathPattern ?? undefined,
    TargetOriginId: originId,
    TrustedSigners: { Enabled: false, Quantity: 0 },
    TrustedKeyGroups: { Enabled: false, Quantity: 0 },
    ViewerProtocolPolicy: 'allow-all',
    AllowedMethods: {
      ...list(['HEAD', 'DELETE', 'POST', 'GET', 'OPTIONS', 'PUT', 'PATCH'], 'Method'),
      CachedMethods: list(['HEAD', 'GET'], 'Method'),
    },
    SmoothStreaming: false,
    Compress: false,
    LambdaFunctionAssociations: { Quantity: 0 },
    FunctionAssociations: { Quantity: 0 },
    FieldLevelEncryptionId: '',
    CachePolicyId: behaviour.policy.id,
  }
}

function list(items: readonly XmlNode[], name: string): { readonly Quantity: number; readonly Items?: XmlNode } {
  return items.length === 0 ? { Quantity: 0 } : { Quantity: items.length, Items: { [name]: items } }
}
