import type { Page } from '@playwright/test'
import { originCursor, pathsAtOrigin } from './controls.ts'
import { expect, test } from './panel.ts'
import { chip, openControls, openTag, pageRow, rail } from './screens.ts'
import { violationsOn } from '../support/axe.ts'

const MENU = 'pb-menu:main-menu'

/** What a reader of the screen would be kept from. */
async function barriers(page: Page): Promise<string[]> {
  const violations = await violationsOn(page)
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

test('an old copy: where the chain is broken, both layers, the changed line, its history, over the whole screen', async ({
  app: screen,
}) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await chip(screen, 'Old copy').click()
  await pageRow(screen, '/lists/cherry').click()
  const panel = screen.getByRole('complementary', { name: 'Page' })
  await expect(panel.getByText('Visitors get an old copy')).toBeVisible()
  const chain = panel.getByRole('list', { name: 'From the visitor to the content' })
  await expect(
    chain
      .getByRole('listitem')
      .filter({ hasText: 'Edge' })
      .getByRole('img', { name: /broken here/ }),
  ).toBeVisible()
  await expect(chain.getByRole('img', { name: /broken here/ })).toHaveCount(1)

  const controls = await openControls(screen)
  const before = await originCursor(controls)
  const layers = panel.getByRole('table', { name: 'Edge copy and origin copy' })
  await expect(layers.getByRole('columnheader', { name: /^Origin copy/ })).toContainText('not asked yet')
  await expect(panel.getByText('1 request to the origin')).toBeVisible()
  expect(await pathsAtOrigin(controls, before)).toEqual([])
  await panel.getByRole('button', { name: 'Ask the origin' }).click()
  await expect(panel.getByRole('status').filter({ hasText: 'They have other bytes' })).toBeVisible()
  await expect(layers.getByRole('row', { name: /^Hash differs/ })).toBeVisible()
  await expect(layers.getByRole('row', { name: /^Rule/ })).toContainText("by the edge's policy")
  expect((await pathsAtOrigin(controls, before)).filter((path) => path.endsWith('/lists/cherry'))).toHaveLength(1)
  expect(await barriers(screen)).toEqual([])

  await panel.getByRole('tab', { name: 'Body diff' }).click()
  await expect(panel.getByText('1 request to the edge, 1 to the origin')).toBeVisible()
  await panel.getByRole('button', { name: 'Compare bodies' }).click()
  await expect(panel.getByRole('status').filter({ hasText: '1 line only at the edge, 1 line only at the origin' })).toBeVisible()
  const lines = panel.getByRole('region', { name: 'Changed lines' })
  const shown = await lines.getByRole('row').count()
  await lines
    .getByRole('button', { name: /unchanged lines/ })
    .first()
    .click()
  expect(await lines.getByRole('row').count()).toBeGreaterThan(shown)
  expect(await barriers(screen)).toEqual([])

  await panel.getByRole('tab', { name: 'History' }).click()
  await expect(panel.getByRole('region', { name: 'History' }).getByRole('listitem').first()).toContainText('in date')
  await panel.getByRole('tab', { name: 'Raw' }).click()
  await expect(panel.getByRole('row', { name: /^x-cache/ })).toBeVisible()
  expect(await barriers(screen)).toEqual([])

  await panel.getByRole('link', { name: 'Open wide' }).click()
  await expect(screen).toHaveURL(/\/pages\/\d+/)
  await expect(screen.getByRole('heading', { name: '/lists/cherry' })).toBeVisible()
  await expect(panel).toBeHidden()
})

test('a tag: its pages, what it would cost, and a draft that sends nothing', async ({ app: screen }) => {
  await expect(chip(screen, 'Old copy')).toHaveText(/[1-9][\d,]*$/)
  await rail(screen, 'Tags').click()
  await screen.getByRole('table', { name: 'Tags' }).getByRole('row').nth(2).waitFor()
  expect(await barriers(screen)).toEqual([])
  const panel = await openTag(screen, MENU)
  await expect(panel.getByRole('region', { name: 'What purging it would cost' })).toContainText(`#${MENU}`)
  await expect(
    panel
      .getByRole('region', { name: 'Pages with this tag' })
      .getByRole('link', { name: /^\/lists/ })
      .first(),
  ).toBeVisible()
  expect(await barriers(screen)).toEqual([])
  await panel.getByRole('button', { name: 'What if this changes?' }).click()
  await expect(screen).toHaveURL(/\/purges\/[\w-]+/)
  await expect(screen.getByRole('switch', { name: 'Build first' })).toBeChecked()
  await expect(screen.getByRole('button', { name: 'Start' })).toBeEnabled()
  await expect(screen.getByText(/^0 of 1,000 purges used/)).toBeVisible()
})
