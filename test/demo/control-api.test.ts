import {
  GetCachePolicyCommand,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  ListDistributionsCommand,
  UpdateDistributionCommand,
  type CloudFrontClient,
  type DistributionConfig,
} from '@aws-sdk/client-cloudfront'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ask, build, cloudFront, control, startFixture, until, visit, visitSecondPop, type Fixture } from './demo-fixture.ts'

let fixture: Fixture
let client: CloudFrontClient
let Id: string

beforeAll(async () => {
  fixture = await startFixture()
  client = cloudFront(fixture)
  Id = fixture.demo.distributionId
})
afterAll(async () => {
  client.destroy()
  await fixture.end()
})

const config = (): Promise<{ ETag?: string; DistributionConfig?: DistributionConfig }> =>
  client.send(new GetDistributionConfigCommand({ Id }))

function withOriginPath(from: DistributionConfig, originPath: string): DistributionConfig {
  const items = (from.Origins?.Items ?? []).map((origin) => ({ ...origin, OriginPath: originPath }))
  return { ...from, Origins: { Quantity: items.length, Items: items } }
}

describe('reading', () => {
  test('lists both distributions, in pages', async () => {
    const all = await client.send(new ListDistributionsCommand({}))
    expect(all.DistributionList?.Items?.map((item) => item.Id)).toEqual([Id, fixture.demo.emptyDistributionId])
    expect(all.DistributionList?.Items?.[0]?.Aliases?.Items).toEqual(['lollies.localhost', 'gifts.localhost'])
    const first = await client.send(new ListDistributionsCommand({ MaxItems: 1 }))
    expect(first.DistributionList?.IsTruncated).toBe(true)
    const second = await client.send(
      new ListDistributionsCommand({ MaxItems: 1, Marker: String(first.DistributionList?.NextMarker) }),
    )
    expect(second.DistributionList?.Items?.map((item) => item.Id)).toEqual([fixture.demo.emptyDistributionId])
    expect(second.DistributionList?.IsTruncated).toBe(false)
  })

  test('tells the configuration: origin path, error caching, behaviours and the tag header', async () => {
    const { Distribution: distribution, ETag } = await client.send(new GetDistributionCommand({ Id }))
    expect(distribution?.Status).toBe('Deployed')
    expect(distribution?.LastModifiedTime).toBeInstanceOf(Date)
    expect(ETag).toBe((await config()).ETag)
    const { DistributionConfig: own } = await config()
    expect(own?.Origins?.Items?.[0]?.OriginPath).toBe('/releases/r-2')
    expect(own?.CustomErrorResponses?.Items).toMatchObject([{ ErrorCode: 404, ErrorCachingMinTTL: 300 }])
    expect(own?.CacheBehaviors?.Items?.map((item) => item.PathPattern)).toEqual(['/search*', '/prizes*'])
    expect(own?.CacheTagConfig).toEqual({ HeaderName: 'x-amz-meta-cache-tag' })
    const other = await client.send(new GetDistributionConfigCommand({ Id: fixture.demo.emptyDistributionId }))
    expect(other.DistributionConfig?.CacheTagConfig).toBeUndefined()
  })

  test('gives the cache policies that the behaviours name', async () => {
    const { DistributionConfig: own } = await config()
    const policyOf = async (id: string | undefined): Promise<unknown> =>
      (await client.send(new GetCachePolicyCommand({ Id: String(id) }))).CachePolicy?.CachePolicyConfig
    expect(await policyOf(own?.DefaultCacheBehavior?.CachePolicyId)).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 86_400,
      MaxTTL: 31_536_000,
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: { Items: ['Host'] } },
        QueryStringsConfig: { QueryStringBehavior: 'none' },
      },
    })
    expect(await policyOf(own?.CacheBehaviors?.Items?.[0]?.CachePolicyId)).toMatchObject({
      ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: { QueryStringBehavior: 'all' } },
    })
    expect(await policyOf(own?.CacheBehaviors?.Items?.[1]?.CachePolicyId)).toMatchObject({ MinTTL: 30 })
    await expect(policyOf('none')).rejects.toMatchObject({ name: 'NoSuchCachePolicy' })
  })

  test('an unknown distribution has no configuration', async () => {
    await expect(client.send(new GetDistributionConfigCommand({ Id: 'E0000000000000' }))).rejects.toMatchObject({
      name: 'NoSuchDistribution',
      $metadata: { httpStatusCode: 404 },
    })
  })
})

