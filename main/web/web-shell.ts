import { setTimeout as sleep } from 'node:timers/promises'
import { startCore, type CoreHandle } from '../core-host.ts'
import { keepCompiledCode } from '../platform/compiled-code.ts'
import type { HeldFolder } from '../platform/data-folder.ts'
import { logFolderOf } from '../platform/data-place.ts'
import { keyFileSecrets } from '../platform/key-file.ts'
import { createKnownSecrets, rememberingSecrets } from '../platform/known-secrets.ts'
import { openLog } from '../platform/log.ts'
import { whyItFell } from '../platform/why-it-fell.ts'
import { thisMachine, type Machine } from './browsers.ts'
import { loopbackDoor, type Door } from './door.ts'
import { holdOrOpen } from './hold-or-open.ts'
import { ownerAtThisMachine } from './owner.ts'
import type { PanelServer } from './panel-server.ts'
import { isTaken, startOnPort } from './remembered-port.ts'
import type { Terminal } from './terminal.ts'
import { createWindows, type Windows } from './windows.ts'

export interface WebShellOptions {
  readonly dataFolder: string
  readonly panelFolder: string
  readonly version: string
  readonly demo: boolean
  readonly port: number | undefined
  /** Missing: this machine alone. */
  readonly door?: Omit<Door, 'port'>
  /** False prints the address even where a window could be shown. */
  readonly window: boolean
  readonly terminal: Terminal
  readonly machine?: Machine
  /** Another program for the core thread: tests pass a stub. */
  readonly coreThread?: URL
}

const ASK_BUSY_MS = 1_000

/** Runs the browser shell until it is ended. Resolves with the exit code. */
export async function runWebShell(options: WebShellOptions): Promise<number> {
  const say = (line: string): void => options.terminal.say(line)
  const hold = await holdOrOpen(options.dataFolder, { print: !options.window })
  if (hold.state === 'silent') {
    say(hold.sentence)
    return 1
  }
  if (hold.state === 'opened') {
    if (hold.opened.done === 'window') say('Frostline is running already; its window was opened.')
    else say(`Frostline is running already. Open within 60 seconds, once: ${hold.opened.address}`)
    const unused = unusedBecauseRunning(options)
    if (unused !== null) say(unused)
    return 0
  }
  try {
    return await serve(options, hold.folder)
  } finally {
    hold.folder.release()
  }
}

/** What was asked of a start that only showed the panel of an earlier one; null when that lost nothing. */
export function unusedBecauseRunning({ port, demo }: Pick<WebShellOptions, 'port' | 'demo'>): string | null {
  const unused = [...(port === undefined ? [] : [`--port ${port}`]), ...(demo ? [] : ['--no-demo'])]
  if (unused.length === 0) return null
  const them = unused.length === 1 ? 'it' : 'them'
  return `${unused.join(' and ')} had no effect: the running Frostline keeps the settings it was started with. To use ${them}, end it first, or name another folder with --data.`
}

async function serve(options: WebShellOptions, folder: HeldFolder): Promise<number> {
  const { dataFolder, terminal } = options
  keepCompiledCode()
  const known = createKnownSecrets()
  const log = openLog(logFolderOf(dataFolder), 'shell', known.scrub)
  const core = await startCore({
    dataFolder,
    log,
    version: options.version,
    demo: options.demo,
    secrets: rememberingSecrets(keyFileSecrets(dataFolder), known),
    ...(options.coreThread && { threadUrl: options.coreThread }),
  }).catch((error: unknown) => terminal.say(error instanceof Error ? error.message : 'The core did not start.'))
  if (!core) return 1

  const { promise: windows, resolve: windowsReady } = Promise.withResolvers<Windows>()
  let server: PanelServer
  try {
    const open = async (wish: { readonly print: boolean }) => (await windows).openAgain(wish)
    server = await startOnPort(dataFolder, options.port, {
      core,
      log,
      open,
      panelFolder: options.panelFolder,
      door: options.door ?? loopbackDoor(0),
    })
  } catch (error) {
    await core.close()
    if (!isTaken(error)) throw error
    terminal.say(`Port ${options.port} is taken by another program. Choose another with --port.`)
    return 1
  }
  const shown = createWindows({
    dataFolder,
    server,
    terminal,
    identity: ownerAtThisMachine(),
    machine: options.machine ?? thisMachine(),
  })
  windowsReady(shown)
  await folder.announce({ origin: server.origin, openSecret: server.openSecret })
  terminal.onEnter(() => shown.printAddress())

  const left = shown.openFirst(options.window)
  const code = await Promise.race([
    core.exited.then(() => 'fell' as const),
    terminal.askedToEnd.then(() => 'asked' as const),
    left.then(() => 'left' as const),
  ]).then((reason) => end(reason, core, options))
  shown.close()
  await server.close()
  await core.close()
  return code
}

/** A closed window lets running work finish; Ctrl+C leaves it in the database for the next start. */
async function end(
  reason: 'fell' | 'asked' | 'left',
  core: CoreHandle,
  { dataFolder, terminal }: Pick<WebShellOptions, 'dataFolder' | 'terminal'>,
): Promise<number> {
  if (reason === 'fell') {
    terminal.say(`Frostline stopped. ${whyItFell(await core.exited, logFolderOf(dataFolder))}`)
    return 1
  }
  if (reason === 'asked') return 0
  let said = ''
  for (;;) {
    const work = (await core.busy()).join(', ')
    if (work === '') return 0
    if (work !== said) terminal.say(`The window is closed; finishing first: ${work}. Ctrl+C leaves it for the next start.`)
    said = work
    const asked = await Promise.race([sleep(ASK_BUSY_MS), terminal.askedToEnd.then(() => true)])
    if (asked) return 0
  }
}
