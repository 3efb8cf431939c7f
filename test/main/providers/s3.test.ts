import { hash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { createHttp } from '#main/platform/http.ts'
import { objectKeys } from '#main/providers/s3/object-keys.ts'
import { createS3Store } from '#main/providers/s3/s3.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'

const http = createHttp()
let server: S3Server
beforeAll(async () => {
  server = await startS3Server('AKIATEST')
})
afterAll(async () => {
  await server.stop()
  await http.close()
})

const store = (accessKeyId = 'AKIATEST', prefix = '', endpoint = server.url) =>
  createS3Store({
    bucket: 'pages',
    prefix,
    region: 'eu-central-1',
    endpoint,
    forcePathStyle: true,
    credentials: { kind: 'keys', accessKeyId, secretAccessKey: 'very-secret' },
    http,
  })
const refusal = async (asking: Promise<unknown>): Promise<AppError> => {
  const error: unknown = await asking.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AppError)) throw new Error(`no refusal: ${String(error)}`)
  return error
}

describe('The objects of a bucket', () => {
  test('tell their validators and tags for no body', async () => {
    server.objects.set('pages/site/about/index.html', { body: '<p>about', metadata: { 'cache-tag': 'page,menu:main' } })
    server.requests.length = 0
    expect(await store('AKIATEST', '/site/').head('/about/')).toEqual({
      etag: `"${hash('md5', '<p>about', 'hex')}"`,
      md5: hash('md5', '<p>about', 'hex'),
      lastModifiedMs: Date.UTC(2026, 10, 5, 12),
      sizeBytes: 8,
      tags: ['page', 'menu:main'],
    })
    expect(server.requests).toEqual(['HEAD /pages/site/about/index.html'])
  })

  test.each([
    ['in parts', { etag: '"0123456789abcdef0123456789abcdef-3"' }],
    ['with a key of KMS', { headers: { 'x-amz-server-side-encryption': 'aws:kms' } }],
    ['packed', { headers: { 'content-encoding': 'gzip' } }],
  ])('%s have an ETag that is no MD5 of the page', async (_how, more) => {
    server.objects.set('pages/odd.html', { body: 'odd', ...more })
    expect(await store().head('/odd.html')).toMatchObject({ md5: null, etag: expect.any(String) })
  })

  test('that are not there are none, after every key that a build may have chosen', async () => {
    server.requests.length = 0
    expect(await store().head('/nothing?x=1')).toBeNull()
    expect(server.requests).toEqual(['HEAD /pages/nothing', 'HEAD /pages/nothing/index.html', 'HEAD /pages/nothing.html'])
  })

  test('that may not be read say which permission is missing, and no secret', async () => {
    const error = await refusal(store('AKIAOTHER').head('/about/'))
    expect(error.code).toBe('CREDENTIALS_REFUSED')
    expect(error.message).toContain('Origin access control lets the edge in, not us')
    expect(error.details.fix).toContain('s3:GetObject')
    expect(JSON.stringify([error.message, error.details, String(error.cause)])).not.toContain('very-secret')
  })

  test('behind an address where nobody listens are a failure in words', async () => {
    const error = await refusal(store('AKIATEST', '', 'http://127.0.0.1:1').head('/about/'))
    expect([error.code, error.message]).toEqual(['UNREACHABLE', expect.stringContaining('127.0.0.1:1')])
  })

  test('asked for with no keys in the vault ask for them', async () => {
    expect((await refusal(store('').head('/a'))).details.fix).toContain('access key id')
  })
})

test('keys are decoded paths, and folders end in index.html', () => {
  expect(objectKeys('', '/')).toEqual(['index.html'])
  expect(objectKeys('/releases/r-7', '/caf%C3%A9/')).toEqual(['releases/r-7/café/index.html'])
  expect(objectKeys('', '/app.js?v=1')).toEqual(['app.js'])
  expect(objectKeys('', '/100%')).toEqual(['100%', '100%/index.html', '100%.html'])
})
