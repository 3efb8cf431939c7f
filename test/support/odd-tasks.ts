import { parentPort } from 'node:worker_threads'
import BetterSqlite3 from 'better-sqlite3'
import { AppError } from '#shared/errors.ts'
import { serveTasks } from '#main/platform/workers.ts'

const damage = () => new BetterSqlite3.SqliteError('database disk image is malformed', 'SQLITE_CORRUPT_VTAB')

/** What a test lets a work thread do, above all what goes wrong. */
const tasks = {
  echo: async (input: { text: string }) => input.text,
  count: async (input: { to: number }, report: (at: number) => void) => {
    for (let at = 1; at <= input.to; at += 1) report(at)
    return input.to
  },
  refuse: async (): Promise<string> => {
    throw new AppError('BAD_INPUT', 'Not that.', { field: 'text' })
  },
  fail: async (): Promise<string> => {
    throw new TypeError('a secret detail')
  },
  wait: (_input: object, _report: unknown, signal: AbortSignal) =>
    new Promise<string>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
    }),
  crash: async (): Promise<string> => {
    setTimeout(() => {
      throw new Error('crashed')
    })
    return new Promise(() => {})
  },
  damaged: async (): Promise<string> => {
    throw damage()
  },
  fallDamaged: async (): Promise<string> => {
    setTimeout(() => {
      throw damage()
    })
    return new Promise(() => {})
  },
  exit: async (): Promise<string> => process.exit(3),
  uncloneable: async () => () => 'a function',
}
export type OddTasks = typeof tasks

if (parentPort) serveTasks(parentPort, tasks)
