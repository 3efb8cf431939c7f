import {
  CreateInvalidationCommand,
  GetInvalidationCommand,
  ListInvalidationsCommand,
  type CloudFrontClient,
  type CreateInvalidationCommandOutput,
} from '@aws-sdk/client-cloudfront'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkItems } from '../../demo/control/invalidation-items.ts'
import { TokenBucket } from '../../demo/control/quotas.ts'
import { cloudFront, startFixture, until, visit, visitSecondPop, type Fixture } from './demo-fixture.ts'

let fixture: Fixture
let client: CloudFrontClient
let references = 0

beforeAll(async () => {
  fixture = await startFixture()
  client = cloudFront(fixture)
})
afterAll(async () => {
  client.destroy()
  await fixture.end()
})

interface Options {
  readonly reference?: string
  readonly quantity?: number
  readonly distributionId?: string
}

function create(items: string[], options: Options = {}): Promise<CreateInvalidationCommandOutput> {
  references += 1
  return client.send(
    new CreateInvalidationCommand({
      DistributionId: options.distributionId ?? fixture.demo.distributionId,
      InvalidationBatch: {
        CallerReference: options.reference ?? `test-${String(references)}`,
        Paths: { Quantity: options.quantity ?? items.length, Items: items },
      },
    }),
  )
}

async function createAndWait(items: string[], options: Options = {}): Promise<void> {
  const { Invalidation: created } = await until(
    () =>
      create(items, options).catch((error: unknown) => {
        // Tests share the account's quota of one wildcard a second.
        if (error instanceof Error && error.name === 'TooManyInvalidationsInProgress') return { Invalidation: undefined }
        throw error
      }),
    ({ Invalidation: one }) => one !== undefined,
  )
  const DistributionId = options.distributionId ?? fixture.demo.distributionId
  await until(
    () => client.send(new GetInvalidationCommand({ DistributionId, Id: String(created?.Id) })),
    ({ Invalidation: read }) => read?.Status === 'Completed',
  )
}

const xCache = async (path: string, host = fixture.host): Promise<unknown> =>
  (await visit(fixture, path, { host })).headers['x-cache']
const hit = 'Hit from cloudfront'
const miss = 'Miss from cloudfront'

describe('what an invalidation removes', () => {
  test('a path in every zone and at both PoPs, and nothing else', async () => {
    for (const path of ['/about', '/about/delivery']) {
      await visit(fixture, path)
      await visitSecondPop(fixture, path)
      await visit(fixture, path, { host: fixture.giftsHost })
    }
    await createAndWait(['/about'])
    expect(await xCache('/about')).toBe(miss)
    expect(await xCache('/about', fixture.giftsHost)).toBe(miss)
    expect((await visitSecondPop(fixture, '/about')).headers['x-cache']).toBe(miss)
    expect(await xCache('/about/delivery')).toBe(hit)
    expect((await visitSecondPop(fixture, '/about/delivery')).headers['x-cache']).toBe(hit)
  })

  test('a stored 404', async () => {
    await visit(fixture, '/flavours/liquorice')
    expect((await visit(fixture, '/flavours/liquorice')).headers.age).toBeDefined()
    await createAndWait(['/flavours/liquorice'])
    expect((await visit(fixture, '/flavours/liquorice')).headers.age).toBeUndefined()
  })

  test('a wildcard: everything that begins so', async () => {
    await visit(fixture, '/lists')
    await visit(fixture, '/lists/apple')
    await createAndWait(['/lists/*'])
    expect(await xCache('/lists')).toBe(hit)
    expect(await xCache('/lists/apple')).toBe(miss)
    await createAndWait(['/lists*'])
    expect(await xCache('/lists')).toBe(miss)
  })

  test('a star elsewhere is no wildcard, and case counts in paths', async () => {
    await visit(fixture, '/lists/banana')
    await createAndWait(['/l*/banana', '/Lists/banana'])
    expect(await xCache('/lists/banana')).toBe(hit)
  })

  test('a non-ASCII path in its encoded form', async () => {
    const path = '/lists/cr%C3%A8me-br%C3%BBl%C3%A9e'
    await visit(fixture, path)
    await createAndWait([path])
    expect(await xCache(path)).toBe(miss)
  })

  test('every language of a path, but only the query that it names', async () => {
    const german = { headers: { 'accept-language': 'de' } }
    for (const path of ['/search?q=fig', '/search?q=pear']) {
      await visit(fixture, path)
      await visit(fixture, path, german)
    }
    await createAndWait(['/search?q=fig'])
    expect(await xCache('/search?q=fig')).toBe(miss)
    expect((await visit(fixture, '/search?q=fig', german)).headers['x-cache']).toBe(miss)
    expect(await xCache('/search?q=pear')).toBe(hit)
  })

  test('a tag, whatever its case: all pages that carry it in every zone', async () => {
    for (const path of ['/', '/lists/cola', '/about', '/new-lolly']) await visit(fixture, path)
    await visit(fixture, '/about', { host: fixture.giftsHost })
    await createAndWait(['#PB-Menu:Main-Menu'])
    expect(await xCache('/')).toBe(miss)
    expect(await xCache('/lists/cola')).toBe(miss)
    expect(await xCache('/about', fixture.giftsHost)).toBe(miss)
    expect(await xCache('/new-lolly')).toBe(hit)
  })

  test('nothing by tag on a distribution without CacheTagConfig', async () => {
    await visit(fixture, '/lists/lime')
    await createAndWait(['#pb-menu:main-menu', '/lists/lime'], { distributionId: fixture.demo.emptyDistributionId })
    expect(await xCache('/lists/lime')).toBe(hit)
  })
})

