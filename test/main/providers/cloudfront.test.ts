import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createHttp } from '#main/platform/http.ts'
import { createCloudFront } from '#main/providers/cloudfront/cloudfront.ts'
import type { CloudFrontCredentials } from '#main/providers/cloudfront/client.ts'
import type { Edge } from '#main/providers/edge.ts'
import { cloudFrontFailure } from '#main/providers/cloudfront/failure.ts'
import { edgeContract, everythingIn, refusalOf } from '../../contracts/edge.contract.ts'
import {
  errorXml,
  FAKE_KEY,
  FAKE_POLICY_ID,
  startFakeCloudFront,
  type FakeCloudFront,
  type Intercepted,
} from './fake-cloudfront.ts'

const http = createHttp()
const KEYS = { kind: 'keys', ...FAKE_KEY } as const
const open = (endpoint: string, distributionId: string, credentials: CloudFrontCredentials = KEYS): Edge =>
  createCloudFront({ endpoint, distributionId, credentials, region: 'us-east-1', http })

/** Nothing listens on the discard port of a loopback name. */
const DEAD_ENDPOINT = 'http://nothing.localhost:9'

edgeContract('CloudFront over a small fake', async () => {
  const fake = await startFakeCloudFront()
  const wrong = { kind: 'keys', accessKeyId: 'AKIAWRONGWRONGWRONG1', secretAccessKey: 'wrong/secret' } as const
  return {
    edge: open(fake.endpoint, fake.distributionId),
    path: '/about/',
    tag: 'menu',
    missing: open(fake.endpoint, 'EMISSING000001'),
    missingId: 'EMISSING000001',
    refused: open(fake.endpoint, fake.distributionId, wrong),
    refusedSecret: wrong.secretAccessKey,
    unreachable: open(DEAD_ENDPOINT, fake.distributionId),
    stop: fake.stop,
  }
})

