import { AppError } from '#shared/errors.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'

/** Writes down how uses of credentials ended. */
export interface Uses {
  /** Runs one use, and passes on what comes of it. */
  of<T>(name: string, act: string, work: () => Promise<T>, noteOf?: (done: T) => string): Promise<T>
  /** A use that was made to try it. */
  tell(name: string, result: 'ok' | 'refused' | 'unreachable', message: string): void
}

/** A credential in use is used many times a second. */
const WRITE_EVERY_MS = 60_000

export function createUses({ raw }: Pick<Database, 'raw'>, clock: Clock): Uses {
  const use = raw.prepare(`INSERT INTO credentials (name, used_at, result, message) VALUES (@name, @nowMs, @result, @message)
    ON CONFLICT (name) DO UPDATE SET used_at = @nowMs, result = @result, message = @message`)
  const keepAct =
    raw.prepare(`INSERT INTO credential_acts (name, act, at, allowed, note) VALUES (@name, @act, @nowMs, @allowed, @note)
    ON CONFLICT (name, act) DO UPDATE SET at = @nowMs, allowed = @allowed, note = @note`)
  const written = new Map<string, { readonly atMs: number; readonly said: string }>()

  /** At most once a minute, or when there is something else to say. */
  function isNews(key: string, said: string, nowMs: number): boolean {
    const last = written.get(key)
    if (last?.said === said && nowMs - last.atMs < WRITE_EVERY_MS && nowMs >= last.atMs) return false
    written.set(key, { atMs: nowMs, said })
    return true
  }

  function used(name: string, result: Result, note: string): void {
    const nowMs = clock()
    const message = result === 'ok' ? null : note
    if (isNews(name, `${result} ${message}`, nowMs)) use.run({ name, nowMs, result, message })
  }

  function acted(name: string, act: string, result: Result, note: string): void {
    used(name, result, note)
    if (result === 'unreachable') return
    const nowMs = clock()
    const allowed = result === 'ok' ? 1 : 0
    if (isNews(`${name} ${act}`, `${allowed} ${note}`, nowMs)) keepAct.run({ name, act, nowMs, allowed, note })
  }

  return {
    tell: used,
    async of(name, act, work, noteOf = () => '') {
      try {
        const done = await work()
        acted(name, act, 'ok', noteOf(done))
        return done
      } catch (error) {
        const result = resultOf(error)
        if (result !== null && error instanceof AppError) acted(name, act, result, error.message)
        throw error
      }
    },
  }
}

type Result = 'ok' | 'refused' | 'unreachable'

/** Null: the credential was let in, or was not asked for. */
function resultOf(error: unknown): Result | null {
  if (!(error instanceof AppError)) return null
  if (error.code === 'CREDENTIALS_REFUSED') return 'refused'
  return error.code === 'UNREACHABLE' ? 'unreachable' : null
}
