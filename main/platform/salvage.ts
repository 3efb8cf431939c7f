import BetterSqlite3 from 'better-sqlite3'

/**
 * What cannot be found again: money, purges under way, what was promised to be done, who may come in, and what was set.
 * Parents come first. Pages, their tags and releases are found again.
 */
const TABLES = [
  'sites',
  'zones',
  'people',
  'ledger',
  'purges',
  'installs',
  'reference_people',
  'account_purges',
  'account_readings',
  'distribution_readings',
  'budget_settings',
  'site_limits',
  'budget_overrides',
  'plans',
  'plan_pages',
  'purge_covers',
  'purge_wishes',
  'automation_pauses',
  'build_settings',
  'later_switches',
  'waiting_builds',
  'hook_settings',
  'hook_sources',
  'hook_readings',
  'hook_rules',
  'hook_events',
  'hook_keys',
  'hook_work',
  'visit_settings',
  'inspection_settings',
  'network_settings',
  'notice_settings',
  'page_views',
  'log',
] as const

/** How many rows of a table were read from the damaged file, and by how many more it holds now. */
export interface Salvaged {
  readonly table: string
  readonly read: number
  readonly added: number
  /** Whether reading stopped at a damaged place. */
  readonly incomplete: boolean
}

type Row = Record<string, unknown>

/**
 * Brings rows that can still be read in a damaged database into a sound one, from both ends of each table. They are newer
 * than what is there, so they go before it: a link that was revoked since stays revoked.
 */
export function salvage(damagedFile: string, soundFile: string): Salvaged[] {
  let damaged: BetterSqlite3.Database
  try {
    damaged = new BetterSqlite3(damagedFile, { readonly: true })
  } catch {
    return []
  }
  const sound = new BetterSqlite3(soundFile)
  try {
    sound.pragma('foreign_keys = ON')
    return TABLES.flatMap((table) => salvageTable(damaged, sound, table) ?? [])
  } finally {
    sound.close()
    damaged.close()
  }
}

function salvageTable(damaged: BetterSqlite3.Database, sound: BetterSqlite3.Database, table: string): Salvaged | null {
  const columns = sound
    .prepare<[string], { name: string }>('SELECT name FROM pragma_table_info(?)')
    .all(table)
    .map(({ name }) => name)
  if (columns.length === 0) return null
  const { rows, incomplete } = readBothWays(damaged, table)
  const [first] = rows
  if (first === undefined) return incomplete ? { table, read: 0, added: 0, incomplete } : null
  const common = columns.filter((name) => name in first)
  const write = sound.prepare(
    `INSERT INTO ${table} (${common.join(', ')}) VALUES (${common.map((name) => `@${name}`).join(', ')})
     ON CONFLICT DO UPDATE SET ${common.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  )
  const count = sound.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck()
  const before = count.get() ?? 0
  sound.transaction(() => {
    for (const row of rows) {
      try {
        write.run(row)
      } catch (error) {
        // A row without its site, or of a shape that this version does not know.
        if (!(error instanceof BetterSqlite3.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT'))) throw error
      }
    }
  })()
  return { table, read: rows.length, added: (count.get() ?? 0) - before, incomplete }
}

/** From the beginning to the first damaged place, then from the end to the last. */
function readBothWays(damaged: BetterSqlite3.Database, table: string): { rows: Row[]; incomplete: boolean } {
  const forward = readUntilDamaged(damaged, `SELECT * FROM ${table}`)
  if (!forward.stopped) return { rows: forward.rows, incomplete: false }
  const backward = readUntilDamaged(damaged, `SELECT * FROM ${table} ORDER BY rowid DESC`)
  return { rows: [...forward.rows, ...backward.rows.toReversed()], incomplete: true }
}

function readUntilDamaged(damaged: BetterSqlite3.Database, sql: string): { rows: Row[]; stopped: boolean } {
  const rows: Row[] = []
  try {
    for (const row of damaged.prepare<[], Row>(sql).iterate()) rows.push(row)
    return { rows, stopped: false }
  } catch {
    return { rows, stopped: true }
  }
}
