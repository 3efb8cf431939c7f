import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { buildIfOld } from '#main/build-freshness.ts'
import type { Role } from '#shared/calls.ts'
import { BROWSER } from '../e2e/browser.ts'
import type { RunningCore } from './core-client.ts'
import { startPanelOn, type PanelOnCore } from './panel-on-core.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) => existsSync(file))
export const NO_BROWSER = CHROMIUM === undefined
/** Set it to look at the screens; otherwise they are only opened. */
const SHOTS = process.env['FROSTLINE_SHOTS']

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const
const COLORS = ['light', 'dark'] as const
/** In what sizes and colours every screen is opened; in all of both to look at them, since nothing depends on the two together. */
export const LOOKS = SIZES.flatMap((size, at) =>
  COLORS.filter((_, of) => SHOTS !== undefined || of === at).map((colorScheme) => ({ ...size, colorScheme })),
)

/** What a test of a file has at hand. It changes with each test: read it where it is needed. */
export interface OpenedPanel {
  readonly browser: Browser
  readonly page: Page
  readonly panel: PanelOnCore
  /** Opens the panel as this role. */
  signIn(role?: Role): Promise<void>
  /** Opens the panel on another core, with the same page, until the test ends. */
  openOn(core: RunningCore, role?: Role): Promise<void>
  /** Goes to an address of the panel without loading it anew. */
  go(path: string): Promise<void>
  shot(name: string): Promise<void>
}

/** For all tests of a file: the built panel in a browser, on a core of theirs. A test fails by what the browser complains of. */
export function openedPanel(startCore: () => Promise<RunningCore>, context: BrowserContextOptions = {}): OpenedPanel {
  let folder: string
  let browser: Browser
  let page: Page
  let own: PanelOnCore
  let other: PanelOnCore | null = null
  const complaints: string[] = []

  beforeAll(async () => {
    const launched = chromium.launch({ ...BROWSER, executablePath: CHROMIUM })
    const [core, ...made] = await Promise.all([startCore(), builtPanel(), launched])
    ;[folder, browser] = made
    own = await startPanelOn(core, folder)
  }, 180_000)
  afterAll(async () => {
    await browser?.close()
    await own?.close()
  })
  beforeEach(async () => {
    page = await (await browser.newContext({ viewport: SIZES[0], ...context })).newPage()
    page.setDefaultTimeout(20_000)
    // A page that is slow to load is the machine's matter: the test's own time bounds it.
    page.setDefaultNavigationTimeout(0)
    own.calls.length = 0
    complaints.length = 0
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
  })
  afterEach(async () => {
    await page.context().close()
    await other?.close()
    other = null
    expect(complaints).toEqual([])
  })
  return {
    get browser() {
      return browser
    },
    get page() {
      return page
    },
    get panel() {
      return other ?? own
    },
    async signIn(role) {
      await page.goto(own.address(role))
    },
    async openOn(core, role) {
      other = await startPanelOn(core, folder)
      await page.goto(other.address(role))
    },
    async go(path) {
      await page.evaluate((to) => {
        history.pushState(null, '', to)
        dispatchEvent(new PopStateEvent('popstate'))
      }, path)
    },
    async shot(name) {
      if (SHOTS === undefined) return
      mkdirSync(SHOTS, { recursive: true })
      await page.screenshot({ path: join(SHOTS, `${name}.png`) })
    },
  }
}

/** The folder of the built panel, which is built first when it is old. All tests share it. */
async function builtPanel(): Promise<string> {
  if (!(await buildIfOld(console.log))) throw new Error('The panel could not be built.')
  return fileURLToPath(new URL('../../dist/renderer', import.meta.url))
}
