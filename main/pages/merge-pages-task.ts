import { canonicalPath, PageRules } from '#shared/page-identity.ts'
import type { RulesPreview } from '#shared/discovery.ts'
import type { Raw } from '#main/platform/database.ts'
import { createPageMerger } from './page-merger.ts'
import { CHUNK } from './write-pages.ts'

export interface RulesInput {
  readonly siteId: string
  readonly rules: PageRules
}

interface PageRef {
  readonly id: number
  readonly zone_id: number
  readonly path: string
}

const EXAMPLES = 6
let previews = 0

/** Counts what the rules would do to the pages that are known. What it must remember lies in the database's temporary file. */
export async function previewRules(db: Raw, { siteId, rules }: RulesInput, signal: AbortSignal): Promise<RulesPreview> {
  const table = `temp.becoming_${(previews += 1)}`
  db.exec(`CREATE TABLE ${table} (zone_id INTEGER, path TEXT, PRIMARY KEY (zone_id, path)) WITHOUT ROWID`)
  try {
    // By idempotence, a page that has the wanted path already keeps it.
    const holder = db.prepare<[number, string], { id: number }>('SELECT id FROM pages WHERE zone_id = ? AND path = ?')
    const claim = db.prepare(`INSERT OR IGNORE INTO ${table} VALUES (?, ?)`)
    const preview = { total: 0, renamed: 0, merged: 0, examples: [] as RulesPreview['examples'] }
    for await (const chunk of chunks(db, siteId, signal)) {
      preview.total += chunk.length
      for (const page of chunk) {
        const { path, changedBy } = canonicalPath(page.path, rules)
        if (path === page.path) continue
        const merges = holder.get(page.zone_id, path) !== undefined || claim.run(page.zone_id, path).changes === 0
        preview[merges ? 'merged' : 'renamed'] += 1
        if (preview.examples.length < EXAMPLES) preview.examples.push({ from: page.path, to: path, by: [...changedBy], merges })
      }
    }
    return preview
  } finally {
    db.exec(`DROP TABLE ${table}`)
  }
}

/** Gives every page the address that the rules want, and merges those that become one. Stopping it keeps what was done. */
export async function mergePages(
  db: Raw,
  { siteId, rules }: RulesInput,
  report: (progress: { done: number; renamed: number; merged: number }) => void,
  signal: AbortSignal,
): Promise<{ renamed: number; merged: number }> {
  const holder = db.prepare<[number, string], { id: number }>('SELECT id FROM pages WHERE zone_id = ? AND path = ?')
  const rename = db.prepare('UPDATE pages SET path = ? WHERE id = ?')
  const merge = createPageMerger(db)
  const total = { done: 0, renamed: 0, merged: 0 }
  for await (const chunk of chunks(db, siteId, signal)) {
    db.transaction(() => {
      for (const page of chunk) {
        const { path } = canonicalPath(page.path, rules)
        if (path === page.path) continue
        const into = holder.get(page.zone_id, path)
        if (into) merge(page.id, into.id)
        else rename.run(path, page.id)
        total[into ? 'merged' : 'renamed'] += 1
      }
    }).immediate()
    total.done += chunk.length
    report(total)
  }
  return total
}

/** Between chunks the core thread may write, and other tasks run. */
async function* chunks(db: Raw, siteId: string, signal: AbortSignal): AsyncGenerator<PageRef[]> {
  // The + keeps to the order of the table: an index of the site would be sorted anew for each chunk.
  const select = db.prepare<[string, number], PageRef>(
    `SELECT id, zone_id, path FROM pages WHERE +site_id = ? AND id > ? ORDER BY id LIMIT ${CHUNK}`,
  )
  for (let after = 0; ;) {
    signal.throwIfAborted()
    const chunk = select.all(siteId, after)
    const last = chunk.at(-1)
    if (!last) return
    yield chunk
    after = last.id
    await new Promise((resolve) => setImmediate(resolve))
  }
}