describe('caller references', () => {
  test('the same request gives the earlier invalidation, another one is refused', async () => {
    const first = await create(['/a', '/b'], { reference: 'same' })
    const again = await create(['/a', '/b'], { reference: 'same' })
    expect(again.Invalidation?.Id).toBe(first.Invalidation?.Id)
    await expect(create(['/a'], { reference: 'same' })).rejects.toMatchObject({
      name: 'InvalidationBatchAlreadyExists',
      $metadata: { httpStatusCode: 409 },
    })
  })
})

describe('reading', () => {
  test('an invalidation has its items and a location', async () => {
    const created = await create(['/x', '#y'], { reference: 'read me' })
    expect(created.Location).toContain(`/invalidation/${String(created.Invalidation?.Id)}`)
    expect(created.Invalidation?.Status).toBe('InProgress')
    const { Invalidation: read } = await client.send(
      new GetInvalidationCommand({
        DistributionId: fixture.demo.distributionId,
        Id: String(created.Invalidation?.Id),
      }),
    )
    expect(read?.InvalidationBatch).toEqual({ CallerReference: 'read me', Paths: { Quantity: 2, Items: ['/x', '#y'] } })
    expect(read?.CreateTime).toEqual(created.Invalidation?.CreateTime)
    await expect(
      client.send(new GetInvalidationCommand({ DistributionId: fixture.demo.distributionId, Id: 'INONE' })),
    ).rejects.toMatchObject({ name: 'NoSuchInvalidation' })
  })

  test('the list is newest first and comes in pages', async () => {
    const newest = await create(['/z'])
    const seen: string[] = []
    let Marker: string | undefined
    do {
      const { InvalidationList: page } = await client.send(
        new ListInvalidationsCommand({
          DistributionId: fixture.demo.distributionId,
          MaxItems: 2,
          Marker,
        }),
      )
      expect(page?.Items?.length ?? 0).toBeLessThanOrEqual(2)
      for (const item of page?.Items ?? []) seen.push(String(item.Id))
      Marker = page?.IsTruncated === true ? page.NextMarker : undefined
    } while (Marker !== undefined)
    expect(seen[0]).toBe(newest.Invalidation?.Id)
    expect(seen.length).toBeGreaterThan(4)
    expect(new Set(seen).size).toBe(seen.length)
  })
})

describe('what is refused', () => {
  test.each([
    ['about'],
    ['/a b'],
    ['/café'],
    ['/a"b'],
    ['/a#b'],
    ['/a%2'],
    ['#'],
    ['#a,b'],
    ['#a b'],
    [`/${'a'.repeat(4_000)}`],
    [`#${'a'.repeat(257)}`],
  ])('the item %.20s', async (item) => {
    await expect(create([item])).rejects.toMatchObject({ name: 'InvalidArgument', $metadata: { httpStatusCode: 400 } })
  })

  test('a quantity that does not fit, and too many items', async () => {
    await expect(create(['/a'], { quantity: 2 })).rejects.toMatchObject({ name: 'InconsistentQuantities' })
    const many = Array.from({ length: 3_001 }, (_, index) => `/p/${String(index)}`)
    await expect(create(many)).rejects.toMatchObject({ name: 'BatchTooLarge', $metadata: { httpStatusCode: 413 } })
    await expect(create(['/a'], { distributionId: 'E0000000000000' })).rejects.toMatchObject({ name: 'NoSuchDistribution' })
  })

  test('a second wildcard within a second, and more items than may be in progress', async () => {
    const tries = await Promise.allSettled([create(['/p1/*']), create(['/p2/*']), create(['/p3/*'])])
    const refused = tries.filter((one) => one.status === 'rejected').map((one) => (one.reason as Error).name)
    expect(refused.length).toBeGreaterThanOrEqual(2)
    expect(new Set(refused)).toEqual(new Set(['TooManyInvalidationsInProgress']))
  })
})

describe('rules without a server', () => {
  test('the longest path and characters that need no encoding pass', () => {
    const items = [`/${'a'.repeat(3_999)}`, '/a_b~c@d,e;f=g&h!i$j(k)', '/%E2%9C%93', '#product:123', '/*']
    expect(() => checkItems(items, items.length)).not.toThrow()
  })

  test('a batch larger than a second’s share passes a full bucket and leaves a debt', () => {
    const bucket = new TokenBucket(150, 0)
    expect(bucket.canTake(3_000, 0)).toBe(true)
    bucket.take(3_000)
    expect(bucket.canTake(1, 10_000)).toBe(false)
    expect(bucket.canTake(1, 19_100)).toBe(true)
  })
})
