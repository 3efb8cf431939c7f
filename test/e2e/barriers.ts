import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

type Scheme = 'light' | 'dark'
type Results = Awaited<ReturnType<AxeBuilder['analyze']>>

/** What a theme can break; the other rules are asked in light. */
const OF_THEMES = ['color-contrast', 'link-in-text-block']
const ofAxe = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))
const AXE = readFileSync(ofAxe.resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Axe as its builder for Playwright runs it where there are no frames, except that a page gets it once: what the browser
 * has compiled of it stays, which is half of the time.
 */
async function violationsOn(page: Page, rules: readonly string[], part?: string): Promise<Results['violations']> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const { violations } = await page.evaluate<Results, readonly [readonly string[], string | undefined]>(
    ([runOnly, selector]) =>
      Reflect.get(window, 'axe').run(selector ?? document, {
        resultTypes: ['violations'],
        ...(runOnly.length > 0 && { runOnly }),
      }),
    [rules, part],
  )
  return violations
}

async function found(page: Page, place: string, scheme: Scheme, part?: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  // The media query comes first and the panel follows; two frames later nothing is half of each.
  await page.waitForFunction((wanted) => document.documentElement.dataset['mantineColorScheme'] === wanted, scheme)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  const violations = await violationsOn(page, scheme === 'dark' ? OF_THEMES : [], part)
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
