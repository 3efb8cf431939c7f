import { startSiteServer, type Served } from '../support/site-server.ts'
import { SECRET, startVarnish, varnishMissing } from '../support/varnish.ts'
import { expect, test } from './panel.ts'
import { addWithSitemaps, beginAdding, checkShown, OPTIONAL_PARTS, pageRow, rail } from './screens.ts'

const missing = varnishMissing()
if (missing !== null) console.warn(missing)

test('a site behind Varnish is added, an old copy is purged, and nothing speaks of money', async ({ app }) => {
  test.skip(missing !== null, missing ?? '')
  let version = 1
  const origin = await startSiteServer(({ path, headers }): Served | undefined => {
    const loc = `http://${headers.host}/about`
    if (path === '/sitemap.xml')
      return { headers: { 'content-type': 'application/xml' }, body: `<urlset><url><loc>${loc}</loc></url></urlset>` }
    if (path !== '/about' && path !== '/') return undefined
    return { headers: { 'content-type': 'text/html', 'cache-control': 'max-age=3600' }, body: `<p>Version ${version}` }
  })
  const varnish = await startVarnish(origin)

  const form = await beginAdding(app, { address: varnish.url, name: 'Behind Varnish', edge: 'Varnish' })
  await form.getByRole('button', { name: OPTIONAL_PARTS }).click()
  await form.getByLabel('Origin address').fill(origin.url)
  await form.getByLabel('Varnish addresses').fill(varnish.url)
  await form.getByLabel('Secret', { exact: true }).fill('wrong')
  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(form.getByText('does not accept this secret')).toBeVisible()
  await form.getByLabel('Secret', { exact: true }).fill(SECRET)
  await form.getByRole('button', { name: 'Test connection' }).click()
  await expect(form.getByText('Everything answers.')).toBeVisible()
  await addWithSitemaps(app)

  await expect(pageRow(app, '/about')).toContainText('Up to date')
  version = 2
  await checkShown(app, 1)
  await expect(pageRow(app, '/about')).toContainText('Old copy')

  await rail(app, 'Purges').click()
  await app.getByRole('button', { name: 'New purge…' }).first().click()
  await app.getByRole('dialog').getByRole('textbox').fill('/about')
  await app.getByRole('button', { name: 'Work out a plan' }).click()
  await expect(app.getByText('Free: this edge does not charge for purges')).toBeVisible()
  await app.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(app.getByRole('heading', { name: /1 of 1 shows the new version/ })).toBeVisible()

  await rail(app, 'Budget').click()
  await expect(app.getByText('1 purge, free: Varnish does not charge').first()).toBeVisible()
  await expect(app.getByText('1,000')).toHaveCount(0)
  await varnish.stop()
  await origin.stop()
})
