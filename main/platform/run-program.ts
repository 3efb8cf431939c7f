import { readFile } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'

export interface RunOptions {
  /** As it is typed in a terminal: the system's shell reads it. */
  readonly command: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** One line of what it writes, without colours. The next one waits until this one is taken. */
  onLine(line: string): Promise<void> | void
  /** It is running, under this id. */
  onStart?(pid: number): Promise<void> | void
  /** Asks it to end, and ends it when it does not. */
  readonly cancelled: AbortSignal
  /** Ends it at once: this process ends too. */
  readonly stopped: AbortSignal
  readonly timeoutMs: number
}

/** `missing`: it could not be started. */
export type RunEnd =
  | { readonly kind: 'ended'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'cancelled' | 'timed out' | 'stopped' }
  | { readonly kind: 'missing'; readonly reason: string }

const GRACE_MS = 4_000
const LONGEST_LINE = 8_000
const WINDOWS = process.platform === 'win32'
/** Runs a program with everything that it starts as one group, so that all of it ends with it. Never rejects. */
export async function runProgram(options: RunOptions): Promise<RunEnd> {
  const { cancelled, stopped } = options
  const { execa } = await import('execa')
  if (cancelled.aborted) return { kind: 'cancelled' }
  // Two pipes have no common order; one has.
  const child = execa(WINDOWS ? options.command : `exec 2>&1\n${options.command}`, {
    shell: true,
    cwd: options.cwd,
    env: { ...options.env },
    extendEnv: false,
    detached: !WINDOWS,
    windowsHide: true,
    stdin: 'ignore',
    all: true,
    buffer: false,
    encoding: 'buffer',
    reject: false,
    cleanup: false,
  })
  const { pid } = child
  if (pid === undefined) {
    const { shortMessage } = await child
    return { kind: 'missing', reason: shortMessage ?? 'It could not be started.' }
  }
  let why: 'cancelled' | 'timed out' | 'stopped' | null = null
  const timers: NodeJS.Timeout[] = []
  const end = (reason: NonNullable<typeof why>, graceMs: number) => {
    why ??= reason
    void killGroup(pid, graceMs === 0 ? 'SIGKILL' : 'SIGTERM')
    if (graceMs > 0) timers.push(setTimeout(() => void killGroup(pid, 'SIGKILL'), graceMs))
  }
  const onCancel = () => end('cancelled', GRACE_MS)
  const onStop = () => end('stopped', 0)
  cancelled.addEventListener('abort', onCancel, { once: true })
  stopped.addEventListener('abort', onStop, { once: true })
  timers.push(setTimeout(() => end('timed out', GRACE_MS), options.timeoutMs))
  // What it left behind would hold its output open for ever.
  child.nodeChildProcess.on('exit', () => void killGroup(pid, 'SIGKILL'))
  try {
    // What a quick program says is lost unless it is read from the first moment.
    await Promise.all([options.onStart?.(pid), eachLine(child.all, options.onLine)])
    const { exitCode, signal } = await child
    if (why !== null) return { kind: why }
    return exitCode === undefined ? { kind: 'killed', signal: signal ?? 'unknown' } : { kind: 'ended', code: exitCode }
  } finally {
    timers.forEach(clearTimeout)
    cancelled.removeEventListener('abort', onCancel)
    stopped.removeEventListener('abort', onStop)
  }
}

/** Carriage returns end a line too: progress is drawn over itself. A line without end is cut. */
async function eachLine(output: AsyncIterable<Uint8Array | string>, onLine: RunOptions['onLine']): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const part of output) {
    rest += typeof part === 'string' ? part : decoder.decode(part, { stream: true })
    const lines = rest.split(/\r?\n|\r(?=[^\n])/)
    rest = (lines.pop() ?? '').slice(0, LONGEST_LINE)
    for (const line of lines) await onLine(plain(line))
  }
  if (plain(rest).trim() !== '') await onLine(plain(rest))
}

function plain(line: string): string {
  const text = stripVTControlCharacters(line)
    .replace(/[^\P{Cc}\t]/gu, '')
    .trimEnd()
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text
}

/** A program and everything that it has started; nothing happens when it is gone already. */
export async function killGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (WINDOWS) {
    const { execa } = await import('execa')
    await execa('taskkill', ['/pid', String(pid), '/T', ...(signal === 'SIGKILL' ? ['/F'] : [])], { reject: false })
    return
  }
  try {
    process.kill(-pid, signal)
  } catch {
    // It is gone.
  }
}

/**
 * What tells a running process from a later one with the same id: when it was started, as the system writes it. Null when
 * no such process runs, or the system does not tell.
 */
export async function processMark(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
    // The name, in parentheses, may hold anything; the 22nd field is the start (proc_pid_stat(5)).
    return text?.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null
  }
  if (WINDOWS) return null
  const { execa } = await import('execa')
  const { stdout } = await execa('ps', ['-o', 'lstart=', '-p', String(pid)], { reject: false })
  return stdout?.trim() || null
}
