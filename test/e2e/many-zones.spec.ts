import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSiteServer } from '../support/site-server.ts'
import { expect, test } from './panel.ts'
import { startPanel } from './panel-process.ts'
import { alert, enter, next, step } from './wizard.ts'

/** A server whose certificate no authority signed. */
async function startUntrusted() {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url)))
  if (!key || !cert) throw new Error('the fixtures have a key and a certificate')
  const server = createServer({ key, cert }, (_request, response) => response.end('here'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on a port')
  return { port: address.port, stop: () => server.close() }
}

test('thousands of zones are asked by a sample and summed up, and a refusal stands where it was pressed', async ({ page }) => {
  test.slow()
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-e2e-'))
  const site = await startSiteServer(() => ({ headers: { server: 'Netlify' }, body: '<title>Shop</title>' }))
  const untrusted = await startUntrusted()
  const panel = await startPanel(dataFolder)
  await page.goto(panel.address)
  const shown = page.getByRole('banner').getByText(/^lollies\.localhost:/)
  await expect(shown).toBeVisible({ timeout: 60_000 })
  const [lollies = ''] = (await shown.innerText()).split(' ')
  await page.goto(new URL('/sites/new', panel.address).href)
  await enter(page, 'ftp://x.com')
  await expect(page.getByText('This is not a web address.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Go on without an answer' })).toBeHidden()
  await enter(page, `https://127.0.0.1:${untrusted.port}`)
  await page.getByRole('button', { name: 'It is mine: look' }).click()
  await expect(alert(page)).toContainText('is not signed by an authority that this machine trusts')
  await expect(alert(page).getByRole('link', { name: 'Settings → Network' })).toHaveAttribute('href', '/settings/network')
  await enter(page, site.url)
  await page.getByRole('button', { name: 'It is mine: look' }).click()
  await expect(page.getByText('What Netlify keeps at its edge cannot be purged from here.')).toBeVisible()
  await next(page)
  await expect(step(page, 'Access')).toBeVisible()
  await next(page)
  const zones = step(page, 'Zones')
  await zones.getByRole('button', { name: 'Add zones' }).click()
  const many = Array.from({ length: 3_000 }, (_, index) => `http://z${index}.localhost:9`)
  await zones.getByLabel('Hosts or addresses').fill([lollies, ...many].join('\n'))
  await zones.getByRole('button', { name: 'Add these zones' }).click()
  await expect(
    zones.getByText(`3,000 zones added. Line 1: ${lollies} is a zone of Lollies already, so it was left out.`),
  ).toBeVisible()
  await next(page)
  await expect(step(page, 'How pages are found')).toBeVisible()
  await next(page)
  const check = step(page, 'First check')
  await expect(check.getByText('The first 200 pages of all 3,001 zones together are checked')).toBeVisible()
  await check.getByRole('button', { name: 'Test everything' }).click()
  const result = check.getByRole('status', { name: 'Connection test' })
  await expect(result).toContainText('20 of 3,001 zones asked: 1 answers, 19 do not.')
  await expect(result.getByRole('listitem')).toHaveCount(13)
  await expect(result).toContainText('and 9 more that do not answer.')
  await expect(result).toBeInViewport()
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'What answers' }).click()
  await page.getByLabel('Name').fill('Shop '.repeat(20))
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'First check' }).click()
  await check.getByRole('button', { name: 'Test everything' }).click()
  await check.getByRole('button', { name: 'Add site and check' }).click()
  await expect(alert(page).last()).toBeInViewport()
  await expect(check.locator(':focus')).toContainText('What answers: A name has at most 80 characters.')
  await panel.stop()
  await site.stop()
  untrusted.stop()
  rmSync(dataFolder, { recursive: true, force: true })
})
