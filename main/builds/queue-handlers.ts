import type { ActivityFacts } from '#shared/activity.ts'
import { AppError } from '#shared/errors.ts'
import type { Changes } from '#main/platform/changes.ts'
import { os } from '#main/platform/rpc.ts'
import type { BuildQueueService } from './queue.ts'
import { readPast, readQueue, type QueueViewWorld } from './queue-view.ts'

export interface QueueFeature extends QueueViewWorld {
  readonly queue: BuildQueueService
}

export function queueHandlers({
  changes,
  note,
  ...feature
}: QueueFeature & {
  readonly changes: Changes
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}) {
  const { queue, settings } = feature
  return os.buildQueue.router({
    get: os.buildQueue.get.handler(({ input }) => readQueue(feature, input.siteId)),
    past: os.buildQueue.past.handler(({ input }) => readPast(feature, input.siteId)),
    request: os.buildQueue.request.handler(({ input, context }) =>
      queue.request(input.siteId, { source: context.person, cause: 'Rebuild from Frostline', person: true }),
    ),
    runNow: os.buildQueue.runNow.handler(({ input }) => {
      if (!queue.runNow(input.siteId)) throw nothingWaits()
      return { begun: true }
    }),
    cancel: os.buildQueue.cancel.handler(({ input, context }) => {
      if (!queue.cancel(input.siteId)) throw nothingWaits()
      note(input.siteId, context.person, 'Took the waiting build away', { kind: 'build', result: 'cancelled' })
      return { cancelled: true }
    }),
    save: os.buildQueue.save.handler(({ input, context }) => {
      settings.save(input.siteId, input.settings)
      note(input.siteId, context.person, 'Changed when the site is built by itself', { kind: 'build', result: 'done' })
      changes.tell('buildQueue')
      return settings.read(input.siteId)
    }),
  })
}

function nothingWaits(): AppError {
  return new AppError('CONFLICT', 'No build waits any more: it has begun, or somebody else took it away.', {
    fix: 'See the list of builds.',
  })
}
