import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CheckSettings } from '#shared/inspection-runs.ts'
import type { Selection } from '#shared/pages.ts'
import { LOOKS, NO_BROWSER, openedPanel } from '../support/built-panel.ts'
import { startCheckedDemo, type CheckedDemo } from '../support/checked-demo.ts'
import { startTestCore } from '../support/core-client.ts'

const OLD: Selection = { kind: 'filter', filter: { freshness: ['outdated'] }, exceptPageIds: [] }
const USUAL: CheckSettings = { parallel: 8, perSecond: null, rendersAtMost: 1_000, schedule: { kind: 'off' } }
const PASSED = /shows? the new version from here \(FRA56\)/

describe.skipIf(NO_BROWSER)('the screens', () => {
  let demo: CheckedDemo
  const on = openedPanel(async () => {
    demo = await startCheckedDemo()
    return demo.core
  })
  afterAll(() => demo?.close())

  /** Whoever signs in begins somewhere; these tests begin on Pages. */
  const signIn = async (role?: 'support') => {
    await on.signIn(role)
    await on.page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click()
  }
  const grid = () => on.page.getByRole('grid', { name: 'Pages' })
  const rows = async () => Number(await grid().getAttribute('aria-rowcount')) - 1
  const chip = (name: RegExp) => on.page.getByRole('group', { name: 'Freshness' }).getByRole('button', { name })
  const draft = async () => (await demo.core.client.plans.create({ siteId: demo.siteId, selection: OLD })).id
  const start = (name = 'Start') => on.page.getByRole('button', { name, exact: true })
  const passed = () => on.page.getByRole('status').filter({ hasText: PASSED }).waitFor()

  describe('of a site', () => {
    /** Each address with what only its screen shows once it is there. */
    let places: readonly (readonly [path: string, role: 'heading' | 'grid' | 'complementary' | 'link', name: string])[]
    beforeAll(async () => {
      const { client } = demo.core
      const { siteId } = demo
      const [plan, ended, { rows: all }, builds] = await Promise.all([
        draft(),
        draft(),
        client.pages.list({ siteId }),
        client.builds.list({ siteId }),
      ])
      await client.plans.cancel({ planId: ended })
      const address = (url: string, more = '') => `/why?url=${encodeURIComponent(url)}${more}`
      const cherry = new URL('/lists/cherry', demo.stack.site.zones[0]?.url).href
      places = [
        ['/home', 'heading', 'Home'],
        ['/pages', 'grid', 'Pages'],
        [`/pages?page=${all[0]?.id}`, 'complementary', 'Page'],
        ['/tags', 'heading', 'Tags'],
        ['/purges', 'heading', 'Purges'],
        [`/purges/${plan}`, 'heading', 'Purge'],
        ['/budget', 'heading', 'Budget'],
        [`/purges/${ended}`, 'heading', 'Purge'],
        ['/builds', 'heading', 'Builds'],
        [`/builds?build=${builds[0]?.id}`, 'complementary', 'Build'],
        ['/why', 'heading', 'What may be pasted'],
        [address(cherry), 'link', cherry],
        [address('http://127.0.0.1:1/nothing', '&at=2026-11-20T10:00:00.000Z'), 'link', 'http://127.0.0.1:1/nothing'],
        ['/activity', 'heading', 'Activity'],
        ['/sites', 'heading', 'Sites'],
        ['/sites/new', 'heading', 'Add site'],
        [`/sites/${siteId}`, 'heading', 'Settings of Lollies'],
        ['/credentials', 'heading', 'Credentials'],
      ]
    })

    test.each(LOOKS)(
      'all open without a complaint of the browser, $colorScheme at $width',
      async ({ width, height, colorScheme }) => {
        await on.page.setViewportSize({ width, height })
        await on.page.emulateMedia({ colorScheme })
        await signIn()
        for (const [path, role, name] of places) {
          await on.go(path)
          const main = on.page.getByRole('main')
          await on.page.getByRole(role, { name, exact: true }).first().waitFor()
          await main.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'hidden' })
          expect(await main.innerText()).not.toContain('This screen has failed')
          const wider = await on.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
          expect(wider, `${path} is wider than the window`).toBe(0)
          await on.shot(`${path.slice(1).replace(/\W+/g, '-')}-${colorScheme}-${width}`)
        }
      },
    )
  })

  test('the address keeps no token, and a window without a secret says how to sign in', async () => {
    await signIn()
    expect(on.page.url()).not.toContain('token')
    const stranger = await on.browser.newPage()
    await stranger.goto(new URL('/pages', on.page.url()).href)
    await stranger.getByText('An address works once, and for 60 seconds').waitFor()
    await stranger.close()
  })

  test('rows are found, opened and selected by keyboard', async () => {
    await signIn()
    await expect.poll(rows).toBe(450)
    await grid().focus()
    for (const key of ['ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown']) await on.page.keyboard.press(key)
    await on.page.getByText('3 selected').waitFor()
    await on.page.keyboard.press('Enter')
    await on.page.getByRole('complementary', { name: 'Page' }).waitFor()
    expect(on.page.url()).toMatch(/[?&]page=\d+/)
    await on.page.getByRole('button', { name: 'Select all 450 matching' }).click()
    await on.page.getByRole('button', { name: 'Check 450' }).click()
    await on.page
      .getByRole('dialog')
      .getByText(/^450 pages, at most [\d,]+ requests\. No purges are used\./)
      .waitFor()
  })

  test('a chip filters, and the address keeps it across a reload', async () => {
    await signIn()
    const fresh = Number((await chip(/^Up to date.*\d$/).innerText()).replace(/\D/g, ''))
    expect(fresh).toBeLessThan(450)
    await chip(/^Up to date/).click()
    await expect.poll(rows).toBe(fresh)
    expect(on.page.url()).toContain('freshness=fresh')
    await on.page.reload()
    await expect.poll(rows).toBe(fresh)
  })

  test('two filters that are typed in one moment both count', async () => {
    await signIn()
    await on.page.getByRole('textbox', { name: 'Search paths' }).fill('/lists')
    await on.page.waitForURL(/text=%2Flists/)
    await on.page.evaluate(() => {
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
    await on.page.waitForURL(/tag=pb-menu/)
    expect(on.page.url()).not.toContain('text=')
  })

  describe('at a pace', () => {
    beforeAll(() => demo.core.client.inspection.saveSettings({ siteId: demo.siteId, settings: { ...USUAL, perSecond: 10 } }))
    afterAll(() => demo.core.client.inspection.saveSettings({ siteId: demo.siteId, settings: USUAL }))

    test('a check shows what it costs, runs in sight, and can be cancelled', async () => {
      await signIn()
      await on.page.getByRole('button', { name: 'Check all 450' }).click()
      await on.page.getByRole('dialog').getByRole('button', { name: 'Check 450 pages' }).click()
      const strip = on.page.getByRole('group', { name: 'Check all 450 pages' })
      await strip.getByText(/\d+ checked/).waitFor()
      await on.page.getByRole('button', { name: '1 job', exact: true }).waitFor()
      await strip.getByRole('button', { name: 'Cancel' }).click()
      await strip.waitFor({ state: 'detached' })
    })
  })

  test('support sees everything and is offered no act', async () => {
    await signIn('support')
    await grid().waitFor()
    for (const name of [/New purge/, /Check all/, /Mark as changed/])
      expect(await on.page.getByRole('button', { name }).count()).toBe(0)
    await on.go(`/purges/${await draft()}`)
    await on.page
      .getByRole('heading', { name: /3 pages/ })
      .first()
      .waitFor()
    expect(await start().count()).toBe(0)
  })

  test('owners begin on Home, and support finds no act there', async () => {
    const state = () => on.page.getByRole('status', { name: 'What visitors get' })
    await on.signIn()
    await state().filter({ hasText: '3 of 450 pages' }).waitFor()
    expect(new URL(on.page.url()).pathname).toBe('/home')
    await on.page.getByRole('button', { name: /^Purge 3 old copies 3 of (at most )?1,000 free purges/ }).waitFor()
    await on.signIn('support')
    await on.page.waitForURL(/\/why$/)
    await on.go('/home')
    await state().waitFor()
    expect(await on.page.getByRole('group', { name: 'What you can do' }).getByRole('button').count()).toBe(0)
    await on.go('/budget')
    await on.page.getByRole('region', { name: 'Settings' }).getByText('no limit').waitFor()
    expect(await on.page.getByRole('button', { name: 'Save' }).count()).toBe(0)
  })

  test('a plan over the limit is asked about twice, offered again after a refusal that can pass, and ends in place', async () => {
    const { client } = demo.core
    const budget = await client.budget.get({ siteId: demo.siteId })
    await client.budget.save({ ...budget, siteId: demo.siteId, softLimit: 1 })
    await signIn()
    await on.go(`/purges/${await draft()}`)
    await on.page.getByText(/^This passes the limit of 1 item: with it the month has 3\./).waitFor()
    await start('Start…').click()
    expect(on.panel.times('plans.start')).toBe(0)
    on.panel.refuse({ call: 'plans.start', message: 'The edge takes no more.', fix: 'Wait a minute.', retryable: true })
    await start('Start and pass the limit').click()
    await on.page
      .getByRole('alert')
      .filter({ hasText: 'The edge takes no more.' })
      .getByRole('button', { name: 'Try again' })
      .click()
    await passed()
    expect(on.panel.times('plans.start')).toBe(2)
  })

  test('a site that is refused keeps what was typed and leads to where it was entered', async () => {
    await signIn()
    await on.go('/sites/new')
    await on.page.getByLabel('Address', { exact: true }).fill('http://127.0.0.1:9')
    await on.page.getByRole('button', { name: 'Look', exact: true }).click()
    await on.page.getByRole('button', { name: 'It is mine: look' }).click()
    await on.page.getByRole('button', { name: 'Go on without an answer' }).click()
    await on.page.getByRole('textbox', { name: 'Name' }).fill('Shop')
    await on.page.getByRole('combobox', { name: 'Edge' }).click()
    await on.page.getByRole('option', { name: 'Varnish', exact: true }).click()
    const next = async () => on.page.getByRole('button', { name: 'Continue' }).click()
    await next()
    await on.page.getByLabel('Varnish addresses').fill('http://127.0.0.1:9')
    await on.page.getByLabel('Secret', { exact: true }).fill('planted')
    await next()
    on.panel.refuse({ call: 'sites.add', message: 'Another site is behind it.', fix: 'Enter another.', field: 'edge.addresses' })
    await on.page.getByRole('button', { name: 'Add now' }).click()
    await on.page.getByText('Another site is behind it.').waitFor()
    await on.page.getByRole('button', { name: 'Go to where it was entered' }).click()
    expect(await on.page.getByLabel('Varnish addresses').inputValue()).toBe('http://127.0.0.1:9')
    await on.page.getByRole('button', { name: 'What answers' }).click()
    expect(await on.page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Shop')
  })

  test('without a site the panel offers to add one', async () => {
    const empty = await startTestCore()
    await on.openOn(empty)
    await on.page.getByRole('link', { name: 'Add your own site' }).waitFor()
    await empty.close()
  })

  test('a broken line is said, mended by itself, and everything is asked again', async () => {
    await signIn()
    await grid().waitFor()
    on.panel.calls.length = 0
    on.panel.drop()
    await on.page.getByText('Connection to Frostline lost. Trying again…').waitFor()
    await on.page.getByText('Connection to Frostline lost').waitFor({ state: 'detached' })
    await expect
      .poll(() => on.panel.calls.map(({ name }) => name))
      .toEqual(expect.arrayContaining(['pages.list', 'pages.counts', 'activity.changes']))
  })
})