describe('CloudFront', () => {
  let fake: FakeCloudFront
  let edge: Edge
  beforeAll(async () => {
    fake = await startFakeCloudFront()
    edge = open(fake.endpoint, fake.distributionId)
  })
  afterEach(() => {
    fake.intercept = () => null
  })
  afterAll(async () => {
    edge.close()
    await fake.stop()
  })
  const always = (answer: Intercepted): void => {
    fake.intercept = () => answer
  }

  test('fetches from the origin of its default behaviour, and names the permission that a switch needs', async () => {
    expect(await edge.switchOrigin?.read()).toEqual({ originPath: '/releases/r-1', etag: 'EFAKETAG00001' })
    fake.intercept = (request) =>
      request.method === 'PUT' ? { status: 403, body: errorXml('AccessDenied', 'is not authorized to perform this') } : null
    const refusal = await refusalOf(edge.switchOrigin?.switchTo('/releases/r-2', 'EFAKETAG00001') ?? Promise.resolve())
    expect(refusal).toMatchObject({ code: 'CREDENTIALS_REFUSED' })
    expect(refusal.message).toContain('cloudfront:UpdateDistribution')
  })

  test('reads behaviours in their order, the default last, and their TTLs', async () => {
    const read = await edge.describe()
    expect(read.aliases).toEqual(['www.example.com', 'dfake.cloudfront.net'])
    const errorTtlSeconds = { 404: 30 }
    expect(read.behaviours).toEqual([
      { pattern: '/assets/*', policy: { minTtlSeconds: 0, defaultTtlSeconds: 60, maxTtlSeconds: 3600, errorTtlSeconds } },
      { pattern: '/old/*', policy: { minTtlSeconds: 5, defaultTtlSeconds: 50, maxTtlSeconds: 500, errorTtlSeconds } },
      { pattern: '*', policy: { minTtlSeconds: 0, defaultTtlSeconds: 60, maxTtlSeconds: 3600, errorTtlSeconds } },
    ])
    expect(read.capabilities).toMatchObject({ purgesTags: true, tagHeader: 'cache-tag', tagsPerPage: 50 })
    expect(read.gaps).toEqual([])
  })

  test('names the permission when policies may not be read, and still knows the managed ones', async () => {
    fake.intercept = ({ url }) => (url?.includes('/cache-policy/') ? { status: 403, body: errorXml('AccessDenied', 'no') } : null)
    const { behaviours, gaps } = await edge.describe()
    expect(behaviours[0]?.policy).toMatchObject({ minTtlSeconds: 1, defaultTtlSeconds: 86_400, maxTtlSeconds: 31_536_000 })
    expect(behaviours[2]?.policy).toBeNull()
    expect(gaps).toHaveLength(1)
    expect(gaps[0]).toContain('cloudfront:GetCachePolicy')
  })

  test('says when a policy was deleted', async () => {
    fake.intercept = ({ url }) =>
      url?.includes(FAKE_POLICY_ID) ? { status: 404, body: errorXml('NoSuchCachePolicy', 'no') } : null
    expect((await edge.describe()).gaps[0]).toContain(FAKE_POLICY_ID)
  })

  test('falls back to the configuration when the distribution may not be read', async () => {
    fake.intercept = ({ url }) =>
      /distribution\/[A-Z0-9]+$/.test(url ?? '') ? { status: 403, body: errorXml('AccessDenied', 'no') } : null
    const { aliases, behaviours, gaps } = await edge.describe()
    expect(aliases).toEqual(['www.example.com'])
    expect(behaviours).toHaveLength(3)
    expect(gaps[0]).toContain('cloudfront:GetDistribution')
  })

  test('names the missing action when a purge is denied', async () => {
    always({ status: 403, body: errorXml('AccessDenied', `User ${FAKE_KEY.accessKeyId} is not authorized`) })
    const refusal = await refusalOf(edge.purge(['/'], 'denied'))
    expect(refusal.code).toBe('CREDENTIALS_REFUSED')
    expect(refusal.message).toContain('cloudfront:CreateInvalidation')
    expect(everythingIn(refusal)).not.toContain(FAKE_KEY.accessKeyId)
  })

  test.each([
    ['TooManyInvalidationsInProgress', 400, 'THROTTLED', true],
    ['Throttling', 400, 'THROTTLED', true],
    ['ThrottlingException', 429, 'THROTTLED', true],
    ['BatchTooLarge', 413, 'PROVIDER_REFUSED', false],
    ['InvalidArgument', 400, 'PROVIDER_REFUSED', false],
    ['ExpiredToken', 403, 'CREDENTIALS_REFUSED', true],
    ['SignatureDoesNotMatch', 403, 'CREDENTIALS_REFUSED', false],
    ['RequestTimeTooSkewed', 403, 'CREDENTIALS_REFUSED', false],
    ['InternalError', 500, 'UNREACHABLE', true],
    ['ServiceUnavailable', 503, 'UNREACHABLE', true],
  ])('tells %s (%i) as %s', async (code, status, expected, retryable) => {
    always({ status, body: errorXml(code, 'as the vendor says') })
    const refusal = await refusalOf(edge.purge(['/'], code))
    expect(refusal).toMatchObject({ code: expected, details: { retryable } })
    expect(refusal.message).toMatch(/^[A-Z].*[.:]/)
  })

  test('does not ask to wait with more wildcards than can ever be in progress', async () => {
    always({ status: 400, body: errorXml('TooManyInvalidationsInProgress', 'wait') })
    const many = Array.from({ length: 16 }, (_, index) => `/${index}/*`)
    expect(await refusalOf(edge.purge(many, 'wild'))).toMatchObject({ code: 'PROVIDER_REFUSED', details: { retryable: false } })
    expect(await refusalOf(edge.purge(many.slice(1), 'tame'))).toMatchObject({ code: 'THROTTLED', details: { retryable: true } })
  })

  test('sends the same reference when the client repeats a failed request', async () => {
    const before = fake.purges.length
    let failures = 1
    fake.intercept = () => (failures-- > 0 ? { status: 500, body: errorXml('InternalError', 'once') } : null)
    await edge.purge(['/twice'], 'repeat-1')
    const bodies = fake.purges.slice(before)
    expect(bodies).toHaveLength(2)
    expect(bodies[0]).toBe(bodies[1])
    expect(bodies[0]).toContain('<CallerReference>repeat-1</CallerReference>')
  })

  test('sends each item once and encoded', async () => {
    await edge.purge(['/é', '/%C3%A9', '/a b'], 'encoded-1')
    expect(fake.purges.at(-1)).toContain('<Quantity>2</Quantity>')
    expect(fake.purges.at(-1)).toContain('<Path>/%C3%A9</Path><Path>/a%20b</Path>')
  })

  test.each([
    ['a web page with status 200', { status: 200, type: 'text/html', body: '<!doctype html><p>Sign in to the Wi-Fi' }],
    ['a web page with status 403', { status: 403, type: 'text/html', body: '<html><body>Forbidden</body></html>' }],
    ['JSON', { status: 200, type: 'application/json', body: '{"ok":true}' }],
    ['nothing', { status: 200, body: '' }],
    ['half an XML document', { status: 200, body: '<Invalidation><Id>I1' }],
  ])('says that the endpoint is not CloudFront when it answers %s', async (_name, answer) => {
    always(answer)
    for (const attempt of [() => edge.describe(), () => edge.purge(['/'], 'html'), () => edge.purgeStatus('I1')]) {
      const refusal = await refusalOf(attempt())
      expect(refusal.code).toBe('UNREACHABLE')
      expect(refusal.message).toContain('is not CloudFront’s API')
    }
  })

  test.each([
    [
      'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.',
      'aws sso login',
    ],
    ['Your session has expired. Please reauthenticate using aws login.', 'aws login'],
  ])('names the command when the sign-in of a profile has expired: %s', (message, command) => {
    const error = Object.assign(new Error(message), { name: 'CredentialsProviderError' })
    const failure = cloudFrontFailure(error, {
      distributionId: 'E1',
      action: 'cloudfront:GetDistribution',
      host: 'h',
      signal: undefined,
      credentials: { kind: 'profile', profile: 'shop' },
    })
    expect(failure).toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      details: { fix: `Run \`${command} --profile shop\`, then try again.` },
    })
  })

  test('names the profile that is not there', async () => {
    const missing = open(fake.endpoint, fake.distributionId, { kind: 'profile', profile: 'frostline-test-missing' })
    const refusal = await refusalOf(missing.describe())
    expect(refusal.code).toBe('CREDENTIALS_REFUSED')
    expect(refusal.message).toContain('frostline-test-missing')
  })

  test('says which keys are missing', async () => {
    const refusal = await refusalOf(
      open(fake.endpoint, fake.distributionId, { kind: 'keys', accessKeyId: '', secretAccessKey: '' }).describe(),
    )
    expect(refusal).toMatchObject({ code: 'CREDENTIALS_REFUSED', message: 'The access keys of this site are missing.' })
  })

  test('refuses more items than one request takes', async () => {
    const many = Array.from({ length: 3001 }, (_, index) => `/${index}`)
    expect(await refusalOf(edge.purge(many, 'many'))).toMatchObject({ code: 'BAD_INPUT', details: { field: 'items' } })
  })
})
