import type { Locator } from 'playwright'
import { afterAll, describe, expect, test } from 'vitest'
import { violationsOn } from '../support/axe.ts'
import { NO_BROWSER, openedPanel } from '../support/built-panel.ts'
import { startCheckedDemo, type CheckedDemo } from '../support/checked-demo.ts'

/** Of no registered site, and not asked: it is inside a private network. */
const OTHER = 'http://127.0.0.1:1/nothing'

describe.skipIf(NO_BROWSER)('why is this old', () => {
  let demo: CheckedDemo
  const on = openedPanel(
    async () => {
      demo = await startCheckedDemo()
      return demo.core
    },
    { timezoneId: 'Europe/Berlin', permissions: ['clipboard-read', 'clipboard-write'] },
  )
  afterAll(() => demo?.close())

  const open = async () => {
    await on.signIn()
    await on.page.getByRole('navigation').getByRole('link', { name: 'Why?' }).click()
    await address().waitFor()
  }
  const urlOf = (path: string) => new URL(path, demo.stack.site.zones[0]?.url).href
  const old = () => urlOf('/lists/cherry')
  /** What `diagnosis.why` was asked. */
  const asked = () => on.panel.calls.filter(({ name }) => name === 'diagnosis.why').map(({ input }) => input)
  const address = (): Locator => on.page.getByRole('textbox', { name: 'Address of the page' })
  const verdict = (): Locator => on.page.getByRole('article', { name: 'Verdict' })
  const heading = (): Locator => verdict().getByRole('heading', { level: 2 })
  const ask = async (url: string) => {
    await address().fill(url)
    await address().press('Enter')
  }
  const focused = () => on.page.evaluate(() => document.activeElement?.textContent ?? '')
  const barriers = async () => (await violationsOn(on.page)).map(({ id, nodes }) => `${id}: ${nodes.length}`)

  test('by keyboard alone: the price first, then one card, whose heading has the focus', async () => {
    await open()
    await expect.poll(() => address().evaluate((field) => field === document.activeElement)).toBe(true)
    await on.page.keyboard.insertText(old())
    await on.page.getByText(/^At most 24 requests to Lollies/).waitFor()
    expect(asked()).toEqual([])
    await on.page.keyboard.press('Enter')
    await heading().waitFor()
    await expect.poll(focused).toMatch(/^The edge still gives the page of the deploy/)
    expect(asked()).toEqual([{ url: old(), seenAtMs: null, customer: null }])
    expect(await verdict().innerText()).toMatch(/Old copy\s+Proven/)
    expect(
      await verdict()
        .getByRole('img', { name: /broken here/ })
        .count(),
    ).toBe(1)
    expect(await on.page.getByRole('main').innerText()).not.toContain('{{time')
    await on.page.getByRole('button', { name: 'About “The copy is from an earlier deploy”' }).click()
    await on.page.getByRole('heading', { name: 'What one sees' }).waitFor()
    await on.page.getByRole('button', { name: /^The evidence/ }).click()
    await on.page
      .getByRole('button', { name: /headers$/ })
      .first()
      .click()
    await on.page
      .getByRole('row', { name: /^x-cache/ })
      .first()
      .waitFor()
  })

  test.each(['light', 'dark'] as const)('nobody is kept from it, %s', async (colorScheme) => {
    await on.page.emulateMedia({ colorScheme })
    await open()
    expect(await barriers()).toEqual([])
    await ask(old())
    await heading().waitFor()
    await on.page.getByRole('button', { name: /^The evidence/ }).click()
    await on.page.getByRole('button', { name: 'Paste what the customer got' }).click()
    expect(await barriers()).toEqual([])
    await ask(' ')
    await on.page.getByText('Paste the address of a page, such as').waitFor()
    expect(await barriers()).toEqual([])
  })

  test('a question can be linked; back and forward show its answer without asking again', async () => {
    await open()
    await ask(old())
    await heading().waitFor()
    await ask(OTHER)
    await on.page.getByText('This address belongs to no registered site.').waitFor()
    await on.page.goBack()
    await verdict().getByRole('link', { name: old() }).waitFor()
    expect(await address().inputValue()).toBe(old())
    await on.page.goForward()
    await verdict().getByRole('link', { name: OTHER }).waitFor()
    expect(asked()).toHaveLength(2)
    await on.page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Why?' }).click()
    await on.page.getByRole('navigation', { name: 'Asked before' }).getByRole('link', { name: old() }).click()
    await verdict().getByRole('link', { name: old() }).waitFor()
    expect(asked()).toHaveLength(2)
    await on.page.reload()
    await heading().waitFor()
    expect(asked()).toMatchObject([{ url: old() }, { url: OTHER }, { url: old() }])
  })

  test('while it is asked the answer before stays, out of reach, and the question can be given up', async () => {
    await open()
    await ask(old())
    await heading().waitFor()
    const answer = on.panel.hold('diagnosis.why')
    await ask(OTHER)
    await on.page.getByText(/^Asking the edge, other ways to ask/).waitFor()
    expect(await verdict().locator('..').getAttribute('inert')).not.toBeNull()
    await on.page.getByRole('button', { name: 'Cancel' }).click()
    await on.page.getByText('Stopped before there was an answer.').waitFor()
    await expect.poll(() => on.panel.calls.findLast(({ name }) => name === 'diagnosis.why')?.signal?.aborted).toBe(true)
    answer()
    await on.page.getByRole('button', { name: 'Ask again' }).first().click()
    await on.page.getByText('This address belongs to no registered site.').waitFor()
  })

  test('a past instant is read in the zone of the reader, which is named', async () => {
    await open()
    await on.page.getByText('Europe/Berlin').waitFor()
    await address().fill(old())
    await on.page.getByLabel('At what time did they see it?').fill('2026-01-15T10:30')
    await on.page.getByText('Nobody is asked.').waitFor()
    await on.page.getByRole('button', { name: 'Ask', exact: true }).click()
    await verdict().getByText('As it stood at').waitFor()
    expect(asked()[0]).toMatchObject({ seenAtMs: Date.UTC(2026, 0, 15, 9, 30) })
    expect(new URL(on.page.url()).searchParams.get('at')).toBe('2026-01-15T09:30:00.000Z')
    await on.page.getByRole('button', { name: 'Ask about now' }).click()
    await verdict().getByText('As it stood at').waitFor({ state: 'detached' })
    expect(asked()[1]).toMatchObject({ seenAtMs: null })
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
          { name: 'x-amz-cf-pop', value: 'LHR61-P2' },
        ],
      },
    })
    const har = JSON.stringify({ log: { entries: [entry(old()), entry(urlOf('/other'))] } })
    await on.page.getByRole('button', { name: 'Paste what the customer got' }).click()
    await on.page
      .getByLabel('HAR file', { exact: true })
      .setInputFiles({ name: 'visit.har', mimeType: 'application/json', buffer: Buffer.from(har) })
    await expect.poll(() => on.page.getByLabel('Response headers or a HAR file').inputValue()).toBe(har)
    await ask(old())
    await heading().waitFor()
    await on.page.getByRole('button', { name: /^The evidence/ }).click()
    await expect.poll(() => on.page.getByRole('region', { name: 'The evidence' }).innerText()).toContain('LHR61')
    const sent = JSON.stringify(asked()[0])
    expect(sent).toContain('age')
    expect(sent).not.toContain('s3cret')
    expect(sent).not.toContain('/other')
    expect(on.page.url()).not.toContain('age')
  })

  test('what is wrong is said at its field, by the panel and by the core', async () => {
    await open()
    await on.page.getByRole('button', { name: 'Ask', exact: true }).click()
    await on.page.getByText('Paste the address of a page, such as').waitFor()
    expect(asked()).toEqual([])
    await on.page.getByRole('button', { name: 'Paste what the customer got' }).click()
    await on.page.getByLabel('Response headers or a HAR file').fill('hello')
    await ask(old())
    await on.page
      .getByRole('group', { name: 'What the customer got' })
      .getByRole('alert')
      .filter({ hasText: 'response headers' })
      .waitFor()
    expect(await on.page.getByLabel('Response headers or a HAR file').inputValue()).toBe('hello')
  })

  test('a remedy opens a plan and sends nothing', async () => {
    await open()
    await ask(old())
    await verdict()
      .getByRole('button', { name: /^Purge this page 1 item/ })
      .click()
    await on.page.waitForURL(/\/purges\/\w+/)
    expect(on.panel.times('plans.create')).toBe(1)
    expect(on.panel.times('plans.start')).toBe(0)
  })

  test('a rebuild opens a plan that builds first, and starts nothing', async () => {
    await open()
    const { client } = demo.core
    const { rows } = await client.pages.list({ siteId: demo.siteId, filter: { text: '/lists/apple' } })
    const pageIds = rows.map(({ id }) => id)
    const target = { kind: 'pages' as const, pageIds }
    await client.tags.mark({ siteId: demo.siteId, what: 'another price', target, sinceMs: Date.now() })
    await ask(urlOf('/lists/apple'))
    await verdict()
      .getByRole('button', { name: /^Rebuild/ })
      .click()
    await on.page.waitForURL(/\/purges\/\w+/)
    expect(on.panel.times('plans.revise')).toBe(1)
    expect(on.panel.times('buildQueue.request')).toBe(0)
    expect(on.panel.times('plans.start')).toBe(0)
  })

  test('a refresh at the renderer asks again when it has ended; a refusal is said beside it', async () => {
    await open()
    await ask(urlOf('/menu-card/cherry'))
    const refresh = verdict().getByRole('button', { name: /^Refresh this page at the renderer 1 render/ })
    on.panel.refuse({ call: 'pages.refresh', message: 'The renderer is busy.', fix: 'Wait a minute.', retryable: true })
    await refresh.click()
    await verdict().getByRole('alert').filter({ hasText: 'The renderer is busy.' }).waitFor()
    expect(asked()).toHaveLength(1)
    await refresh.click()
    await expect.poll(() => asked().length).toBe(2)
  })

  test('support begins here, may copy everything, and is offered no remedy', async () => {
    await on.signIn('support')
    await on.page.waitForURL(/\/why$/)
    await ask(old())
    await heading().waitFor()
    const todo = verdict().getByRole('region', { name: 'What to do' })
    await todo.getByText('An operator or the owner can mend it').waitFor()
    expect(await todo.getByRole('button').count()).toBe(0)
    await verdict().getByRole('button', { name: 'Copy for customer' }).click()
    const text = await on.page.evaluate(() => navigator.clipboard.readText())
    expect(text).toMatch(/earlier copy[^]*GMT\+\d/)
  })

  test('the palette takes a pasted address as the question, and a page has it as a button', async () => {
    await on.signIn()
    await on.page.getByRole('button', { name: 'Search or do anything' }).click()
    await on.page.getByPlaceholder('Search or do anything…').fill(old())
    await on.page.getByRole('option', { name: `Why is ${old()} old?` }).waitFor()
    await on.page.keyboard.press('Enter')
    await heading().waitFor()
    await verdict().getByRole('link', { name: 'Open the page' }).click()
    await on.page.getByRole('main').getByRole('link', { name: 'Why?' }).click()
    await heading().waitFor()
    expect(new URL(on.page.url()).searchParams.get('url')).toMatch(/^http/)
  })
})
