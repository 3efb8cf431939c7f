import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'

const PAGE_BYTES = 4_096

/** Overwrites what holds a table's rows in the database of a data folder, as a failing disk or another program would. */
export function spoilTable(dataFolder: string, table: string): void {
  const file = join(dataFolder, 'frostline.db')
  const raw = new BetterSqlite3(file)
  const leaves = raw
    .prepare<[string], number>(`SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'`)
    .pluck()
    .all(table)
  raw.close()
  if (leaves.length === 0) throw new Error(`${table} has no leaves.`)
  const descriptor = openSync(file, 'r+')
  for (const page of leaves) writeSync(descriptor, Buffer.alloc(PAGE_BYTES, 0xff), 0, PAGE_BYTES, (page - 1) * PAGE_BYTES)
  closeSync(descriptor)
}