describe('credentials', () => {
  test('a wrong secret, an unknown key and a missing signature are refused', async () => {
    const wrong = cloudFront(fixture, { ...fixture.demo.credentials, secretAccessKey: 'wrong' })
    await expect(wrong.send(new ListDistributionsCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    })
    const unknown = cloudFront(fixture, { accessKeyId: 'AKIAUNKNOWNUNKNOWN00', secretAccessKey: 'x' })
    await expect(unknown.send(new ListDistributionsCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
    const unsigned = await ask(fixture.demo.urls.control, '/2020-05-31/distribution')
    expect(unsigned.status).toBe(403)
    expect(unsigned.body).toContain('<Code>MissingAuthenticationToken</Code>')
  })

  test('the restricted key may read the distribution but not its cache policies', async () => {
    const restricted = cloudFront(fixture, fixture.demo.restrictedCredentials)
    const { DistributionConfig: own } = await restricted.send(new GetDistributionConfigCommand({ Id }))
    const policyId = String(own?.DefaultCacheBehavior?.CachePolicyId)
    await expect(restricted.send(new GetCachePolicyCommand({ Id: policyId }))).rejects.toMatchObject({ name: 'AccessDenied' })
  })

  test('a clock that runs ahead does not break signatures', async () => {
    await control(fixture, '/api/clock', { advanceSeconds: 86_400 })
    await client.send(new ListDistributionsCommand({}))
    await expect(client.send(new ListDistributionsCommand({}))).resolves.toBeDefined()
  })
})

describe('throttling', () => {
  test('the next calls are refused, then they are answered again', async () => {
    await control(fixture, '/api/throttle', { calls: 2 })
    for (let round = 0; round < 2; round += 1) {
      await expect(client.send(new ListDistributionsCommand({}))).rejects.toMatchObject({
        name: 'Throttling',
        message: 'Rate exceeded',
      })
    }
    await expect(client.send(new ListDistributionsCommand({}))).resolves.toBeDefined()
  })

  test('a client with retries gets through', async () => {
    await control(fixture, '/api/throttle', { calls: 1 })
    const patient = cloudFront(fixture, fixture.demo.credentials, 3)
    const { $metadata: metadata } = await patient.send(new ListDistributionsCommand({}))
    expect(metadata.attempts).toBe(2)
  })
})

describe('changing the origin path', () => {
  test('needs the current version', async () => {
    const { DistributionConfig: own, ETag } = await config()
    if (own === undefined || ETag === undefined) throw new Error('The configuration is missing.')
    const update = (IfMatch: string | undefined): Promise<unknown> =>
      client.send(new UpdateDistributionCommand({ Id, IfMatch, DistributionConfig: own }))
    await expect(update(undefined)).rejects.toMatchObject({ name: 'InvalidIfMatchVersion' })
    await expect(update('E0LDVERSI0N11')).rejects.toMatchObject({
      name: 'PreconditionFailed',
      $metadata: { httpStatusCode: 412 },
    })
    expect((await config()).ETag).toBe(ETag)
  })

  test('rolls back: the PoPs follow until it is deployed, and the copies at the edge stay', async () => {
    await build(fixture)
    const live = (await config()).DistributionConfig?.Origins?.Items?.[0]?.OriginPath
    const kept = await visit(fixture, '/about')
    const { DistributionConfig: own, ETag } = await config()
    if (own === undefined) throw new Error('The configuration is missing.')
    const updated = await client.send(
      new UpdateDistributionCommand({ Id, IfMatch: ETag, DistributionConfig: withOriginPath(own, '/releases/r-1') }),
    )
    expect(live).not.toBe('/releases/r-1')
    expect(updated.Distribution?.Status).toBe('InProgress')
    expect(updated.ETag).not.toBe(ETag)
    await until(
      () => client.send(new GetDistributionCommand({ Id })),
      ({ Distribution: read }) => read?.Status === 'Deployed',
    )
    expect((await ask(fixture.demo.urls.origin, '/lists/mango', { host: fixture.host })).body).not.toContain('Back in stock')
    expect((await visitSecondPop(fixture, '/lists/mango')).body).not.toContain('Back in stock')
    expect((await visit(fixture, '/about')).body).toBe(kept.body)
  })
})
