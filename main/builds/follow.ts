import { AppError } from '#shared/errors.ts'
import { delay, type Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'
import { markLost, saveBuild } from './store.ts'

const POLL_MS = 700
/** A service that does not answer for this long has lost the build, as far as we can tell. */
const LOST_AFTER_MS = 120_000

export interface FollowContext {
  readonly db: Database
  readonly clock: Clock
  readonly changed: () => void
}

export function hasEnded(build: RemoteBuild): boolean {
  return build.state !== 'queued' && build.state !== 'running'
}

/**
 * Asks a build's status monitor until the build has ended, storing each answer. A service that is down for a while is
 * waited for; one that stays away ends as `UNREACHABLE`.
 */
export async function followBuild(
  context: FollowContext,
  builder: Builder,
  siteId: string,
  first: RemoteBuild,
  signal: AbortSignal,
): Promise<RemoteBuild> {
  const buildId = saveBuild(context.db, siteId, first)
  context.changed()
  let build = first
  let answeredAtMs = context.clock()
  while (!hasEnded(build) && build.statusUrl !== null) {
    await delay(builder.pollMs ?? POLL_MS, signal)
    try {
      const next = await builder.status(build.statusUrl, signal)
      answeredAtMs = context.clock()
      if (JSON.stringify(next) === JSON.stringify(build)) continue
      build = next
      saveBuild(context.db, siteId, build)
      context.changed()
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error
      if (error.code !== 'NOT_FOUND' && context.clock() - answeredAtMs < LOST_AFTER_MS) continue
      markLost(context.db, buildId)
      context.changed()
      throw error
    }
  }
  return build
}
