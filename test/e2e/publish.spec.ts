import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBucketOrigin } from '../support/bucket-origin.ts'
import { quickTimings, startTestDemo } from '../support/demo.ts'
import { writeSite } from '../support/local-release.ts'
import { BUCKET } from '../support/publishing-site.ts'
import { startS3Server } from '../support/s3-server.ts'
import { barriersAt } from './barriers.ts'
import { expect, test } from './panel.ts'
import { addWithSitemaps, beginAdding, OPTIONAL_PARTS, rail } from './screens.ts'

/** A folder in which the screens are kept, for a look at them. */
const SHOTS = process.env['FROSTLINE_SHOTS']

test('a folder is published to a bucket: followed, cancelled, published again, and rolled back', async ({ app }) => {
  test.slow()
  const shot = async (name: string) => {
    if (SHOTS === undefined) return
    await app.screenshot({ path: join(SHOTS, `${name}.png`) })
    await app.emulateMedia({ colorScheme: 'dark' })
    await app.screenshot({ path: join(SHOTS, `${name}-dark.png`) })
    await app.emulateMedia({ colorScheme: 'light' })
  }
  const s3 = await startS3Server('')
  const origin = await startBucketOrigin(s3, BUCKET)
  const stack = await startTestDemo(mkdtempSync(join(tmpdir(), 'frostline-demo-')), quickTimings, origin.url)
  const { accessKeyId, secretAccessKey } = stack.demo.credentials
  s3.keys.add(accessKeyId)
  const pages = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`page-${at}/index.html`, `<title>${at}</title>`]))
  const folder = writeSite({ ...pages, 'index.html': '<title>Home</title>First' })

  const address = stack.site.zones[0]?.url ?? ''
  const form = await beginAdding(app, { address, name: 'From a bucket', edge: 'CloudFront' })
  await form.getByRole('radio', { name: 'Access keys' }).check()
  await form.getByRole('button', { name: 'Another service' }).click()
  await form.getByLabel('Endpoint', { exact: true }).fill(stack.demo.urls.control)
  await form.getByRole('button', { name: OPTIONAL_PARTS }).click()
  await form.getByLabel('Access key id').fill(accessKeyId)
  await form.getByLabel('Secret access key').fill(secretAccessKey)
  await form.getByLabel('S3 bucket of the origin').fill(BUCKET)
  await form.getByLabel('Endpoint of the bucket').fill(s3.url)
  await form.getByRole('switch', { name: 'Publish to this bucket' }).check()
  await shot('publish-form')
  await addWithSitemaps(app, async () => {
    await app.getByRole('button', { name: 'Test everything' }).click()
    await expect(app.getByText('It answers; no release lies there yet.')).toBeVisible()
  })

  await rail(app, 'Builds').click()
  const publish = async (title: string) => {
    await app.getByRole('button', { name: 'Publish a folder…' }).click()
    const dialog = app.getByRole('dialog', { name: 'Publish a folder' })
    await dialog.getByLabel('Folder').fill(folder)
    await dialog.getByLabel('Title').fill(title)
    await shot('publish-dialog')
    if (title === 'Never mind') expect(await barriersAt(app, 'Publish a folder', '[role="dialog"]')).toEqual([])
    await dialog.getByRole('button', { name: 'Publish' }).click()
    await expect(dialog).toBeHidden()
  }
  let letGo = (): void => {}
  const held = new Promise<null>((resolve) => (letGo = () => resolve(null)))
  s3.before = (call) => (call.startsWith('PUT') && call.includes('/page-4') ? held : null)
  await publish('Never mind')
  const card = app.getByRole('region', { name: /^Publish “Never mind”/ })
  await expect(card).toContainText(/uploading pages · \d+ \/ 61 files/)
  await shot('publish-progress')
  await card.getByRole('button', { name: 'Cancel' }).click()
  letGo()
  await expect(card).toContainText('What had been sent was taken away again.')

  await publish('First release')
  const row = (title: string) => app.getByRole('table', { name: 'Deploys' }).getByRole('row', { name: new RegExp(title) })
  await expect(row('First release')).toContainText('Live', { timeout: 60_000 })
  writeFileSync(join(folder, 'index.html'), '<title>Home</title>Second')
  await publish('Second release')
  await expect(row('Second release')).toContainText('Live', { timeout: 60_000 })
  await shot('publish-done')
  // A purge that is under way is not overtaken by a switch.
  await expect(app.getByRole('button', { name: /\b0 jobs/ })).toBeVisible({ timeout: 60_000 })
  await row('First release')
    .getByRole('button', { name: /Roll back/ })
    .click()
  const dialog = app.getByRole('dialog', { name: /Roll back to “First release”/ })
  await expect(dialog).toContainText('When visitors see it')
  await dialog.getByRole('button', { name: 'Roll back' }).click()
  // The panel goes on to the purge of what differs.
  await expect(app).toHaveURL(/\/purges\//, { timeout: 60_000 })
  await rail(app, 'Builds').click()
  await expect(row('First release')).toContainText('Live', { timeout: 60_000 })
  await expect(app.getByText(/pinned to/i).first()).toBeVisible()
  await shot('publish-rolled-back')
  await stack.demo.close()
  await Promise.all([s3.stop(), origin.stop()])
})
