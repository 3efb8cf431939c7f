import { checkAll, NOTHING_YET, type CheckProgress } from './check-all.ts'
import type { PageToCheck } from './inspect-page.ts'
import { createPageReader } from './pages-to-check.ts'
import { createInspector, type CheckContext } from './site-inspector.ts'
import { createResultWriter } from './store-observations.ts'

export interface CheckInput {
  readonly siteId: string
  readonly pageIds: readonly number[]
}

/** Pages that are read at a time. */
const READ_AHEAD = 200

/** Adds what a batch brought to what was there. */
export function sumOf(progress: CheckProgress, adds: CheckProgress): CheckProgress {
  return {
    done: progress.done + adds.done,
    filled: progress.filled + adds.filled,
    failed: progress.failed + adds.failed,
    renders: progress.renders + adds.renders,
    changed: progress.changed + adds.changed,
  }
}

/**
 * Checks pages and stores what was found, in the given order. Cancelling stops between pages; what was found by then is
 * kept. One page's failure is its own result.
 */
export async function checkPages(
  context: CheckContext,
  input: CheckInput,
  report: (progress: CheckProgress) => void,
  signal: AbortSignal,
): Promise<CheckProgress> {
  const { db, clock } = context
  const read = createPageReader(db, input.siteId)
  const write = createResultWriter(db, input.siteId, context.tagWriter(db, input.siteId))
  let progress = NOTHING_YET
  let at = 0
  let ahead: PageToCheck[] = []
  await checkAll(
    {
      clock,
      inspector: createInspector(context, input.siteId, () => {}),
      lanes: Math.min(input.pageIds.length, context.paces.of(input.siteId).limits.parallel),
      rendersAtMost: Number.POSITIVE_INFINITY,
      next() {
        while (ahead.length === 0 && at < input.pageIds.length) {
          ahead = read(input.pageIds.slice(at, at + READ_AHEAD)).reverse()
          at += READ_AHEAD
        }
        return ahead.pop() ?? null
      },
      async write(results, adds) {
        write(results)
        progress = sumOf(progress, adds)
        report(progress)
      },
    },
    signal,
  )
  context.endMarks(db, input.siteId, clock())
  return progress
}
