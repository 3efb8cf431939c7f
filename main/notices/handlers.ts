import type { ActivityFacts } from '#shared/activity.ts'
import { os } from '#main/platform/rpc.ts'
import type { Notices } from './service.ts'

export function noticesHandlers(has: {
  readonly notices: Notices
  readonly stopped: AbortSignal
  note(siteId: null, by: string, text: string, facts: ActivityFacts): void
}) {
  const { notices, stopped } = has
  return os.notices.router({
    settings: os.notices.settings.handler(() => notices.settings()),
    save: os.notices.save.handler(({ input, context }) => {
      const kept = notices.save(input.wanted)
      has.note(null, context.person, 'Changed which notifications are shown', { kind: 'other', result: 'done' })
      return kept
    }),
    listen: os.notices.listen.handler(({ signal }) => notices.listen(signal ? AbortSignal.any([signal, stopped]) : stopped)),
  })
}
