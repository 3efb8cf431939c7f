import type { Clock } from './clock.ts'
import { markDamaged } from './database-check.ts'
import { codeOf, isDamage } from './failure-code.ts'
import type { Log } from './log.ts'

/** Notices that the database in use is damaged, whichever thread and whichever work comes upon it. */
export interface DamageWatch {
  /** Keeps it once, for the log and for the next start. Returns whether the error says so. */
  notice(error: unknown): boolean
  /** The log that everything is to write to: failures that nobody waits for are told to it and to nobody else. */
  readonly log: Log
  /** Since when it is known; null while it is not. */
  found(): { readonly sinceMs: number } | null
}

export function watchForDamage(has: {
  readonly dataFolder: string
  readonly clock: Clock
  readonly log: Log
  readonly tell: () => void
}): DamageWatch {
  const { dataFolder, clock, log, tell } = has
  let found: { readonly sinceMs: number } | null = null

  function notice(error: unknown): boolean {
    if (!isDamage(error)) return false
    if (found) return true
    found = { sinceMs: clock() }
    log.error({ err: error, sqlite: codeOf(error) }, 'the database is damaged: the next start looks at all of it')
    try {
      markDamaged(dataFolder)
    } catch (failed) {
      // The mark of an open database stays, so the next start looks at every page at least.
      log.error({ err: failed }, 'the damage could not be marked')
    }
    tell()
    return true
  }
  /** Told once: what fails of it afterwards says nothing new. */
  const once =
    (level: 'warn' | 'error') =>
    (about: unknown, ...words: unknown[]): void => {
      const error = typeof about === 'object' && about !== null && 'err' in about ? about.err : null
      Reflect.apply(log[notice(error) ? 'debug' : level], log, [about, ...words])
    }
  const watched: Pick<Log, 'warn' | 'error'> = { warn: once('warn'), error: once('error') }
  return {
    notice,
    found: () => found,
    log: new Proxy(log, {
      get: (target, name): unknown => (name === 'warn' || name === 'error' ? watched[name] : Reflect.get(target, name)),
    }),
  }
}
