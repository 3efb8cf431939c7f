import { AppError } from '#shared/errors.ts'
import { delay } from '#main/platform/clock.ts'
import type { LocalRelease, PublishedRelease, Publisher, PublishOutcome, PublishProgress } from '#main/providers/publisher.ts'
import type { ReleaseStore, StoredRelease } from '#main/providers/release-store.ts'
import type { SwitchSeen } from './run-deploy.ts'
import { hasEnded, type StoredRun } from './run-store.ts'

interface PublisherParts {
  readonly releases: ReleaseStore
  readonly stopped: AbortSignal
  start(release: LocalRelease): Promise<{ readonly run: StoredRun; readonly ended: Promise<StoredRun> }>
  cancel(runId: string): void
  lastOf(releaseId: string): StoredRun | null
  progressOf(runId: string): PublishProgress | null
  liveId(): Promise<string | null>
  switchTo(releaseId: string): Promise<{ readonly id: string }>
  findSwitch(switchId: string): SwitchSeen | null
}

const LOOK_MS = 200

/** Publishes to the bucket of one site, by deploys that survive a crash. */
export function createPublisher(parts: PublisherParts): Publisher {
  const { releases, stopped } = parts
  const published = ({ id, title, publishedAtMs, place }: StoredRelease): PublishedRelease => {
    return { id, title, publishedAtMs, place }
  }
  async function need(releaseId: string): Promise<PublishedRelease> {
    const found = (await releases.list(stopped)).find(({ id }) => id === releaseId)
    if (found) return published(found)
    throw new AppError('NOT_FOUND', `The release ${releaseId} does not lie in ${releases.name} any more.`, { retryable: false })
  }
  return {
    async publish(release, signal, onProgress) {
      const { run, ended } = await parts.start(release)
      const cancel = () => parts.cancel(run.id)
      signal.addEventListener('abort', cancel, { once: true })
      if (signal.aborted) cancel()
      for (let last: StoredRun | null = null; last === null;) {
        last = await Promise.race([ended, delay(LOOK_MS).then(() => null)])
        const progress = parts.progressOf(run.id)
        if (progress) onProgress(progress)
      }
      signal.removeEventListener('abort', cancel)
      stopped.throwIfAborted()
      const { state, message } = await ended
      if (state === 'cancelled') throw signal.reason
      if (state === 'failed') throw new AppError('CONFLICT', message, { retryable: false })
      return need(release.id)
    },
    async live(signal) {
      const id = await parts.liveId()
      const found = (await releases.list(signal)).find((release) => release.id === id)
      return found ? published(found) : null
    },
    async outcomeOf(releaseId) {
      const run = parts.lastOf(releaseId)
      return run && { state: outcomeState(run.state), message: run.message, endedAtMs: run.endedAtMs }
    },
    list: async (limit, signal) => (await releases.list(signal)).slice(0, limit).map(published),
    async rollBack(releaseId, signal) {
      const { id } = await parts.switchTo(releaseId)
      for (;;) {
        const seen = parts.findSwitch(id)
        if (seen?.state === 'done') return need(releaseId)
        if (seen === null || seen.state === 'failed' || seen.state === 'cancelled') {
          throw new AppError('CONFLICT', seen?.message ?? 'The switch is not known any more.', { retryable: false })
        }
        await delay(LOOK_MS, signal ? AbortSignal.any([signal, stopped]) : stopped)
      }
    },
    // The store belongs to the site's connections.
    close() {},
  }
}

function outcomeState(state: StoredRun['state']): PublishOutcome['state'] {
  if (!hasEnded(state)) return 'under way'
  if (state === 'held') return 'held'
  return state === 'done' ? 'published' : 'failed'
}
