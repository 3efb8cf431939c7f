import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Migration } from './migrations-early.ts'
import { MIGRATIONS } from './migrations.ts'
import type { Tables } from './schema.ts'

export type Raw = BetterSqlite3.Database

/**
 * Single statements. A transaction over `await`s is left out on purpose: on one connection, statements of other calls
 * would slip into it. `Database.transact` is the transaction.
 */
export type Query = Pick<Kysely<Tables>, 'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom'>

/** One connection: Kysely for queries, the raw handle for bulk writes in one transaction. */
export interface Database {
  readonly query: Query
  readonly raw: Raw
  /** Runs `work` in one immediate transaction: all of it is written, or nothing. */
  transact<T>(work: () => T): T
  close(): void
}

/** The database was written by a newer program. Its message is for the person at the panel. */
export class NewerDatabaseError extends Error {
  override readonly name = 'NewerDatabaseError'
}

/**
 * Opens the database file, bringing its schema up to date first when `migrate` is set. Before each migration a copy is
 * kept beside it (`….before-N.backup`). Throws `NewerDatabaseError` when a newer program has written it.
 */
export async function openDatabase(
  file: string,
  options: { readonly migrate: boolean; readonly migrations?: readonly Migration[] } = { migrate: true },
): Promise<Database> {
  mkdirSync(dirname(file), { recursive: true })
  const raw = new BetterSqlite3(file)
  try {
    raw.pragma('journal_mode = WAL')
    // The ledger and the queue must survive a power cut, not only a crash.
    raw.pragma('synchronous = FULL')
    raw.pragma('foreign_keys = ON')
    raw.pragma('busy_timeout = 10000')
    raw.pragma('cache_size = -32768')
    if (options.migrate) await migrate(raw, file, options.migrations ?? MIGRATIONS)
  } catch (error) {
    raw.close()
    throw error
  }
  return wrap(raw)
}

function wrap(raw: Raw): Database {
  const query = new Kysely<Tables>({ dialect: new SqliteDialect({ database: raw }) })
  return {
    query,
    raw,
    transact: (work) => raw.transaction(work).immediate(),
    close: () => raw.close(),
  }
}

async function migrate(raw: Raw, file: string, migrations: readonly Migration[]): Promise<void> {
  const applied = Number(raw.pragma('user_version', { simple: true }))
  if (applied > migrations.length) {
    throw new NewerDatabaseError(
      `The data in ${dirname(file)} was written by a newer Frostline (schema ${applied}, this one knows ${migrations.length}). ` +
        'Start the newer one, or choose another data folder with --data.',
    )
  }
  for (const [index, migration] of migrations.entries()) {
    if (index < applied) continue
    // A file that was made just now has nothing to lose.
    if (applied > 0) await raw.backup(join(dirname(file), `frostline.before-${index + 1}.backup`))
    raw.transaction(() => {
      raw.exec(migration.sql)
      raw.pragma(`user_version = ${index + 1}`)
    })()
  }
}
