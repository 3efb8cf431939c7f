import { AppError } from '#shared/errors.ts'
import type { Database } from '#main/platform/database.ts'
import type { Connections } from './connections.ts'
import { isNoAccess, NO_ACCESS } from './no-access.ts'

/**
 * Reads the distribution and stores what it says. A failure keeps the last reading and stores the sentence, so that
 * lifetimes still come from what was known. Returns whether it could be read. Nothing is stored once `signal` is aborted: the
 * answer may be of a distribution that is not the site's any more.
 */
export async function describeEdge(
  db: Database,
  connections: Connections,
  siteId: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const edge = await connections.edge(siteId)
    const distribution = await edge.describe()
    if (signal.aborted) return false
    await db.query
      .updateTable('sites')
      .set({ edge_json: JSON.stringify(distribution), edge_problem: null, edge_failure: null })
      .where('id', '=', siteId)
      .execute()
    return true
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (signal.aborted) return false
    const problem = error.details.fix ? `${error.message} ${error.details.fix}` : error.message
    await db.query
      .updateTable('sites')
      .set({ edge_problem: problem, edge_failure: isNoAccess(error) ? NO_ACCESS : error.code })
      .where('id', '=', siteId)
      .execute()
    return false
  }
}
