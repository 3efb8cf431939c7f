import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeProject } from '../support/local-project.ts'
import { expect, test } from './panel.ts'
import { addWithSitemaps, beginAdding, OPTIONAL_PARTS, rail } from './screens.ts'

const lines = Array.from({ length: 5 }, (_, at) => `echo "wrote /lolly/${at}/index.html"; sleep 0.2`).join('\n')
const build = (home: string) => `mkdir -p dist/about\n${lines}
echo '<h1>${home}</h1>' > dist/index.html; echo about > dist/about/index.html
printf '/old/* /about/ 301\\n' > dist/_redirects\n`

let folder: string
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frostline-e2e-local-'))
  writeProject(join(folder, 'lollies'), { 'package.json': '{"scripts": {"build": "sh build.sh"}}', 'build.sh': build('First') })
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a project is recognised, tried out, added, built with its log, and cancelled', async ({ app }) => {
  test.slow()
  const edge = 'Another cache, only look'
  const form = await beginAdding(app, { address: 'http://127.0.0.1:9', name: 'Local lollies', edge, unseen: true })
  await form.getByRole('button', { name: OPTIONAL_PARTS }).click()
  await form.getByRole('combobox', { name: 'Builder' }).click()
  await app.getByRole('option', { name: 'Local project' }).click()
  await form.getByLabel('Project folder').fill(folder)
  await form.getByRole('button', { name: 'Browse…' }).first().click()
  await form.getByRole('group', { name: 'Folders' }).getByRole('button', { name: 'lollies' }).click()
  await expect(form.getByRole('group', { name: 'Folders' }).getByText(join(folder, 'lollies'))).toBeVisible()
  await form.getByRole('button', { name: 'Choose this folder' }).click()
  await expect(form.getByText('Because package.json has a build script (sh build.sh).')).toBeVisible()
  await expect(form.getByLabel('Command')).toHaveValue('npm run build')
  await form.getByRole('button', { name: 'Test run' }).click()
  await expect(form.getByText(/^It works: 2 pages/)).toBeVisible({ timeout: 30_000 })
  await form.getByLabel('Publish to').fill(join(folder, 'web'))
  await addWithSitemaps(app)

  await rail(app, 'Builds').click()
  await app.getByRole('button', { name: 'Rebuild now' }).first().click()
  const running = app.getByRole('region', { name: /^Running build/ })
  await expect(running.getByRole('log')).toContainText('wrote /lolly/1/index.html', { timeout: 30_000 })
  await expect(app.getByRole('table', { name: 'Deploys' }).getByText('Live')).toBeVisible({ timeout: 30_000 })
  expect(readFileSync(join(folder, 'web', 'current', 'index.html'), 'utf8')).toContain('First')

  await app.getByRole('button', { name: 'Redirect rules' }).click()
  await app.getByLabel('Address or path').fill('/old/thing')
  await app.getByRole('button', { name: 'Which rule answers?' }).click()
  await expect(app.getByText('/old/* /about/ 301')).toBeVisible()

  writeProject(join(folder, 'lollies'), { 'build.sh': 'echo begun; sleep 300' })
  await app.getByRole('button', { name: 'Rebuild now' }).first().click()
  await expect(running.getByRole('log')).toContainText('begun', { timeout: 30_000 })
  await expect(running).toContainText(', usually ')
  await running.getByRole('button', { name: 'Cancel' }).click()
  await expect(app.getByRole('table', { name: 'Other builds' }).getByText('Cancelled')).toBeVisible({ timeout: 30_000 })
  expect(readFileSync(join(folder, 'web', 'current', 'index.html'), 'utf8')).toContain('First')
})
