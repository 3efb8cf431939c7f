import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'

export interface RunningProgram {
  /** What it has written so far. */
  logs(): string
  stop(): Promise<void>
}

/** Where Debian and others put what belongs to no user's PATH. */
const FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/opt/homebrew/sbin']

/** The program's path, or null when it is not installed. */
export function findProgram(name: string): string | null {
  return FOLDERS.map((folder) => `${folder}/${name}`).find((path) => existsSync(path)) ?? null
}

/** A port that was free a moment ago: programs are told a port, so they cannot choose one. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => {
    server.close(resolve)
  })
  return port
}

const START_MS = 20_000

/** Runs a server in the foreground until `stop`, or until the tests' process ends, and waits until its port answers. */
export async function runServer(command: string, args: readonly string[], port: number): Promise<RunningProgram> {
  let said = ''
  // A group of its own: caches have workers.
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const hear = (chunk: Buffer) => void (said = (said + chunk.toString()).slice(-20_000))
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  let ended = false
  const end = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      said += error.message
      ended = true
      resolve()
    })
    child.on('exit', () => {
      ended = true
      resolve()
    })
  })
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name)
    } catch {
      // It has ended.
    }
  }
  const onExit = () => signal('SIGKILL')
  process.once('exit', onExit)
  const stop = async () => {
    process.removeListener('exit', onExit)
    if (ended) return
    signal('SIGTERM')
    const timer = setTimeout(() => signal('SIGKILL'), 3_000)
    await end
    clearTimeout(timer)
    signal('SIGKILL')
  }
  for (const untilMs = Date.now() + START_MS; !(await answers(port));) {
    if (ended || Date.now() > untilMs) {
      await stop()
      throw new Error(`${command} did not start:\n${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  return { logs: () => said, stop }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
