import type { Browser, BrowserContext, Locator, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { builtPanel, complaintsOf, launchChromium, NO_BROWSER } from '../support/built-panel.ts'
import { type FakeCore, startFakeCore } from '../support/fake-core.ts'
import { violationsOn } from '../support/axe.ts'

const PAGE = 'https://lollies.localhost/lists/cherry'

describe.skipIf(NO_BROWSER)('why is this old', () => {
  let folder: string
  let browser: Browser
  let context: BrowserContext
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
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      timezoneId: 'Europe/Berlin',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    page = await context.newPage()
    page.setDefaultTimeout(8_000)
    complaints = complaintsOf(page)
  })
  afterEach(async () => {
    await context.close()
    await core.close()
    expect(complaints).toEqual([])
  })

  const open = async () => {
    await page.goto(core.address)
    await page.getByRole('navigation').getByRole('link', { name: 'Why?' }).click()
    await address().waitFor()
  }
  const address = (): Locator => page.getByRole('textbox', { name: 'Address of the page' })
  const verdict = (): Locator => page.getByRole('article', { name: 'Verdict' })
  const heading = (): Locator => verdict().getByRole('heading', { level: 2 })
  const ask = async (url: string) => {
    await address().fill(url)
    await address().press('Enter')
  }
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  const barriers = async () => (await violationsOn(page)).map(({ id, nodes }) => `${id}: ${nodes.length}`)

  test('by keyboard alone: the price first, then one card, whose heading has the focus', async () => {
    await open()
    await expect.poll(() => address().evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.insertText(PAGE)
    await page.getByText('At most 24 requests to Lollies. No purges are used.').waitFor()
    expect(core.calls).not.toContain('diagnosis.why')
    await page.keyboard.press('Enter')
    await heading().waitFor()
    await expect.poll(focused).toMatch(/^The edge still gives the copy of deploy/)
    expect(core.state.asked).toEqual([{ url: PAGE, seenAtMs: null, customer: null }])
    expect(await verdict().innerText()).toMatch(/Old copy\s+Proven/)
    expect(
      await verdict()
        .getByRole('img', { name: /broken here/ })
        .count(),
    ).toBe(1)
    expect(await page.getByRole('main').innerText()).not.toContain('{{time')
    const others = page.getByRole('region', { name: 'Other causes' })
    await others.getByRole('button', { name: 'About “It is kept far longer than it stays true”' }).click()
    await others.getByRole('heading', { name: 'What one sees' }).waitFor()
    await page.getByRole('button', { name: 'The evidence: 2 answers, 1 gap' }).click()
    await page.getByRole('button', { name: '4 headers' }).click()
    await page.getByRole('row', { name: 'x-cache Hit from cloudfront' }).waitFor()
  })

  test.each(['light', 'dark'] as const)('nobody is kept from it, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme })
    await open()
    expect(await barriers()).toEqual([])
    await ask(PAGE)
    await heading().waitFor()
    await page.getByRole('button', { name: /^The evidence/ }).click()
    await page.getByRole('button', { name: 'Paste what the customer got' }).click()
    expect(await barriers()).toEqual([])
    await ask(' ')
    await page.getByText('Paste the address of a page, such as').waitFor()
    expect(await barriers()).toEqual([])
  })

  test('a question can be linked; back and forward show its answer without asking again', async () => {
    await open()
    await ask(PAGE)
    await heading().waitFor()
    await ask('https://other.example/')
    await page.getByText('This address belongs to no registered site.').waitFor()
    await page.goBack()
    await verdict().getByRole('link', { name: PAGE }).waitFor()
    expect(await address().inputValue()).toBe(PAGE)
    await page.goForward()
    await verdict().getByRole('link', { name: 'https://other.example/' }).waitFor()
    expect(core.state.asked).toHaveLength(2)
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Why?' }).click()
    await page.getByRole('navigation', { name: 'Asked before' }).getByRole('link', { name: PAGE }).click()
    await verdict().getByRole('link', { name: PAGE }).waitFor()
    expect(core.state.asked).toHaveLength(2)
    await page.reload()
    await heading().waitFor()
    expect(core.state.asked.map(({ url }) => url)).toEqual([PAGE, 'https://other.example/', PAGE])
  })

  test('while it is asked the answer before stays, out of reach, and the question can be given up', async () => {
    await open()
    await ask(PAGE)
    await heading().waitFor()
    const answered = Promise.withResolvers<void>()
    core.state.answers = answered.promise
    await ask('https://other.example/')
    await page.getByText(/^Asking the edge, other ways to ask/).waitFor()
    expect(await verdict().locator('..').getAttribute('inert')).not.toBeNull()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByText('Stopped before there was an answer.').waitFor()
    answered.resolve()
    await expect.poll(() => core.state.aborted).toEqual(['https://other.example/'])
    await page.getByRole('button', { name: 'Ask again' }).first().click()
    await page.getByText('This address belongs to no registered site.').waitFor()
  })

  test('a past instant is read in the zone of the reader, which is named', async () => {
    await open()
    await page.getByText('Europe/Berlin').waitFor()
    await address().fill(PAGE)
    await page.getByLabel('At what time did they see it?').fill('2026-01-15T10:30')
    await page.getByText('Nobody is asked.').waitFor()
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await verdict().getByText('As it stood at').waitFor()
    expect(core.state.asked[0]?.seenAtMs).toBe(Date.UTC(2026, 0, 15, 9, 30))
    expect(new URL(page.url()).searchParams.get('at')).toBe('2026-01-15T09:30:00.000Z')
    await page.getByRole('button', { name: 'Ask about now' }).click()
    await verdict().getByText('As it stood at').waitFor({ state: 'detached' })
    expect(core.state.asked[1]?.seenAtMs).toBeNull()
  })

  test('of what the customer got only this page leaves the window, without cookies', async () => {
    await open()
    const entry = (url: string) => ({
      request: { url, headers: [{ name: 'cookie', value: 'sid=s3cret' }] },
      response: {
        status: 200,
        headers: [
          { name: 'set-cookie', value: 'sid=s3cret' },
          { name: 'age', value: '9' },
        ],
      },
    })
    const har = JSON.stringify({ log: { entries: [entry(PAGE), entry('https://lollies.localhost/other')] } })
    await page.getByRole('button', { name: 'Paste what the customer got' }).click()
    await page
      .getByLabel('HAR file', { exact: true })
      .setInputFiles({ name: 'visit.har', mimeType: 'application/json', buffer: Buffer.from(har) })
    await expect.poll(() => page.getByLabel('Response headers or a HAR file').inputValue()).toBe(har)
    await ask(PAGE)
    await page.getByText('Their copy came from FRA56.').waitFor()
    const sent = core.state.asked[0]?.customer?.text ?? ''
    expect(sent).toContain('"age"')
    expect(sent).not.toContain('s3cret')
    expect(sent).not.toContain('/other')
    expect(page.url()).not.toContain('age')
  })

  test('what is wrong is said at its field, by the panel and by the core', async () => {
    await open()
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    await page.getByText('Paste the address of a page, such as').waitFor()
    expect(core.calls).not.toContain('diagnosis.why')
    core.state.refuse = {
      call: 'diagnosis.why',
      message: 'No response headers were found in it.',
      fix: 'Paste the headers.',
      field: 'customer.text',
      retryable: false,
    }
    await page.getByRole('button', { name: 'Paste what the customer got' }).click()
    await page.getByLabel('Response headers or a HAR file').fill('hello')
    await ask(PAGE)
    await page
      .getByRole('group', { name: 'What the customer got' })
      .getByText('No response headers were found in it. Paste the headers.')
      .waitFor()
    expect(await page.getByLabel('Response headers or a HAR file').inputValue()).toBe('hello')
  })

  test('a remedy opens a plan and sends nothing', async () => {
    await open()
    await ask(PAGE)
    await verdict()
      .getByRole('button', { name: /^Purge this page 1 item/ })
      .click()
    await page.waitForURL(/\/purges\/\w+/)
    expect(core.calls).toContain('plans.create')
    expect(core.calls).not.toContain('plans.start')
  })

  test('a rebuild opens a plan that builds first, and starts nothing', async () => {
    await open()
    await ask(PAGE)
    await verdict()
      .getByRole('button', { name: /^Rebuild about 70 s/ })
      .click()
    await page.waitForURL(/\/purges\/\w+/)
    expect(core.calls).toContain('plans.revise')
    expect(core.calls).not.toContain('buildQueue.request')
    expect(core.calls).not.toContain('plans.start')
  })

  test('a refresh at the renderer asks again when it has ended; a refusal is said beside it', async () => {
    await open()
    await ask(PAGE)
    const refresh = verdict().getByRole('button', { name: /^Refresh this page at the renderer 1 render/ })
    core.state.refuse = { call: 'pages.refresh', message: 'The renderer is busy.', fix: 'Wait a minute.', retryable: true }
    await refresh.click()
    await verdict().getByRole('alert').filter({ hasText: 'The renderer is busy.' }).waitFor()
    expect(core.state.asked).toHaveLength(1)
    await refresh.click()
    await expect.poll(() => core.state.asked.length).toBe(2)
  })

  test('support begins here, may copy everything, and is offered no remedy', async () => {
    core.state.role = 'support'
    await page.goto(core.address)
    await page.waitForURL(/\/why$/)
    await ask(PAGE)
    await heading().waitFor()
    const todo = verdict().getByRole('region', { name: 'What to do' })
    await expect.poll(() => todo.getByRole('button').allInnerTexts()).toEqual(['Ask again'])
    await todo.getByText('An operator or the owner can mend it').waitFor()
    await verdict().getByRole('button', { name: 'Copy for customer' }).click()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toMatch(/^You saw an earlier copy\. It was replaced at \w+ \d+, \d{4}.*GMT\+\d\. Please reload once;/)
  })

  test('the palette takes a pasted address as the question, and a page has it as a button', async () => {
    await page.goto(core.address)
    await page.getByRole('button', { name: 'Search or do anything' }).click()
    await page.getByPlaceholder('Search or do anything…').fill(PAGE)
    await page.getByRole('option', { name: `Why is ${PAGE} old?` }).waitFor()
    await page.keyboard.press('Enter')
    await heading().waitFor()
    await verdict().getByRole('link', { name: 'Open the page' }).click()
    await page.getByRole('main').getByRole('link', { name: 'Why?' }).click()
    await heading().waitFor()
    expect(new URL(page.url()).searchParams.get('url')).toMatch(/^http/)
  })
})
