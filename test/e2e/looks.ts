import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'

/** A folder in which the screens are kept, for a look at them. */
const SHOTS = process.env['FROSTLINE_SHOTS']

const LOOKS = [
  { scheme: 'dark', width: 1920, height: 1080 },
  { scheme: 'light', width: 1920, height: 1080 },
  { scheme: 'dark', width: 1280, height: 800 },
  { scheme: 'light', width: 1280, height: 800 },
] as const
/** What lies beside a window does so in both themes: each is seen at one size, and all four where somebody looks at them. */
const SEEN = LOOKS.filter(({ scheme, width }) => SHOTS !== undefined || (scheme === 'dark') === (width === 1920))

/** Shows what is on the screen in both themes and sizes: it follows the system's, and nothing lies beside the window. */
export async function lookAt(page: Page, name: string): Promise<void> {
  for (const { scheme, ...size } of SEEN) {
    await page.emulateMedia({ colorScheme: scheme })
    await page.setViewportSize(size)
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
    const beside = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(beside, `${name} is wider than a window of ${size.width} pixels`).toBeLessThanOrEqual(0)
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `${name}-${scheme}-${size.width}.png`) })
  }
}
