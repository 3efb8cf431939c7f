/** What credentials are to be allowed, and on what. */
export interface PolicyWish {
  readonly distributionId: string
  /** Null while it is not known: any account, which is still one distribution, since its id is unique. */
  readonly account: string | null
  readonly rollBack: boolean
  readonly countOthers: boolean
  readonly bucket: { readonly name: string; readonly prefix: string; readonly publish: boolean } | null
}

interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: string
}

/**
 * The smallest IAM policy for a wish. Which actions take a distribution: Service Authorization Reference, "Actions,
 * resources, and condition keys for Amazon CloudFront" and "… Amazon S3"; actions without a resource type need `*`.
 */
export function leastPolicy(wish: PolicyWish): { readonly Version: '2012-10-17'; readonly Statement: readonly Statement[] } {
  const { distributionId, rollBack, countOthers, bucket } = wish
  const account = wish.account ?? '*'
  const distribution = `arn:aws:cloudfront::${account}:distribution/${distributionId === '' ? 'EXXXXXXXXXXXXX' : distributionId}`
  const publishes = bucket?.publish === true
  const statements: Statement[] = [
    allow('ThisDistribution', distribution, [
      'cloudfront:GetDistribution',
      'cloudfront:GetDistributionConfig',
      'cloudfront:CreateInvalidation',
      'cloudfront:GetInvalidation',
      'cloudfront:ListInvalidations',
      ...(rollBack || publishes ? ['cloudfront:UpdateDistribution'] : []),
    ]),
    allow('RulesOfCaching', '*', ['cloudfront:GetCachePolicy', 'cloudfront:ListDistributions']),
  ]
  if (countOthers)
    statements.push(
      allow('PurgesOfTheAccount', `arn:aws:cloudfront::${account}:distribution/*`, [
        'cloudfront:GetInvalidation',
        'cloudfront:ListInvalidations',
      ]),
    )
  if (bucket !== null) {
    const below = [bucket.prefix.replace(/^\/|\/$/g, ''), publishes ? 'releases' : ''].filter(Boolean).join('/')
    const objects = `arn:aws:s3:::${bucket.name}/${below === '' ? '' : `${below}/`}*`
    statements.push(
      allow('PagesInTheBucket', objects, publishes ? ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'] : ['s3:GetObject']),
      allow('ListOfTheBucket', `arn:aws:s3:::${bucket.name}`, ['s3:ListBucket']),
    )
  }
  return { Version: '2012-10-17', Statement: statements }
}

const allow = (Sid: string, Resource: string, Action: readonly string[]): Statement => ({
  Sid,
  Effect: 'Allow',
  Action,
  Resource,
})

/** The account in an ARN; null when it names none. */
export function accountOfArn(arn: string): string | null {
  return /^arn:[\w-]+:\w+:[\w-]*:(\d{12}):/.exec(arn)?.[1] ?? null
}
