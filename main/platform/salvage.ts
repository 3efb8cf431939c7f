import BetterSqlite3 from 'better-sqlite3'

/**
 * What cannot be found again: money, purges under way, what was promised to be done, who may come in, what was set, and
 * until when the program ran. Parents come first.
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
  'plan_choices',
  'visit_plans',
  'visit_watches',
  'purge_covers',
  'purge_wishes',
  'automation_pauses',
  'build_settings',
  'switches',
  'later_switches',
  'deploy_runs',
  'deploy_steps',
  'waiting_builds',
  'hook_settings',
  'hook_sources',
  'hook_readings',
  'hook_rules',
  'hook_events',
  'hook_keys',
  'hook_work',
  'content_index',
  'visit_checks',
  'tag_configs',
  'inspection_settings',
  'inspection_runs',
  'network_settings',
  'credentials',
  'credential_acts',
  'notice_settings',
  'budget_notices',
  'desktop_settings',
  'page_views',
  'absences',
  'log',
] as const

/** What stays as the backup has it: pages and what hangs on them are found again; marks are lost. */
const LEFT = [
  'pages',
  'page_history',
  'page_entries',
  'page_visits',
  'page_changes',
  'visit_stamps',
  'tags',
  'page_tags',
  'tag_spellings',
  'crowded_pages',
  'marks',
  'mark_pages',
  'releases',
  'release_files',
  'builds',
  'build_causes',
  'begun_builds',
  'crawl_addresses',
  'freshness_samples',
  'check_answers',
] as const

/** Every table stands in one of the two. */
export const DECIDED: ReadonlySet<string> = new Set([...TABLES, ...LEFT])

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
