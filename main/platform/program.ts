import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { delay } from './clock.ts'
import type { Log } from './log.ts'

export interface ProgramOptions {
  readonly script: string
  readonly args: readonly string[]
  readonly log: Log
  readonly stopped: AbortSignal
  /** One line that the program wrote on its standard output. */
  onLine(line: string): void
  /** It ended by itself, or could not be started; a new one is started after the wait. */
  onExit(reason: string): void
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * Keeps a Node program of ours running until `stopped`. Its standard input stays open and closes when this process ends,
 * however it ends: by that the program knows that it must end too.
 */
export async function keepRunning(options: ProgramOptions): Promise<void> {
  for (let waitMs = FIRST_WAIT_MS; !options.stopped.aborted; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    const startedAtMs = Date.now()
    const reason = await runOnce(options)
    if (options.stopped.aborted) return
    if (Date.now() - startedAtMs > LONGEST_WAIT_MS) waitMs = FIRST_WAIT_MS
    options.log.warn({ script: options.script, reason }, 'a program ended and is started again')
    options.onExit(reason)
    await delay(waitMs, options.stopped).catch(() => {})
  }
}

function runOnce(options: ProgramOptions): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(nodeProgram(), [options.script, ...options.args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    })
    const stop = () => void child.kill('SIGTERM')
    options.stopped.addEventListener('abort', stop, { once: true })
    let lastWords = ''
    createInterface({ input: child.stdout }).on('line', options.onLine)
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line.trim() !== '') lastWords = line.trim().slice(0, 400)
      options.log.debug({ script: options.script }, line)
    })
    const end = (reason: string) => {
      options.stopped.removeEventListener('abort', stop)
      resolve(reason)
    }
    child.on('error', (error) => end(error.message))
    child.on('exit', (code, signal) =>
      end(lastWords || (signal === null ? `It ended with code ${code}.` : `It was ended by ${signal}.`)),
    )
  })
}

/** Inside Electron the program itself is no Node; it behaves as one when asked to, and a real one is preferred. */
function nodeProgram(): string {
  return process.env['FROSTLINE_NODE'] ?? process.execPath
}
