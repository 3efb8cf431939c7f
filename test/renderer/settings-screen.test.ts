import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violationsOn } from '../support/axe.ts'
import { LOOKS, NO_BROWSER, openedPanel } from '../support/built-panel.ts'
import { freePort } from '../support/caches/program.ts'
import { checkedSite, hit, type CheckedSite } from '../support/checked-site.ts'
import { startTestCore, type RunningCore } from '../support/core-client.ts'
import { spoilTable } from '../support/spoil-table.ts'
import { storedSite } from '../support/stored-site.ts'

/** A core whose database was damaged before its start, behind a proxy that is not there. */
async function startTroubledCore(): Promise<{ readonly core: RunningCore; readonly proxyPort: number }> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-damaged-'))
  writeFileSync(join(dataFolder, 'frostline.db'), 'x'.repeat(8_192))
  const proxyPort = await freePort()
  const core = await startTestCore({ dataFolder, environment: { HTTPS_PROXY: `http://127.0.0.1:${proxyPort}` } })
  await core.client.diagnosis.why({ url: 'https://site.test/page' })
  return { core, proxyPort }
}

describe.skipIf(NO_BROWSER)('the settings', () => {
  let site: CheckedSite
  let core: RunningCore
  const on = openedPanel(
    async () => {
      site = await checkedSite({ pages: 1 }, () => hit('A page'))
      core = await startTestCore({
        dataFolder: site.dataFolder,
        environment: { HTTPS_PROXY: 'http://ada:secret@127.0.0.1:9' },
      })
      return core
    },
    { acceptDownloads: true },
  )
  afterAll(async () => {
    await core?.close()
    await site?.server.stop()
  })
  const open = async (name = 'Network') => {
    await on.page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Settings' }).click()
    await section(name).click()
  }
  const section = (name: string) => on.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name })

  test('say what is in effect, and take another proxy with its password once', async () => {
    const { page } = on
    await on.signIn()
    await open()
    const inEffect = page.getByRole('region', { name: 'In effect' })
    await expect.poll(() => inEffect.innerText()).toContain('127.0.0.1:9, with a name and password')
    await inEffect.getByRole('button', { name: 'Test' }).click()
    await expect.poll(() => inEffect.innerText()).toContain('The proxy 127.0.0.1:9 could not be reached')
    await page.getByRole('radio', { name: 'This one' }).check()
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('ada')
    await page.getByRole('textbox', { name: 'Password' }).fill('planted-password')
    await page.getByRole('textbox', { name: 'Address' }).fill('socks5://other.example.com')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('This is no address of an HTTP proxy.').waitFor()
    await page.getByRole('textbox', { name: 'Address' }).fill('other.example.com:8080')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect.poll(() => page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    expect(await page.getByRole('textbox', { name: 'Password' }).inputValue()).toBe('')
    await expect.poll(() => inEffect.innerText()).toContain('other.example.com:8080, with a name and password')
  })

  test('show a diagnostics bundle part by part before it is saved', async () => {
    const { page } = on
    await on.signIn()
    await open('Data and logs')
    await page.getByRole('button', { name: 'Diagnostics bundle…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Diagnostics bundle' })
    await dialog.getByRole('button', { name: /sites\.json/ }).click()
    await expect.poll(() => dialog.innerText()).toContain('host-1')
    await on.shot('settings-bundle')
    await dialog.getByRole('checkbox', { name: 'Leave out addresses' }).click()
    await expect.poll(() => dialog.innerText()).toContain(new URL(site.server.url).host)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: /^Save frostline-diagnostics/ }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^frostline-diagnostics-[\w-]+\.zip$/)
    expect(
      readFileSync(await download.path())
        .subarray(0, 2)
        .toString('latin1'),
    ).toBe('PK')
  })

  test('name every package with its licence', async () => {
    const { page } = on
    await on.signIn()
    await open('About')
    const packages = page.getByRole('table', { name: 'Packages' })
    await packages.waitFor()
    expect(await packages.getByRole('row').count()).toBeGreaterThan(200)
    await page.getByRole('textbox', { name: 'Search packages' }).fill('better-sqlite3')
    await expect.poll(() => packages.innerText()).toContain('MIT')
    expect(await packages.getByRole('row').count()).toBe(2)
  })

  describe('of a core in trouble', () => {
    let troubled: RunningCore
    let proxyPort: number
    beforeAll(async () => {
      ;({ core: troubled, proxyPort } = await startTroubledCore())
    }, 60_000)
    afterAll(() => troubled?.close())
    const status = () => on.page.getByRole('contentinfo', { name: 'Status' }).innerText()
    const rescued = () => on.page.getByRole('alert').filter({ hasText: 'The database was damaged' })

    test.each(LOOKS)(
      'are complete and reachable for everybody, $colorScheme at $width',
      async ({ width, height, colorScheme }) => {
        const { page } = on
        await page.setViewportSize({ width, height })
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await on.openOn(troubled)
        await open()
        await rescued().waitFor()
        for (const name of ['Network', 'Data and logs', 'About']) {
          await section(name).click()
          await page.getByRole('heading', { level: 2 }).first().waitFor()
          const violations = await violationsOn(page)
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
          await on.shot(`settings-${name.split(' ')[0]?.toLowerCase()}-${colorScheme}-${width}`)
        }
      },
      90_000,
    )

    test('are only what everybody may see for those who do not own it', async () => {
      const { page } = on
      await on.openOn(troubled, 'support')
      await open('About')
      await page.getByRole('region', { name: 'Licences' }).waitFor()
      expect(await page.getByRole('navigation', { name: 'Settings' }).getByRole('link').allInnerTexts()).toEqual([
        'Appearance',
        'Notifications',
        'About',
      ])
      // What happened to the database is everybody's business; that it was read is not support's to say.
      await rescued().waitFor()
      expect(await page.getByRole('button', { name: 'I have read this' }).count()).toBe(0)
    })

    test('say in the status bar alone that there is no network, and no longer once it is back', async () => {
      await on.openOn(troubled)
      await expect.poll(status).toContain(`The proxy 127.0.0.1:${proxyPort} does not answer`)
      const proxy = createServer().listen(proxyPort, '127.0.0.1')
      await expect.poll(status, { timeout: 20_000 }).not.toContain('does not answer')
      proxy.close()
    })

    test('say that the database was rescued until that was read', async () => {
      await on.openOn(troubled)
      await rescued().waitFor()
      expect(await rescued().innerText()).toContain('frostline-broken-')
      await rescued().getByRole('button', { name: 'I have read this' }).click()
      await rescued().waitFor({ state: 'detached' })
    })
  })

  test('a database that is found damaged while it is used is told on every screen, with what to do', async () => {
    const { db, dataFolder, page } = await storedSite()
    for (let n = 0; n < 200; n += 1) page(`/page-${n}`)
    db.close()
    await (await startTestCore({ dataFolder })).close()
    spoilTable(dataFolder, 'pages')
    // Without its note of the file, the start does not look.
    rmSync(join(dataFolder, 'frostline.db.closed'))
    const spoilt = await startTestCore({ dataFolder })
    await on.openOn(spoilt)
    const bar = on.page.getByRole('alert').filter({ hasText: 'database is damaged' })
    await bar.filter({ hasText: 'Start Frostline again: it moves the damaged file aside' }).first().waitFor()
    await open('Appearance')
    await bar.first().waitFor()
    await on.shot('settings-damage')
    await spoilt.close()
  })
})
