import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from './panel.ts'

test('support gets a link of their own, sees and explains everything, changes nothing, and is signed out when it is revoked', async ({
  app,
  browser,
}) => {
  await app.getByRole('navigation').getByRole('link', { name: 'People' }).click()
  await expect(app.getByText('Nobody else has a link')).toBeVisible()
  await app.getByRole('button', { name: 'New sign-in link…' }).first().click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Whose it is').fill('Sam')
  await expect(dialog.getByLabel('Support')).toBeChecked()
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  const link = await app.getByRole('textbox', { name: 'Sign-in link' }).inputValue()
  await app.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await expect(app.getByRole('row', { name: /Sam Support .* never/ })).toBeVisible()

  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const sam = await context.newPage()
  await sam.goto(link)
  await expect(sam).toHaveURL(/\/why$/)
  expect(sam.url()).not.toContain('link=')
  const screens = sam.getByRole('navigation', { name: 'Screens' })
  await expect(screens.getByRole('link', { name: 'People' })).toBeHidden()
  for (const name of ['Home', 'Pages', 'Tags', 'Purges', 'Budget', 'Builds', 'Activity', 'Sites']) {
    await screens.getByRole('link', { name }).click()
    await expect(sam.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(
      sam.getByRole('button', { name: /purge…|rebuild|roll back|remove|add site|check all|mark as changed/i }),
    ).toHaveCount(0)
  }
  await sam.goto(new URL('/people', link).href)
  await expect(sam.getByText('Only owners see people')).toBeVisible()
  await screens.getByRole('link', { name: 'Why?' }).click()
  await sam.getByLabel('Address of the page').fill(`http://${await zoneOf(app)}/about`)
  await sam.getByRole('button', { name: 'Ask' }).click()
  await expect(sam.getByRole('article', { name: 'Verdict' })).toBeVisible()

  const { violations } = await new AxeBuilder({ page: app }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await app.getByRole('button', { name: 'Revoke the link of Sam' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Revoke the link' }).click()
  await expect(sam.getByRole('heading', { name: 'Not signed in' })).toBeVisible()
  await sam.goto(link)
  await expect(sam.getByRole('heading', { name: 'Not signed in' })).toBeVisible()
  await context.close()
})

/** The first zone of the site, as the bar shows it. */
async function zoneOf(app: import('@playwright/test').Page): Promise<string> {
  const text = await app
    .getByText(/lollies\.localhost:\d+/)
    .first()
    .innerText()
  return /lollies\.localhost:\d+/.exec(text)?.[0] ?? ''
}
