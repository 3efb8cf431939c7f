import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import * as z from 'zod'
import { startDemo } from '../../demo/start-demo.ts'
import { shiftInstants } from './shift-instants.ts'

/** Names the folder of this run in which prepared stacks lie; a run without it starts every stack from nothing. */
export const PREPARED_FOLDER = 'FROSTLINE_PREPARED_DEMOS'

/** The folder of a release with its hundreds of pages: nobody changes them, so all copies of a stack share them. */
const PAGES = 'zones'

const Made = z.object({ fromMs: z.number(), toMs: z.number() })
const Ports = z.record(z.string(), z.number())

/**
 * Lays a stack that is past its first start into a folder, as if that had been just now. Each of a run's workers has a
 * prepared stack of its own, because addresses with ports stand in built pages. When there is none, or its ports are in
 * use, the folder stays empty and the stack in it has a first start of its own.
 */
export async function layPreparedDemo(dataFolder: string): Promise<void> {
  const slot = process.env['TEST_PARALLEL_INDEX'] ?? process.env['VITEST_POOL_ID']
  const run = process.env[PREPARED_FOLDER]
  if (run === undefined || slot === undefined || existsSync(join(dataFolder, 'demo.db'))) return
  const prepared = join(run, slot)
  if (!existsSync(prepared)) await prepare(prepared)
  const ports = Ports.parse(JSON.parse(readFileSync(join(prepared, 'ports.json'), 'utf8')))
  if (!(await Promise.all(Object.values(ports).map(isFree))).every(Boolean)) return
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  cpSync(prepared, dataFolder, { recursive: true, filter: (path) => basename(path) !== PAGES })
  const { fromMs, toMs } = Made.parse(JSON.parse(readFileSync(join(dataFolder, 'made.json'), 'utf8')))
  bringUpToNow(prepared, dataFolder, fromMs, Math.floor((Date.now() - toMs) / 1000))
}

/** The first start, once for each worker, on ports that neither a desk's stack nor the system's choice gets near. */
async function prepare(folder: string): Promise<void> {
  const making = `${folder}-making`
  rmSync(making, { recursive: true, force: true })
  const fromMs = Date.now()
  const demo = await startDemo({ dataFolder: making, firstPort: 20_000 + 10 * randomInt(1_100) })
  const toMs = Date.now()
  await demo.close()
  writeFileSync(join(making, 'made.json'), JSON.stringify({ fromMs, toMs }))
  renameSync(making, folder)
}

/** Ages and lifetimes are as they were when the first start was over. */
function bringUpToNow(prepared: string, dataFolder: string, fromMs: number, bySeconds: number): void {
  const shift = (text: string): string => shiftInstants(text, fromMs, bySeconds)
  const database = new Database(join(dataFolder, 'demo.db'))
  database.function('shifted', { deterministic: true }, (value: unknown) => (typeof value === 'string' ? shift(value) : value))
  const columns = database
    .prepare<[], { table: string; column: string }>(
      `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m, pragma_table_info(m.name) c
       WHERE m.type = 'table' AND c.type = 'TEXT' AND c.pk = 0`,
    )
    .all()
  database.transaction(() => {
    for (const { table, column } of columns) database.exec(`UPDATE "${table}" SET "${column}" = shifted("${column}")`)
  })()
  database.close()
  const releases = join(dataFolder, 'releases')
  for (const release of readdirSync(releases)) {
    symlinkSync(join(prepared, 'releases', release, PAGES), join(releases, release, PAGES), 'junction')
    for (const name of ['files.json', 'manifest.json']) {
      const file = join(releases, release, name)
      writeFileSync(file, shift(readFileSync(file, 'utf8')))
    }
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
