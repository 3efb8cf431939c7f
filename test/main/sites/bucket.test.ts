import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SiteInput } from '#shared/sites.ts'
import { startTestCore, type RunningCore } from '../../support/core-client.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'
import { FAKE_KEY, startFakeCloudFront } from '../providers/fake-cloudfront.ts'
import { startSiteServer, type SiteServer } from '../../support/site-server.ts'

let panel: RunningCore
let s3: S3Server
let pages: SiteServer
beforeAll(async () => {
  s3 = await startS3Server('AKIATEST')
  pages = await startSiteServer(() => ({ headers: { 'content-type': 'text/html' }, body: 'home' }))
  panel = await startTestCore()
})
afterAll(async () => {
  await panel?.close()
  await Promise.all([s3?.stop(), pages?.stop()])
})

const input = (accessKeyId: string) =>
  SiteInput.parse({
    name: 'Pages in a bucket',
    zones: [{ url: pages.url }],
    edge: {
      kind: 'cloudfront',
      distributionId: 'E2QWRUHAPOMQZL',
      endpoint: 'http://127.0.0.1:9',
      credentials: { kind: 'default' },
    },
    objects: {
      kind: 's3',
      bucket: 'pages',
      prefix: 'site',
      endpoint: s3.url,
      forcePathStyle: true,
      credentials: { kind: 'keys', accessKeyId, secretAccessKey: 'bucket-secret' },
    },
  })
const tried = async (accessKeyId: string) =>
  (await panel.client.sites.test(input(accessKeyId))).findings.find(({ field }) => field === 'objects.bucket')

describe("The bucket of a site's pages", () => {
  test('is tried with the rest of the site', async () => {
    expect(await tried('AKIATEST')).toMatchObject({ ok: true, message: expect.stringContaining('no object for the first page') })
    s3.objects.set('pages/site/index.html', { body: 'home' })
    expect(await tried('AKIATEST')).toMatchObject({ ok: true, message: 'It answers; its objects can be read.' })
    expect(await tried('AKIAOTHER')).toMatchObject({ ok: false, fix: expect.stringContaining('s3:ListBucket') })
  })

  test('is asked for the object of a page, and its keys stay in the vault', async () => {
    s3.objects.set('pages/site/index.html', { body: 'home' })
    const { siteId } = await panel.client.sites.add(input('AKIATEST'))
    s3.requests.length = 0
    expect(await panel.client.diagnosis.why({ url: `${pages.url}/` })).toMatchObject({ site: { id: siteId } })
    expect(s3.requests).toEqual(['HEAD /pages/site/index.html'])
    const stored = ['frostline.db', 'frostline.db-wal'].map((file) =>
      readFileSync(join(panel.dataFolder, file)).toString('latin1'),
    )
    expect(stored.join('')).toContain('"bucket":"pages"')
    expect(stored.join('')).not.toContain('bucket-secret')
    await panel.client.sites.remove({ siteId })
  })
})

describe('The test of a site that is published to a bucket', () => {
  const published = (endpoint: string, distributionId: string) => {
    const { objects, ...rest } = input('AKIATEST')
    const edge = { kind: 'cloudfront' as const, distributionId, endpoint, credentials: { kind: 'keys' as const, ...FAKE_KEY } }
    return SiteInput.parse({ ...rest, edge, objects: { ...objects, publish: {} } })
  }
  const denied = (action: string) => ({
    status: 403,
    body: `<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User is not authorized to perform: ${action}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  })
  const DENIED_CALLS: Readonly<Record<string, RegExp>> = {
    's3:ListBucket': /^LIST /,
    's3:PutObject': /^PUT /,
    's3:GetObject': /^GET /,
    's3:DeleteObject': /^POST /,
  }
  const bucketFindings = async () =>
    (await panel.client.sites.test(published('http://127.0.0.1:9', 'E2QWRUHAPOMQZL'))).findings.filter(
      ({ field }) => field === 'objects.bucket',
    )

  test('puts an empty object, reads it and takes it away again', async () => {
    s3.requests.length = 0
    s3.objects.clear()
    expect(await bucketFindings()).toMatchObject([{ ok: true, message: expect.stringContaining('It may be written to') }])
    expect(s3.requests.filter((request) => !request.startsWith('LIST'))).toEqual([
      'PUT /pages/site/releases/.frostline-probe',
      'GET /pages/site/releases/.frostline-probe',
      'POST /pages/',
      'REMOVE /pages/site/releases/.frostline-probe',
    ])
    expect([...s3.objects.keys()]).toEqual([])
  })

  test.each(Object.entries(DENIED_CALLS))('names %s alone when it is what is missing, and on what', async (action, call) => {
    s3.before = (request) => (call.test(request) ? 403 : null)
    const findings = await bucketFindings()
    s3.before = () => null
    s3.objects.clear()
    const resource = action === 's3:ListBucket' ? 'arn:aws:s3:::pages' : 'arn:aws:s3:::pages/site/releases/*'
    expect(findings).toMatchObject([
      { ok: false, part: `Bucket pages: ${action}`, fix: `Allow ${action} on ${resource} to this user or role.` },
    ])
  })

  test('says that the empty object stays when it may not be removed', async () => {
    s3.before = (request) => (request.startsWith('POST ') ? 403 : null)
    const [finding] = await bucketFindings()
    s3.before = () => null
    expect(finding?.message).toContain('The empty object site/releases/.frostline-probe of this test stays there')
    expect([...s3.objects.keys()]).toEqual(['pages/site/releases/.frostline-probe'])
    s3.objects.clear()
  })

  test('says that reading cannot be told while nothing may be listed or put', async () => {
    s3.before = (request) => (/^(LIST|PUT|GET) /.test(request) ? 403 : null)
    const findings = await bucketFindings()
    s3.before = () => null
    expect(findings.map(({ part }) => part)).toEqual(['Bucket pages: s3:ListBucket', 'Bucket pages: s3:PutObject'])
  })

  test('does not take wrong keys for missing permissions', async () => {
    s3.keys.delete('AKIATEST')
    s3.wrongKeys = true
    const findings = await bucketFindings()
    s3.keys.add('AKIATEST')
    s3.wrongKeys = false
    expect(findings).toMatchObject([{ ok: false, message: expect.stringContaining('S3 does not accept these credentials') }])
  })

  test('names what the distribution does not allow, without a purge and without a change', async () => {
    const cloudFront = await startFakeCloudFront()
    const calls: string[] = []
    cloudFront.intercept = (request) => {
      calls.push(`${request.method}`)
      if (request.method === 'PUT') return denied('cloudfront:UpdateDistribution')
      return request.method === 'POST' ? denied('cloudfront:CreateInvalidation') : null
    }
    const { findings } = await panel.client.sites.test(published(cloudFront.endpoint, cloudFront.distributionId))
    await cloudFront.stop()
    const parts = findings.filter(({ ok }) => !ok).map(({ part }) => part)
    for (const action of ['UpdateDistribution', 'CreateInvalidation'])
      expect(parts).toContain(`Permissions for ${cloudFront.distributionId}: cloudfront:${action}`)
    expect(calls).toContain('PUT')
    expect(cloudFront.purges.join('')).toContain('<Quantity>2</Quantity>')
  })
})
