import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { parse } from 'csv-parse/sync'
import { expect, test } from './panel.ts'
import { chip, pageRow, rail, rowCount, searchPaths } from './screens.ts'

const ask = (app: Page) => app.getByRole('combobox', { name: 'Search or do anything' })
const selected = (app: Page) => app.getByRole('option', { selected: true })
const clipboard = (app: Page) => app.evaluate(() => navigator.clipboard.readText())

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('the palette does, opens and finds, and what arrives late is taken by Enter without moving the selection', async ({
  app,
}) => {
  await expect(pageRow(app, '/about')).not.toHaveCount(0)
  await app.keyboard.press('Control+k')
  await ask(app).pressSequentially('/lists/cherr')
  // At once, before anything was found: it is done when it has arrived.
  await app.keyboard.press('Enter')
  await expect(app.getByRole('complementary', { name: 'Page' }).getByText('/lists/cherry').first()).toBeVisible()

  await app.keyboard.press('Control+k')
  await expect(app.getByRole('option').first()).toContainText('/lists/cherry')
  await ask(app).fill('menu')
  await expect(app.getByRole('option', { name: /pb-menu:main-menu/ })).toBeVisible()
  await ask(app).fill('new purge')
  await expect(selected(app)).toHaveText(/^New purge…/)
  await app.keyboard.press('Enter')
  await expect(app.getByRole('dialog', { name: /purge/i })).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(app.getByRole('dialog')).toHaveCount(0)

  await app.keyboard.press('Control+k')
  await ask(app).fill('purge')
  await app.keyboard.press('ArrowDown')
  const before = (await selected(app).textContent()) ?? ''
  await expect(app.getByRole('status').filter({ hasText: /results?$/ })).toHaveCount(1)
  await expect(selected(app)).toHaveText(before)
  await ask(app).fill('https://www.example.com/menu')
  await expect(selected(app)).toHaveText(/^Why is https:\/\/www\.example\.com\/menu old\?/)
  await ask(app).fill('empty shell')
  await app.keyboard.press('Enter')
  await expect(app.getByRole('region', { name: 'An empty shell was stored' })).toBeVisible()
})

test('everything on the list of pages goes by keyboard, and ? shows how', async ({ app }) => {
  await expect(pageRow(app, '/about')).not.toHaveCount(0)
  await app.keyboard.press('?')
  const overview = app.getByRole('dialog', { name: 'Shortcuts' })
  await expect(overview.getByRole('region', { name: 'In a list' })).toContainText('Next row')
  await app.keyboard.press('Escape')
  await expect(overview).toHaveCount(0)

  await app.keyboard.press('/')
  await app.keyboard.type('/about')
  await expect(app).toHaveURL(/text=%2Fabout/)
  await expect(app.getByRole('textbox', { name: 'Search paths' })).toHaveValue('/about')
  await app.getByRole('grid', { name: 'Pages' }).focus()
  await app.keyboard.press('j')
  await app.keyboard.press('x')
  await app.keyboard.press('j')
  await app.keyboard.press('x')
  await expect(app.getByRole('toolbar', { name: 'Selected pages' })).toContainText('2 selected')
  await app.keyboard.press('c')
  await expect(app.getByRole('dialog')).toContainText('No purges are used')
  await app.keyboard.press('Escape')
  await expect(app.getByRole('dialog')).toHaveCount(0)
  await app.keyboard.press('g')
  await app.keyboard.press('t')
  await expect(app).toHaveURL(/\/tags/)
  await expect(app.getByRole('table', { name: 'Tags' }).getByRole('button', { name: 'pb-menu:main-menu' })).toBeVisible()
  await app.keyboard.press('j')
  await app.keyboard.press('j')
  await app.keyboard.press('Enter')
  await expect(app.getByRole('complementary', { name: 'Tag' })).toBeVisible()
  await app.keyboard.press('Escape')
  await app.keyboard.press('g')
  await app.keyboard.press('p')
  // The list comes back as it was left.
  await expect(app).toHaveURL(/text=%2Fabout/)
})

