import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base, type Page } from '@playwright/test'
import { layPreparedDemo } from '../support/prepared-demo.ts'
import { startPanel, type Panel } from './panel-process.ts'

/** Everything that a browser complains about: the console's errors, broken scripts, violations of the content policy. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return complaints
}

/** A signed-in page of a freshly started panel. After the test no complaint of the browser may be left. */
export const test = base.extend<{ past: boolean; panel: Panel; app: Page }>({
  /** Whether the built-in stack has its first start behind it. */
  past: [true, { option: true }],
  panel: async ({ past }, provide) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-e2e-'))
    if (past) await layPreparedDemo(join(dataFolder, 'demo'))
    const panel = await startPanel(dataFolder)
    await provide(panel)
    await panel.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  },
  app: async ({ page, panel }, provide) => {
    const complaints = complaintsOf(page)
    await page.goto(panel.address)
    // Owners begin on Home; the specs begin on Pages.
    await page.getByRole('navigation').getByRole('link', { name: 'Pages' }).click()
    await provide(page)
    expect(complaints).toEqual([])
  },
})

export { expect }
