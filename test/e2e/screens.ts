import { expect, type Locator, type Page } from '@playwright/test'

/** What a person finds on the screens, by role and name; specs hold no selectors of their own. */
export const rail = (page: Page, name: string): Locator => page.getByRole('navigation').getByRole('link', { name })

export const chip = (page: Page, words: string): Locator =>
  page.getByRole('group', { name: 'Freshness' }).getByRole('button', { name: words })

/** The count that stands on a chip; counts come after the rows. */
export async function chipCount(page: Page, words: string): Promise<number> {
  const counted = chip(page, words).filter({ hasText: /\d$/ })
  return Number((await counted.innerText()).replace(/\D/g, ''))
}

/** A row of the table of pages, by its path and, of two zones with the same path, its host. */
export const pageRow = (page: Page, path: string, host = ''): Locator =>
  page.getByRole('row', { name: new RegExp(`^${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')} ${host}`) })

export async function searchPaths(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Search paths' }).fill(text)
}

export async function showTag(page: Page, tag: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Tag' }).fill(tag)
}

/** Opens a tag on the Tags screen; the panel beside the table. */
export async function openTag(page: Page, tag: string): Promise<Locator> {
  await rail(page, 'Tags').click()
  await page.getByRole('textbox', { name: 'Search tags' }).fill(tag)
  await page.getByRole('table', { name: 'Tags' }).getByRole('button', { name: tag, exact: true }).click()
  return page.getByRole('complementary', { name: 'Tag' })
}

/** How many rows the table has in all, loaded or not. */
export async function rowCount(page: Page): Promise<number> {
  const rows = await page.getByRole('grid').getAttribute('aria-rowcount')
  return Number(rows) - 1
}

/** Checks all pages that the table shows, after reading what it costs. `pages`: how many it has to be. */
export async function checkShown(page: Page, pages?: number): Promise<string> {
  await page.getByRole('button', { name: new RegExp(`^Check (all )?${pages ?? '[\\d,]+'}$`) }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('No purges are used')
  const cost = await dialog.innerText()
  await dialog.getByRole('button', { name: /^Check/ }).click()
  await expect(dialog).toBeHidden()
  return cost
}

/** Opens the demo's controls as its own page, by the link in the panel. */
export async function openControls(page: Page): Promise<Page> {
  const [controls] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Demo controls' }).click(),
  ])
  await controls.waitForLoadState()
  return controls
}

interface AddedSite {
  readonly address: string
  readonly name: string
  /** As it is called in the list of edges. */
  readonly edge: string
  /** Nothing answers there. */
  readonly unseen?: boolean
}

/** Begins to add a site of this machine; the step that asks for access. */
export async function beginAdding(page: Page, { address, name, edge, unseen = false }: AddedSite): Promise<Locator> {
  const step = (title: string) => page.getByRole('form', { name: title })
  await rail(page, 'Sites').click()
  await page.getByRole('button', { name: 'Add site' }).first().click()
  await page.getByLabel('Address', { exact: true }).fill(address)
  await page.getByRole('button', { name: 'Look', exact: true }).click()
  await page.getByRole('button', { name: 'It is mine: look' }).click()
  if (unseen) await page.getByRole('button', { name: 'Go on without an answer' }).click()
  await step('What answers').getByLabel('Name').fill(name)
  await step('What answers').getByRole('combobox', { name: 'Edge' }).click()
  await page.getByRole('option', { name: edge, exact: true }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  return step('Access')
}

export const OPTIONAL_PARTS = 'Builds, origin, bucket and renderer (optional)'

/** Adds the site with what was entered; its pages come from its sitemaps. `before`: at the last step. */
export async function addWithSitemaps(page: Page, before = async (): Promise<void> => {}): Promise<void> {
  const next = async () => page.getByRole('button', { name: 'Continue' }).click()
  await next()
  await page.getByRole('form', { name: /^(Distribution and zones|Zones)$/ }).waitFor()
  await next()
  await page.getByRole('radio', { name: 'The sitemaps' }).check()
  await next()
  await before()
  await page.getByRole('button', { name: 'Add site and check' }).click()
  await page.getByRole('heading', { name: 'Pages' }).waitFor()
}
