import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { builtPanel, complaintsOf, launchChromium, NO_BROWSER } from '../support/built-panel.ts'
import { type FakeCore, startFakeCore } from '../support/fake-core.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
/** Each screen with what only it shows once it is there. */
const SCREENS = [
  ['/home', 'heading', 'Home'],
  ['/pages', 'grid', 'Pages'],
  ['/pages?page=2', 'complementary', 'Page'],
  ['/tags', 'heading', 'Tags'],
  ['/purges', 'heading', 'Purges'],
  ['/purges/p1', 'heading', 'Purge'],
  ['/budget', 'heading', 'Budget'],
  ['/purges/p2', 'heading', 'Purge'],
  ['/builds', 'heading', 'Builds'],
  ['/builds?build=b2', 'complementary', 'Build'],
  ['/why', 'heading', 'What may be pasted'],
  [`/why?url=${encodeURIComponent('https://lollies.localhost/lists/cherry')}`, 'link', 'https://lollies.localhost/lists/cherry'],
  [`/why?url=${encodeURIComponent('https://other.example/')}&at=2026-11-20T10:00:00.000Z`, 'link', 'https://other.example/'],
  ['/activity', 'heading', 'Activity'],
  ['/sites', 'heading', 'Sites'],
  ['/sites/new', 'heading', 'Add site'],
  ['/sites/s1', 'heading', 'Settings of Lollies'],
  ['/credentials', 'heading', 'Credentials'],
] as const
/** Set it to look at the screens; otherwise they are only opened. */
const SHOTS = process.env['FROSTLINE_SHOTS']

