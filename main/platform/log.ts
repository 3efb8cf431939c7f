import { join } from 'node:path'
import pino, { type Logger } from 'pino'

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
  'password',
]

/** Writes to `core.log` in the data folder. Secrets are redacted by name at three depths. */
export function openLog(dataFolder: string, name: string): Log {
  return pino(
    {
      name,
      level: process.env['FROSTLINE_LOG_LEVEL'] ?? 'info',
      redact: { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: '[redacted]' },
    },
    pino.destination({ dest: join(dataFolder, 'core.log'), mkdir: true, sync: false, mode: 0o600 }),
  )
}

export const silentLog: Log = pino({ level: 'silent' })
