import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { buildPanel, complaintsOf, launchChromium, NO_BROWSER } from '../support/built-panel.ts'
import { type FakeCore, startFakeCore } from '../support/fake-core.ts'
import { RESCUE } from './fake-upkeep.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
/** Set it to look at the screens; otherwise they are only opened. */
const SHOTS = process.env['FROSTLINE_SHOTS']

describe.skipIf(NO_BROWSER)('the settings', () => {
  let folder: string
  let browser: Browser
  let core: FakeCore
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    folder = await buildPanel()
    browser = await launchChromium()
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    core = await startFakeCore(folder)
    page = await (await browser.newContext({ viewport: SIZES[0], acceptDownloads: true })).newPage()
    complaints = complaintsOf(page)
  })
  afterEach(async () => {
    await page.context().close()
    await core.close()
    expect(complaints).toEqual([])
  })
  const open = async (name = 'Network') => {
    await page.goto(core.address)
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Settings' }).click()
    await section(name).click()
  }
  const section = (name: string) => page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name })
  const shot = async (name: string) => {
    if (SHOTS === undefined) return
    mkdirSync(SHOTS, { recursive: true })
    await page.screenshot({ path: join(SHOTS, `${name}.png`) })
  }

  test.each(SIZES.flatMap((size) => (['light', 'dark'] as const).map((colorScheme) => ({ ...size, colorScheme }))))(
    'are complete and reachable for everybody, $colorScheme at $width',
    async ({ width, height, colorScheme }) => {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      core.state.rescue = RESCUE
      core.state.offline = { sinceMs: Date.now(), proxy: null }
      await open()
      await page.getByText('The database was damaged').waitFor()
      for (const name of ['Network', 'Data and logs', 'About']) {
        await section(name).click()
        await page.getByRole('heading', { level: 2 }).first().waitFor()
        // What stands on a screen does not depend on its width, and this takes seconds.
        const { violations } = width === 1280 ? await new AxeBuilder({ page }).analyze() : { violations: [] }
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
        await shot(`settings-${name.split(' ')[0]?.toLowerCase()}-${colorScheme}-${width}`)
      }
    },
    90_000,
  )

  test('say what is in effect, and take another proxy with its password once', async () => {
    await open()
    const inEffect = page.getByRole('region', { name: 'In effect' })
    await expect.poll(() => inEffect.innerText()).toContain('proxy.example.com:3128, with a name and password')
    await inEffect.getByRole('button', { name: 'Test' }).click()
    await expect.poll(() => inEffect.innerText()).toContain('wants a name and a password')
    await page.getByRole('textbox', { name: 'Address' }).fill('other.example.com:8080')
    await page.getByRole('textbox', { name: 'Password' }).fill('planted-password')
    core.state.refuse = {
      call: 'network.save',
      message: 'This is no address of an HTTP proxy.',
      fix: 'Write it as proxy.example.com:3128.',
      field: 'proxy',
      retryable: false,
    }
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('This is no address of an HTTP proxy.').waitFor()
    core.state.refuse = null
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    expect(await page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('')
    expect(core.calls).toContain('network.save')
  })

  test('show a diagnostics bundle part by part before it is saved', async () => {
    await open()
    await section('Data and logs').click()
    await page.getByRole('button', { name: 'Diagnostics bundle…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Diagnostics bundle' })
    await dialog.getByRole('button', { name: /sites\.json/ }).click()
    await expect.poll(() => dialog.innerText()).toContain('"host":"host-1"')
    await shot('settings-bundle')
    await dialog.getByRole('checkbox', { name: 'Leave out addresses' }).click()
    await expect.poll(() => dialog.innerText()).toContain('lollies.localhost')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: /^Save frostline-diagnostics/ }).click(),
    ])
    expect(download.suggestedFilename()).toBe('frostline-diagnostics-2026-11-21.zip')
    expect(
      readFileSync(await download.path())
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe('PK\u0005\u0006')
  })

  test('name every package with its licence', async () => {
    await open()
    await section('About').click()
    const packages = page.getByRole('table', { name: 'Packages' })
    await packages.waitFor()
    expect(await packages.getByRole('row').count()).toBeGreaterThan(200)
    await page.getByRole('textbox', { name: 'Search packages' }).fill('better-sqlite3')
    await expect.poll(() => packages.innerText()).toContain('MIT')
    expect(await packages.getByRole('row').count()).toBe(2)
  })

  test('are only what everybody may see for those who do not own it', async () => {
    core.state.role = 'support'
    core.state.rescue = RESCUE
    await open('About')
    await page.getByRole('region', { name: 'Licences' }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Settings' }).getByRole('link').allInnerTexts()).toEqual([
      'Appearance',
      'Notifications',
      'About',
    ])
    // What happened to the database is everybody's business; that it was read is not support's to say.
    await page.getByText('The database was damaged').waitFor()
    expect(await page.getByRole('button', { name: 'I have read this' }).count()).toBe(0)
  })

  test('being offline is said once, however much fails meanwhile', async () => {
    await open()
    core.state.offline = { sinceMs: Date.now(), proxy: 'proxy.example.com:3128' }
    core.tell('network')
    await expect
      .poll(() => page.getByRole('contentinfo', { name: 'Status' }).innerText())
      .toContain('The proxy proxy.example.com:3128 does not answer')
    core.state.offline = null
    core.tell('network')
    await expect.poll(() => page.getByRole('contentinfo', { name: 'Status' }).innerText()).not.toContain('does not answer')
  })

  test('a database that is damaged while it is used is said on every screen, with what to do', async () => {
    await open()
    core.state.damage = { sinceMs: Date.now() }
    core.tell('upkeep')
    const bar = page.getByRole('alert').filter({ hasText: 'database is damaged' })
    await bar.waitFor()
    expect(await bar.innerText()).toContain('Start Frostline again: it moves the damaged file aside')
    await shot('settings-damage')
    core.state.damage = null
    core.tell('upkeep')
    await bar.waitFor({ state: 'detached' })
  })

  test('a rescued database is said until it was read', async () => {
    await open()
    core.state.rescue = RESCUE
    core.tell('upkeep')
    const bar = page.getByRole('alert').filter({ hasText: 'The database was damaged' })
    await bar.waitFor()
    expect(await bar.innerText()).toContain('412 entries of the ledger among them')
    expect(await bar.innerText()).toContain('frostline-broken-')
    await bar.getByRole('button', { name: 'Check pages' }).click()
    await page.getByRole('dialog', { name: 'Check pages that are not checked' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await bar.getByRole('button', { name: 'I have read this' }).click()
    await bar.waitFor({ state: 'detached' })
  })
})
