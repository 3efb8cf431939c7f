import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'
import { AppError } from '#shared/errors.ts'

export type Log = Pick<Logger, 'trace' | 'debug' | 'info' | 'warn' | 'error'>

/** Fields that never reach a log line, wherever they stand in an object. */
const SECRET_FIELDS = [
  'secretAccessKey',
  'accessKeyId',
  'sessionToken',
  'hookUrl',
  'token',
  'secret',
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'password',
].map((field) => `["${field}"]`)

const MOST_BYTES = 10_000_000
/** The one that is written to, and the older ones: `core.1.log` is the newest of these. */
const FILES = 5

/** The files of one log, the oldest first. */
export function logFiles(folder: string, name: string): string[] {
  return Array.from({ length: FILES }, (_, index) => logFile(folder, name, FILES - 1 - index)).filter((file) => existsSync(file))
}

const logFile = (folder: string, name: string, age = 0): string => join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`)

/**
 * Writes to `NAME.log` in a folder, and begins a new file after 10 MB; four older ones stay. Secrets are left out by the
 * names of their fields at three depths, and by `scrub` wherever they stand.
 */
export function openLog(folder: string, name: string, scrub: (line: string) => string = (line) => line): Log {
  const file = logFile(folder, name)
  const out = pino.destination({ dest: file, mkdir: true, sync: false, mode: 0o600 })
  let bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  // A full disk must not end the program: lines are lost, and written again when there is room.
  out.on('error', () => undefined)
  out.on('write', (written: number) => {
    bytes += written
    if (bytes < MOST_BYTES) return
    bytes = 0
    rotate(folder, name)
    out.reopen()
  })
  return pino(
    {
      name,
      level: process.env['FROSTLINE_LOG_LEVEL'] ?? 'info',
      hooks: {
        logMethod(args, method, level) {
          const about: unknown = args[0]
          if (level <= INFO || !isOfRemovedSite(about)) return method.apply(this, args)
          this.info({ ...about, err: undefined }, `Ended, since the site was removed: ${String(args[1])}`)
        },
      },
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*${field}`, `*.*${field}`]), censor: '[redacted]' },
    },
    { write: (line: string) => void out.write(scrub(line)) },
  )
}

const INFO = 30

/** What still runs for a site when it is removed ends by not finding it. That is no fault. */
function isOfRemovedSite(about: unknown): about is { readonly err: AppError } {
  const err = typeof about === 'object' && about !== null && 'err' in about ? about.err : null
  return err instanceof AppError && err.code === 'NOT_FOUND' && err.details.field === 'siteId'
}

function rotate(folder: string, name: string): void {
  try {
    rmSync(logFile(folder, name, FILES - 1), { force: true })
    for (let age = FILES - 2; age >= 0; age -= 1) {
      if (existsSync(logFile(folder, name, age))) renameSync(logFile(folder, name, age), logFile(folder, name, age + 1))
    }
  } catch {
    // Another program looks at one of them: it grows on, and is moved next time.
  }
}

export const silentLog: Log = pino({ level: 'silent' })
