import type { Page } from '@playwright/test'
import { expect, test } from './panel.ts'
import { rail } from './screens.ts'

/** What the page said to the browser: no test can see the system's own notifications. */
interface Said {
  readonly asked: number
  readonly shown: readonly { readonly title: string; readonly body: string }[]
}
const said = (page: Page): Promise<Said> => page.evaluate(() => Reflect.get(window, 'said'))

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    const said: { asked: number; shown: unknown[] } = { asked: 0, shown: [] }
    class Recorded extends EventTarget {
      static permission: NotificationPermission = 'default'
      static async requestPermission() {
        said.asked += 1
        return (Recorded.permission = 'granted')
      }
      constructor(title: string, { body }: { body: string }) {
        super()
        said.shown.push({ title, body })
        setTimeout(() => this.dispatchEvent(new Event('click')), 200)
      }
      close() {}
    }
    Object.assign(window, { said, Notification: Recorded })
    document.hasFocus = () => false
  })
})

test('A browser is asked by a button only, and then tells when a build is done', async ({ app }) => {
  await rail(app, 'Settings').click()
  await app.getByRole('link', { name: 'Notifications' }).click()
  await expect(app.getByRole('heading', { name: 'In this browser' })).toBeVisible()
  expect((await said(app)).asked).toBe(0)
  await app.getByRole('button', { name: 'Show notifications here…' }).click()
  await expect(app.getByRole('button', { name: 'Stop showing them here' })).toBeVisible()
  expect((await said(app)).asked).toBe(1)

  await app.getByRole('link', { name: 'Builds' }).click()
  await app.getByRole('button', { name: 'Rebuild now' }).first().click()
  await expect
    .poll(async () => (await said(app)).shown.map(({ title }) => title), { timeout: 40_000 })
    .toContainEqual(expect.stringMatching(/: build done$/))
  for (const { title, body } of (await said(app)).shown) expect(`${title} ${body}`).not.toMatch(/https?:/)
  await expect(app).toHaveURL(/\/builds\?build=/)
})

test('What an owner does not want told is kept, and the window’s own settings say that there is no window', async ({ app }) => {
  await rail(app, 'Settings').click()
  await app.getByRole('link', { name: 'Notifications' }).click()
  const done = app.getByRole('switch', { name: 'A build is done' })
  await expect(done).toBeChecked()
  await done.press('Space')
  await expect(done).not.toBeChecked()
  await app.reload()
  await expect(app.getByRole('switch', { name: 'A build is done' })).not.toBeChecked()
  await app.getByRole('link', { name: 'Desktop window' }).click()
  await expect(app.getByText('This panel runs without the desktop window')).toBeVisible()
})
