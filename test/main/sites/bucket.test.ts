import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SiteInput } from '#shared/sites.ts'
import { startTestCore, type RunningCore } from '../../support/core-client.ts'
import { startS3Server, type S3Server } from '../../support/s3-server.ts'
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
    expect(await tried('AKIAOTHER')).toMatchObject({ ok: false, fix: expect.stringContaining('s3:GetObject') })
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
