import { describe, expect, test } from 'vitest'
import { accountOfArn, leastPolicy } from '#shared/iam-policy.ts'
import { hostMatches } from '#shared/host-match.ts'

const wish = {
  distributionId: 'E2QWRUHAPOMQZL',
  account: '111122223333',
  rollBack: false,
  countOthers: false,
  bucket: null,
} as const
const actionsOn = (resource: string, policy: ReturnType<typeof leastPolicy>) =>
  policy.Statement.filter(({ Resource }) => Resource === resource).flatMap(({ Action }) => Action)

describe('The smallest policy', () => {
  test('for purges alone changes nothing but purges, and only on this distribution', () => {
    const policy = leastPolicy(wish)
    expect(actionsOn('arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL', policy)).toEqual([
      'cloudfront:GetDistribution',
      'cloudfront:GetDistributionConfig',
      'cloudfront:CreateInvalidation',
      'cloudfront:GetInvalidation',
      'cloudfront:ListInvalidations',
    ])
    expect(actionsOn('*', policy)).toEqual(['cloudfront:GetCachePolicy', 'cloudfront:ListDistributions'])
    expect(policy.Statement).toHaveLength(2)
  })

  test('with roll back may point the distribution elsewhere, with the count of others read their purges', () => {
    const policy = leastPolicy({ ...wish, rollBack: true, countOthers: true })
    expect(actionsOn('arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL', policy)).toContain(
      'cloudfront:UpdateDistribution',
    )
    expect(actionsOn('arn:aws:cloudfront::111122223333:distribution/*', policy)).toEqual([
      'cloudfront:GetInvalidation',
      'cloudfront:ListInvalidations',
    ])
  })

  test('for a bucket that is read has no more than reading, for one that is published to the folder of releases', () => {
    const read = leastPolicy({ ...wish, bucket: { name: 'pages', prefix: 'releases/r-7', publish: false } })
    expect(actionsOn('arn:aws:s3:::pages/releases/r-7/*', read)).toEqual(['s3:GetObject'])
    expect(actionsOn('arn:aws:s3:::pages', read)).toEqual(['s3:ListBucket'])
    const published = leastPolicy({ ...wish, bucket: { name: 'pages', prefix: '/www/', publish: true } })
    expect(actionsOn('arn:aws:s3:::pages/www/releases/*', published)).toEqual(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'])
    expect(JSON.stringify(published)).toContain('cloudfront:UpdateDistribution')
  })

  test('takes the account from an ARN, and any where none is known', () => {
    expect(accountOfArn('arn:aws:cloudfront::111122223333:distribution/E2')).toBe('111122223333')
    expect(accountOfArn('')).toBeNull()
    expect(leastPolicy({ ...wish, account: null }).Statement[0]?.Resource).toBe(
      'arn:aws:cloudfront::*:distribution/E2QWRUHAPOMQZL',
    )
  })
})

test.each([
  ['www.example.com', 'WWW.example.com', true],
  ['*.example.com', 'shop.example.com:8443', true],
  ['*.example.com', 'a.b.example.com', false],
  ['*.example.com', 'example.com', false],
  ['www.example.com', 'example.com', false],
])('%s is the alias of %s: %s', (alias, host, is) => {
  expect(hostMatches(alias, host)).toBe(is)
})
