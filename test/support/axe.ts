import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright'

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>

const ofAxe = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))
const AXE = readFileSync(ofAxe.resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds on a page. It is run as its builder for Playwright does where there are no frames, except that a page gets
 * it once: what the browser has compiled of it stays, which is half of the time. `part`: a selector. Without `rules`, all.
 */
export async function violationsOn(page: Page, part?: string, rules: readonly string[] = []): Promise<Results['violations']> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const { violations } = await page.evaluate<Results, readonly [string | undefined, readonly string[]]>(
    ([selector, runOnly]) =>
      Reflect.get(window, 'axe').run(selector ?? document, {
        resultTypes: ['violations'],
        ...(runOnly.length > 0 && { runOnly }),
      }),
    [part, rules],
  )
  return violations
}
