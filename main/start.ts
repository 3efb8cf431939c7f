import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildIfOld } from './build-freshness.ts'
import { chooseDataFolder } from './platform/data-place.ts'
import { electronPackage, findElectron } from './start-electron.ts'
import { parseStart, USAGE, type StartOptions } from './start-options.ts'
import { thisMachine, whyNoWindow } from './web/browsers.ts'
import { processTerminal } from './web/terminal.ts'

const root = new URL('..', import.meta.url)
const say = (line: string): void => void process.stdout.write(`${line}\n`)
/** A desktop that ends with an error so soon never showed its window. */
const STILLBORN_MS = 5_000

/** `npm start`: builds what is old, then opens the desktop window, or the same panel in a browser. Returns the exit code. */
export async function start(argv: readonly string[]): Promise<number> {
  const parsed = parseStart(argv)
  if (parsed.kind === 'help') {
    say(USAGE)
    return 0
  }
  if (parsed.kind === 'wrong') {
    process.stderr.write(`${parsed.sentence}\n`)
    return 2
  }
  if (!(await buildIfOld(say))) return 1
  const { options } = parsed
  // Where no window can be shown at all, the browser shell says so itself.
  const forOthers = options.door.publicOrigin !== null
  if (!options.browser && !forOthers && options.open && !whyNoWindow(thisMachine())) {
    const desktop = await tryDesktop(options)
    if (typeof desktop === 'number') return desktop
    say(desktop)
  }
  return startBrowserShell(options)
}

/** The desktop's exit code, or the one line that says why the panel opens in a browser instead. */
async function tryDesktop(options: StartOptions): Promise<number | string> {
  const machine = thisMachine()
  const folder = electronPackage()
  let program = findElectron(folder, machine)
  if (!program) {
    const { fetchElectron } = await import('./start-fetch-electron.ts')
    const reason =
      folder && !machine.env['ELECTRON_OVERRIDE_DIST_PATH'] ? await fetchElectron({ folder, say }) : 'it is not installed'
    program = reason === null ? findElectron(folder, machine) : null
    if (!program) {
      return `No desktop window: Electron could not be fetched (${reason ?? 'its program is missing'}). Opening the panel in a browser window instead.`
    }
  }
  const startedMs = Date.now()
  const code = await runDesktop(program, options)
  if (code !== 0 && Date.now() - startedMs < STILLBORN_MS) {
    return `No desktop window: Electron ended at once (code ${code}). Opening the panel in a browser window instead.`
  }
  return code
}

function runDesktop(program: string, options: StartOptions): Promise<number> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const desktop = spawn(program, [fileURLToPath(root)], {
    stdio: 'inherit',
    env: {
      ...env,
      FROSTLINE_DATA: chooseDataFolder(options.data),
      FROSTLINE_DEMO: options.demo ? 'on' : 'off',
      // Programs beside the core are TypeScript, which Electron's own Node may be built without.
      FROSTLINE_NODE: process.execPath,
    },
  })
  // Ctrl+C reaches the desktop by itself; this process only waits for it. A request to end is passed on.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => desktop.kill('SIGTERM'))
  return new Promise((resolve) => {
    desktop.once('error', () => resolve(1))
    desktop.once('exit', (code) => resolve(code ?? 1))
  })
}

async function startBrowserShell(options: StartOptions): Promise<number> {
  // The bundle is one file without types to strip: it starts in a fraction of the time that the sources need.
  const bundle = new URL('dist/main/web-shell.js', root).href
  const { runWebShell }: typeof import('./web/web-shell.ts') = await import(bundle)
  return runWebShell({
    dataFolder: chooseDataFolder(options.data),
    panelFolder: fileURLToPath(new URL('dist/renderer', root)),
    version: version(),
    demo: options.demo,
    port: options.port,
    door: options.door,
    window: options.open,
    terminal: processTerminal(),
  })
}

function version(): string {
  const described: unknown = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  return typeof described === 'object' && described !== null && 'version' in described ? String(described.version) : ''
}
