import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ONE_TIME_ADDRESS = /(http:\/\/127\.0\.0\.1:\d+\/#token=\S+)/

/** The program as a person starts it, in a data folder of its own, with its built-in stack. */
export interface Panel {
  /** Opens once, soon. */
  readonly address: string
  readonly dataFolder: string
  /** As a crash would end it. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export function startPanel(dataFolder: string): Promise<Panel> {
  return startProgram(['main/frostline.js', '--no-open', '--data', dataFolder], dataFolder, root)
}

/** Any program that prints the one-time address. */
export async function startProgram(args: readonly string[], dataFolder: string, cwd: string): Promise<Panel> {
  const child = spawn(process.execPath, args, {
    cwd,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, FROSTLINE_DATA: dataFolder },
  })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended(child)
  }
  return { address: await addressOf(child), dataFolder, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('The program has no output.'))
    createInterface({ input: child.stdout }).on('line', (line) => {
      const address = ONE_TIME_ADDRESS.exec(line)?.[1]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`The program ended with code ${code} before it printed an address.`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => child.once('exit', () => resolve()))
}
