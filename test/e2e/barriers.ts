import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

type Scheme = 'light' | 'dark'

async function found(page: Page, place: string, scheme: Scheme, rules: readonly string[], part?: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  // The media query comes first and the panel follows; two frames later nothing is half of each.
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  // There is no frame of another origin, so axe needs no page of its own to put results together.
  const whole = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode()
  const axe = part === undefined ? whole : whole.include(part)
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze()
  return violations.map(
    ({ id, nodes }) =>
      `${place} (${scheme}): ${id}: ${nodes.map(({ target, any }) => `${target.join(' ')} [${any[0]?.message ?? ''}]`).join(', ')}`,
  )
}

/**
 * What would keep somebody from a place: every rule in light, and in dark those that a theme can break. `part`: a selector,
 * where the rest is looked at elsewhere.
 */
export async function barriersAt(page: Page, place: string, part?: string): Promise<string[]> {
  const dark = await found(page, place, 'dark', ['color-contrast', 'link-in-text-block'], part)
  return [...dark, ...(await found(page, place, 'light', [], part))]
}

/** More stops than any screen has before its table. */
const STOPS = 90

/** Walks with Tab until something has the focus. Fails where it cannot be reached. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

/** Walks to something with Tab and presses a key on it. */
export async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}
