import { expect, type Locator, type Page } from '@playwright/test'
import { violationsOn } from '../support/axe.ts'

type Scheme = 'light' | 'dark'

/** What a theme can break; the other rules are asked in light. */
const OF_THEMES = ['color-contrast', 'link-in-text-block']

async function found(page: Page, place: string, scheme: Scheme, part?: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  // The media query comes first and the panel follows; two frames later nothing is half of each.
  await page.waitForFunction((wanted) => document.documentElement.dataset['mantineColorScheme'] === wanted, scheme)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  const violations = await violationsOn(page, part, scheme === 'dark' ? OF_THEMES : [])
  return violations.map(
    ({ id, nodes }) =>
      `${place} (${scheme}): ${id}: ${nodes.map(({ target, any }) => `${target.join(' ')} [${any[0]?.message ?? ''}]`).join(', ')}`,
  )
}

/**
 * What would keep somebody from a place: every rule in light, and in dark those that a theme can break. It begins with the
 * theme that the place before was left in, because to change it costs as much as to look. `part`: a selector, where the
 * rest is looked at elsewhere.
 */
export async function barriersAt(page: Page, place: string, part?: string): Promise<string[]> {
  const now = await page.locator('html').getAttribute('data-mantine-color-scheme')
  const [first, second]: [Scheme, Scheme] = now === 'dark' ? ['dark', 'light'] : ['light', 'dark']
  return [...(await found(page, place, first, part)), ...(await found(page, place, second, part))]
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
