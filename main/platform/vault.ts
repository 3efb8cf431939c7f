import type { Clock } from './clock.ts'
import type { Database } from './database.ts'
import type { Secrets } from './secrets.ts'

/** The vault, which also writes down when each of its values was entered: never the value. */
export function createVault({ raw }: Pick<Database, 'raw'>, secrets: Secrets, clock: Clock): Secrets {
  const keep = raw.prepare(`INSERT INTO credentials (name, added_at, changed_at) VALUES (@name, @nowMs, @nowMs)
    ON CONFLICT (name) DO UPDATE SET changed_at = @nowMs, result = NULL, message = NULL`)
  const forget = [
    raw.prepare('DELETE FROM credentials WHERE name = ?'),
    raw.prepare('DELETE FROM credential_acts WHERE name = ?'),
  ]
  const forgetActs = raw.prepare('DELETE FROM credential_acts WHERE name = ?')
  return {
    get: secrets.get,
    describe: secrets.describe,
    async set(name, value) {
      const same = (await secrets.get(name).catch(() => null)) === value
      await secrets.set(name, value)
      if (same) return
      keep.run({ name, nowMs: clock() })
      forgetActs.run(name)
    },
    async remove(name) {
      await secrets.remove(name)
      for (const statement of forget) statement.run(name)
    },
  }
}