test('a view is saved, shown, renamed, shared by link, deleted and brought back', async ({ app }) => {
  await chip(app, 'Old copy').click()
  await app.getByRole('button', { name: 'Columns' }).click()
  const columns = app.getByRole('dialog', { name: 'Columns' })
  await columns.getByRole('checkbox', { name: 'Status' }).check()
  await columns.getByRole('checkbox', { name: 'Tags' }).uncheck()
  await columns.getByRole('button', { name: 'Status further to the left' }).click()
  await columns.getByRole('button', { name: 'Close' }).click()
  const headings = app.getByRole('columnheader')
  await expect(headings).toContainText([
    '',
    'Page',
    'Freshness',
    'Time left',
    'Served as',
    'Last checked',
    'Status',
    'First byte',
  ])

  await app.getByRole('button', { name: 'Views' }).click()
  await app.getByRole('menuitem', { name: 'Save as a new view…' }).click()
  await app.getByRole('textbox', { name: 'Name' }).fill('Old ones')
  await app.getByRole('button', { name: 'Save view' }).click()
  await rail(app, 'Tags').click()
  await app.goto(new URL('/pages', app.url()).href)
  await app.getByRole('button', { name: 'Views' }).click()
  await app.getByRole('menuitem', { name: 'Old ones' }).click()
  await expect(app).toHaveURL(/freshness=outdated.*columns=/)
  await expect(headings).toContainText([
    '',
    'Page',
    'Freshness',
    'Time left',
    'Served as',
    'Last checked',
    'Status',
    'First byte',
  ])

  const menu = app.getByRole('button', { name: 'Old ones' })
  await menu.click()
  await app.getByRole('menuitem', { name: 'Rename “Old ones”…' }).click()
  await app.getByRole('textbox', { name: 'Name' }).fill('Older ones')
  await app.getByRole('button', { name: 'Rename', exact: true }).click()
  await app.getByRole('button', { name: 'Older ones' }).click()
  await app.getByRole('menuitem', { name: 'Copy link to what is shown' }).click()
  await expect(app.getByText('Link to what is shown copied')).toBeVisible()
  const link = await clipboard(app)
  expect(link).toMatch(/^frostline:\/\/site\/lollies\.localhost/)

  await app.getByRole('button', { name: 'Older ones' }).click()
  await app.getByRole('menuitem', { name: 'Delete “Older ones”' }).click()
  await expect(app.getByRole('button', { name: 'Views' })).toBeVisible()
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(app.getByRole('button', { name: 'Older ones' })).toBeVisible()

  await app.goto(new URL('/home', app.url()).href)
  await expect(app.getByRole('heading', { name: 'Home' })).toBeVisible()
  await app.keyboard.press('Control+k')
  await ask(app).fill(link)
  await app.keyboard.press('Enter')
  await expect(app.getByRole('button', { name: 'Older ones' })).toBeVisible()
})

test('a list is a file of all its rows, and selected pages are a text', async ({ app }) => {
  await searchPaths(app, '/about')
  await expect(app).toHaveURL(/text=%2Fabout/)
  await expect.poll(() => rowCount(app)).toBeLessThan(30)
  const rows = await rowCount(app)
  const saved = app.waitForEvent('download')
  await app.getByRole('button', { name: 'Export' }).click()
  await app.getByRole('menuitem', { name: 'CSV' }).click()
  const download = await saved
  expect(download.suggestedFilename()).toMatch(/^frostline-pages-\d{4}-\d\d-\d\d\.csv$/)
  const table: Record<string, string>[] = parse(readFileSync(await download.path(), 'utf8'), { columns: true })
  expect(table).toHaveLength(rows)
  for (const row of table) {
    expect(row['url']).toMatch(/^http:\/\/\w+\.localhost:\d+\/about/)
    expect(row['last checked (UTC)']).toMatch(/^(\d{4}-\d\d-\d\dT[\d:.]+Z)?$/)
  }
  await expect(app.getByText(`${rows} rows`)).toBeVisible()

  await app.getByRole('checkbox', { name: 'Select all shown' }).check()
  const bar = app.getByRole('toolbar', { name: 'Selected pages' })
  await bar.getByRole('button', { name: 'Copy' }).click()
  await app.getByRole('menuitem', { name: 'curl commands' }).click()
  await expect(app.getByText(/^curl commands of \d+ pages copied$/)).toBeVisible()
  const commands = (await clipboard(app)).split('\n')
  expect(commands).toHaveLength(rows)
  expect(commands[0]).toMatch(/^curl .*'http:\/\/.*\/about.*'$/)
})

test('a copied link opens the page, whoever opens it; what is no link says so', async ({ app }) => {
  // Rows of a first start come one after the other and move those below them.
  await searchPaths(app, '/about')
  await expect.poll(() => rowCount(app)).toBeLessThan(30)
  await pageRow(app, '/about').first().click()
  await app.getByRole('complementary', { name: 'Page' }).getByRole('button', { name: 'Copy link' }).click()
  await expect(app.getByText('Link copied')).toBeVisible()
  const link = await clipboard(app)
  expect(link).toMatch(/^frostline:\/\/site\/\w+\.localhost%3A\d+\/page\?path=%2Fabout$/)
  const open = (text: string) => app.goto(new URL(`/link?to=${encodeURIComponent(text)}`, app.url()).href)
  await open(link)
  await expect(app.getByRole('complementary', { name: 'Page' }).getByRole('heading', { name: '/about' })).toBeVisible()
  await open(link.replace('%2Fabout', '%2Fnowhere'))
  await expect(app.getByText('/nowhere is not in the list of Lollies')).toBeVisible()
  await open('frostline://site/other.example/page?path=/')
  await expect(app.getByText('No site here has the host other.example')).toBeVisible()
  await open('javascript:alert(1)')
  await expect(app.getByText('This is no link of Frostline')).toBeVisible()
})

test('the looks are chosen and kept', async ({ app }) => {
  await app.getByRole('button', { name: 'Colours' }).click()
  await app.getByRole('menuitem', { name: 'Appearance…' }).click()
  const looks = app.getByRole('region', { name: 'Appearance' })
  await looks.getByText('Compact').click()
  await looks.getByText('Dark').click()
  await app.reload()
  await expect(looks).toBeVisible()
  await rail(app, 'Pages').click()
  await expect(pageRow(app, '/about').first()).toHaveCSS('height', '28px')
  await expect(app.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
})
