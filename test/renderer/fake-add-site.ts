import type { AwsProfile, ListedDistribution, SiteLook, TriedPermission } from '#shared/add-site.ts'

/** What a screen shows of a site that is about to be added. */
export const SITE_LOOK: SiteLook = {
  asked: 'https://shop.example/',
  url: 'https://shop.example',
  status: 200,
  title: 'The shop',
  edges: [
    {
      kind: 'cloudfront',
      name: 'CloudFront',
      evidence: ['x-amz-cf-pop: FRA56-P4', 'via: 1.1 abc.cloudfront.net (CloudFront)', 'x-cache: Hit from cloudfront'],
    },
  ],
  generator: { name: 'Eleventy v3.1.7', evidence: ['<meta name="generator" content="Eleventy v3.1.7">'] },
  tagsBy: ['<ssr-cache> elements'],
  pages: { robots: true, files: ['https://shop.example/sitemap.xml'], addresses: 1_204, more: false },
  problems: [],
  unknown: [],
  known: [],
}

export const AWS_PROFILES: AwsProfile[] = [
  {
    name: 'shop-production',
    kind: 'sso',
    signIn: { state: 'expired', untilMs: 1_795_000_000_000, command: 'aws sso login --profile shop-production' },
  },
  { name: 'default', kind: 'keys', signIn: null },
]

export const DISTRIBUTIONS: ListedDistribution[] = [
  {
    id: 'E2QWRUHAPOMQZL',
    arn: 'arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL',
    domainName: 'd111111abcdef8.cloudfront.net',
    aliases: ['shop.example', '*.shop.example'],
    comment: 'The shop',
    enabled: true,
    origins: ['shop-pages.s3.eu-central-1.amazonaws.com/releases/r-7'],
  },
  {
    id: 'EOTHER00000001',
    arn: 'arn:aws:cloudfront::111122223333:distribution/EOTHER00000001',
    domainName: 'd222222abcdef8.cloudfront.net',
    aliases: [],
    comment: 'Staging',
    enabled: false,
    origins: ['staging.shop.example'],
  },
]

export const PERMISSIONS: TriedPermission[] = [
  { action: 'cloudfront:GetDistribution', state: 'allowed', message: 'The distribution can be read.', fix: null },
  {
    action: 'cloudfront:GetCachePolicy',
    state: 'missing',
    message: 'These AWS credentials may not call cloudfront:GetCachePolicy on E2QWRUHAPOMQZL.',
    fix: 'Allow cloudfront:GetCachePolicy in the IAM policy of this user or role.',
  },
  {
    action: 'cloudfront:CreateInvalidation',
    state: 'not-tried',
    message: 'CloudFront has no way to try it: a try would be a purge. The first purge shows it.',
    fix: null,
  },
]
