import { fileURLToPath } from 'node:url'
import { runWebShell } from '#main/web/web-shell.ts'
import { processTerminal } from '#main/web/terminal.ts'

// The browser shell as a process of its own, on the stub core and the stub panel: run-stub-shell.ts DATA_FOLDER
process.exitCode = await runWebShell({
  dataFolder: process.argv[2]!,
  panelFolder: fileURLToPath(new URL('../fixtures/panel', import.meta.url)),
  version: '0.0.0',
  demo: false,
  port: undefined,
  window: false,
  terminal: processTerminal(),
  coreThread: new URL('stub-core-thread.ts', import.meta.url),
})
process.exit()
