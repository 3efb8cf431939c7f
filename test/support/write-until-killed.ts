import { join } from 'node:path'
import { markOpen } from '#main/platform/database-check.ts'
import { openDatabase } from '#main/platform/database.ts'

// A program that writes charges until it is killed, and says once how many are safe.
const [, , dataFolder = ''] = process.argv
const db = await openDatabase(join(dataFolder, 'frostline.db'))
markOpen(dataFolder)
const insert = db.raw.prepare(
  `INSERT INTO ledger (at, account, purge_id, kind, items, month) VALUES (1, 'a', ?, 'counted', 1, '2026-11')`,
)
for (let n = 0; ; n += 1) {
  insert.run(`purge-${n}`)
  if (n === 50) process.stdout.write('50')
  if (n % 10 === 0) await new Promise((resolve) => setImmediate(resolve))
}
