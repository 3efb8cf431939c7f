import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser } from 'playwright'
import { BROWSER } from '../e2e/browser.ts'
import { startProgram } from '../e2e/panel-process.ts'
import { runTool } from '../support/packaged.ts'
import { buildPages } from './pages-data.ts'

/**
 * From the start of the process to the first rows of the Pages screen, in a browser that runs already.
 * `npm run bench:start [-- --pages 100000] [--rounds 5]`. The panel is built before. Ends with one line of JSON;
 * `firstScreenKb`: the compressed scripts (gzip) that were loaded until then, in kilobytes.
 */
const { values: options } = parseArgs({
  options: { pages: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '5' } },
})
const folder = mkdtempSync(join(tmpdir(), 'frostline-bench-start-'))
const program = ['main/frostline.js', '--no-open', '--no-demo', '--data', folder]

async function round(browser: Browser): Promise<{ addressMs: number; firstRowsMs: number; scriptBytes: number }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const scripts = new Set<string>()
  page.on('response', (answer) => {
    const { pathname } = new URL(answer.url())
    if (pathname.endsWith('.js')) scripts.add(pathname)
  })
  const startedMs = performance.now()
  const panel = await startProgram(program, folder, process.cwd())
  const addressMs = performance.now() - startedMs
  await page.goto(panel.address.replace('/#', '/pages#'))
  await page.getByRole('row', { name: /\// }).nth(1).waitFor()
  const firstRowsMs = performance.now() - startedMs
  // Read from the disk, and now: asking the browser for them would be part of what is measured.
  const scriptBytes = [...scripts].reduce((sum, path) => sum + gzipSync(readFileSync(join('dist/renderer', path))).length, 0)
  await page.close()
  await panel.stop()
  return { addressMs, firstRowsMs, scriptBytes }
}

const middle = (values: readonly number[]): number =>
  Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0)

try {
  await runTool('main/build.ts', ['--if-old'])
  await buildPages(folder, Number(options.pages), Date.now())
  const launchedMs = performance.now()
  const browser = await chromium.launch(BROWSER)
  console.log(`${options.pages} pages stored; the browser started in ${Math.round(performance.now() - launchedMs)} ms`)
  const rounds = []
  for (let at = 0; at < Number(options.rounds); at++) {
    const measured = await round(browser)
    rounds.push(measured)
    console.log(
      `round ${at + 1}: address after ${Math.round(measured.addressMs)} ms, first rows after ${Math.round(measured.firstRowsMs)} ms (aim ≤ 1,000)`,
    )
  }
  await browser.close()
  console.log(
    JSON.stringify({
      bench: 'start',
      firstRowsMs: middle(rounds.map(({ firstRowsMs }) => firstRowsMs)),
      firstScreenKb: Math.round((rounds[0]?.scriptBytes ?? 0) / 1_000),
    }),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
