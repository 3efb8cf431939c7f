import type { Locator, Page } from '@playwright/test'

/** The wizard that adds a site: its steps are forms, and what it refuses is an alert on the screen. */
export const next = (app: Page): Promise<void> => app.getByRole('button', { name: 'Continue' }).click()
export const step = (app: Page, title: string): Locator => app.getByRole('form', { name: title })
export const alert = (app: Page): Locator => app.getByRole('main').getByRole('alert')

export async function enter(app: Page, address: string): Promise<void> {
  await app.getByLabel('Address', { exact: true }).fill(address)
  await app.keyboard.press('Enter')
}
