import type { Raw } from '#main/platform/database.ts'
import type { StoreInput } from './run-task.ts'
import { createResultWriter, type WriteTags } from './store-observations.ts'

/** Writers are kept while a run lasts: preparing their statements and finding tags takes longer than a batch. */
export function createRunStore(db: Raw, tagWriter: (db: Raw, siteId: string) => WriteTags): (input: StoreInput) => void {
  let kept: { readonly runId: number; readonly write: ReturnType<typeof createResultWriter> } | null = null
  const count = db.prepare(`UPDATE inspection_runs SET done = done + @done, failed = failed + @failed, filled = filled + @filled,
    renders = renders + @renders, changed = changed + @changed WHERE id = @runId`)
  return ({ siteId, runId, results, adds }) => {
    if (kept?.runId !== runId) kept = { runId, write: createResultWriter(db, siteId, tagWriter(db, siteId), runId) }
    kept.write(results, () => count.run({ ...adds, runId }))
  }
}