describe.skipIf(NO_BROWSER)('the screens', () => {
  let folder: string
  let browser: Browser
  let core: FakeCore
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    folder = await builtPanel()
    browser = await launchChromium()
  }, 120_000)
  afterAll(() => browser?.close())
  beforeEach(async () => {
    core = await startFakeCore(folder)
    page = await browser.newPage({ viewport: SIZES[0] })
    complaints = complaintsOf(page)
  })
  afterEach(async () => {
    await page.close()
    await core.close()
  })

  const open = async (path: string) => {
    await page.evaluate((to) => {
      history.pushState(null, '', to)
      dispatchEvent(new PopStateEvent('popstate'))
    }, path)
  }
  const signIn = async () => {
    await page.goto(core.address)
    // Whoever signs in begins somewhere; these tests begin on Pages.
    await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click()
  }
  const grid = () => page.getByRole('grid', { name: 'Pages' })

  test.each(['light', 'dark'] as const)(
    'all open without a complaint of the browser and fit both windows, %s',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme })
      await signIn()
      for (const [path, role, name] of SCREENS) {
        await open(path)
        const main = page.getByRole('main')
        await page.getByRole(role, { name, exact: true }).first().waitFor()
        await main.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'hidden' })
        expect(await main.innerText()).not.toContain('This screen has failed')
        for (const size of SIZES) {
          await page.setViewportSize(size)
          const wider = await page.evaluate(async () => {
            await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
            return document.documentElement.scrollWidth - innerWidth
          })
          expect(wider, `${path} is wider than a window of ${size.width} pixels`).toBe(0)
          if (SHOTS) {
            mkdirSync(SHOTS, { recursive: true })
            const file = `${path.slice(1).replace(/\W+/g, '-')}-${colorScheme}-${size.width}.png`
            await page.screenshot({ path: join(SHOTS, file) })
          }
        }
      }
      expect(complaints).toEqual([])
    },
    120_000,
  )

  test('the address keeps no token, and a window without a secret says how to sign in', async () => {
    await signIn()
    expect(page.url()).not.toContain('token')
    const stranger = await browser.newPage()
    await stranger.goto(new URL('/pages', core.address).href)
    await stranger.getByText('An address works once, and for 60 seconds').waitFor()
    await stranger.close()
  })

  test('rows are found, opened and selected by keyboard', async () => {
    await signIn()
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe('401')
    await grid().focus()
    for (const key of ['ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key)
    await page.getByText('3 selected').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: 'Page' }).waitFor()
    expect(page.url()).toMatch(/[?&]page=\d+/)
    await page.getByRole('button', { name: 'Select all 400 matching' }).click()
    await page.getByRole('button', { name: 'Check 400' }).click()
    await page.getByRole('dialog').getByText('400 pages are asked for at the edge').waitFor()
  })

  test('a chip filters, and the address keeps it across a reload', async () => {
    await signIn()
    await page
      .getByRole('group', { name: 'Freshness' })
      .getByRole('button', { name: /^Old copy/ })
      .click()
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe('38')
    expect(page.url()).toContain('freshness=outdated')
    await page.reload()
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe('38')
  })

  test('two filters that are typed in one moment both count', async () => {
    await signIn()
    await page.getByRole('textbox', { name: 'Search paths' }).fill('/lists')
    await page.waitForURL(/text=%2Flists/)
    await page.evaluate(() => {
      const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      for (const [label, text] of [
        ['Search paths', ''],
        ['Tag', 'pb-menu:main-menu'],
      ]) {
        const field = document.querySelector(`input[aria-label="${label}"]`)
        set?.call(field, text)
        field?.dispatchEvent(new Event('input', { bubbles: true }))
      }
    })
    await page.waitForURL(/tag=pb-menu/)
    expect(page.url()).not.toContain('text=')
  })

  test('a check shows what it costs, runs in sight, and can be cancelled', async () => {
    await signIn()
    await page.getByRole('button', { name: 'Check all 400' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Check 400 pages' }).click()
    const strip = page.getByRole('group', { name: 'Check 400 pages' })
    await strip.getByText('187 checked, 12 stored by this check').waitFor()
    await page.getByRole('button', { name: '1 job', exact: true }).waitFor()
    await strip.getByRole('button', { name: 'Cancel' }).click()
    await strip.waitFor({ state: 'detached' })
  })

  test('a plan says why it cannot start, then runs to its result in place', async () => {
    await signIn()
    await open('/purges/p1')
    await page.getByRole('switch', { name: 'Build first' }).click({ force: true })
    await page.getByText('Nothing can be purged yet. Build first.').waitFor()
    expect(await page.getByRole('button', { name: 'Start' }).isDisabled()).toBe(true)
    await page.getByRole('switch', { name: 'Build first' }).click({ force: true })
    await page.getByRole('button', { name: 'Start' }).click()
    await page.getByRole('status').filter({ hasText: '41 of 41 show the new version from here (FRA56)' }).waitFor()
  })

  test('a refusal that can pass is offered again', async () => {
    await signIn()
    await open('/purges/p1')
    core.state.refuse = {
      call: 'plans.start',
      message: 'The edge takes no more purges just now.',
      fix: 'Wait a minute.',
      retryable: true,
    }
    await page.getByRole('button', { name: 'Start' }).click()
    const toast = page.getByRole('alert').filter({ hasText: 'The edge takes no more purges just now.' })
    await toast.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('status').filter({ hasText: '41 of 41' }).waitFor()
    expect(core.calls.filter((call) => call === 'plans.start')).toHaveLength(2)
  })

  test('a refused site keeps what was typed and says it at the field', async () => {
    await signIn()
    await open('/sites/new')
    await page.getByLabel('Address', { exact: true }).fill('shop.example')
    await page.getByRole('button', { name: 'Look', exact: true }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Shop')
    const next = async () => page.getByRole('button', { name: 'Continue' }).click()
    await next()
    await next()
    await page.getByRole('textbox', { name: 'Or its id' }).fill('E2QWRUHAPOMQZL')
    core.state.refuse = {
      call: 'sites.add',
      message: 'There is no such distribution.',
      fix: 'Look for its id in the console.',
      field: 'edge.distributionId',
      retryable: false,
    }
    await page.getByRole('button', { name: 'Add now' }).click()
    await page.getByText('There is no such distribution.').waitFor()
    await page.getByRole('button', { name: 'Go to where it was entered' }).click()
    expect(await page.getByRole('textbox', { name: 'Or its id' }).inputValue()).toBe('E2QWRUHAPOMQZL')
    await page.getByRole('button', { name: 'What answers' }).click()
    expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Shop')
  })

  test('support sees everything and is offered no act', async () => {
    core.state.role = 'support'
    await signIn()
    await grid().waitFor()
    for (const name of [/New purge/, /Check all/, /Mark as changed/])
      expect(await page.getByRole('button', { name }).count()).toBe(0)
    await open('/purges/p1')
    await page.getByRole('heading', { name: /41 old copies/ }).waitFor()
    expect(await page.getByRole('button', { name: 'Start' }).count()).toBe(0)
  })

  test('owners begin on Home, and support finds no act there', async () => {
    await page.goto(core.address)
    await page.getByRole('status', { name: 'What visitors get' }).filter({ hasText: '37 of 400 pages' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/home')
    await page.getByRole('button', { name: /^Purge 37 old copies 1 of at most 997 free purges/ }).waitFor()
    core.state.role = 'support'
    await page.reload()
    await page.getByRole('status', { name: 'What visitors get' }).waitFor()
    expect(await page.getByRole('group', { name: 'What you can do' }).getByRole('button').count()).toBe(0)
    await open('/budget')
    await page.getByRole('region', { name: 'Settings' }).getByText('no limit').waitFor()
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
  })

  test('a plan that passes the limit is asked about twice', async () => {
    core.state.budget = { ...core.state.budget, softLimit: 3 }
    await signIn()
    await open('/purges/p1')
    await page.getByText('This passes your limit of 3 items: with it the month has up to 4.').waitFor()
    await page.getByRole('button', { name: 'Start…' }).click()
    expect(core.calls).not.toContain('plans.start')
    await page.getByRole('button', { name: 'Start and pass the limit' }).click()
    await page.getByRole('status').filter({ hasText: '41 of 41' }).waitFor()
  })

  test('without a site the panel offers to add one', async () => {
    core.state.hasSite = false
    await signIn()
    await page.getByRole('link', { name: 'Add your own site' }).waitFor()
    expect(complaints).toEqual([])
  })

  test('a broken line is said, mended by itself, and everything is asked again', async () => {
    await signIn()
    await grid().waitFor()
    const before = core.calls.length
    core.drop()
    await page.getByText('Connection to Frostline lost. Trying again…').waitFor()
    await page.getByText('Connection to Frostline lost').waitFor({ state: 'detached' })
    await expect
      .poll(() => core.calls.slice(before))
      .toEqual(expect.arrayContaining(['pages.list', 'pages.counts', 'activity.changes']))
  })
})
