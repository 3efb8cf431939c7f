import type { ActivityFacts } from '#shared/activity.ts'
import type { Raw } from '#main/platform/database.ts'
import { os } from '#main/platform/rpc.ts'
import { answeringRule, type KeepFiles } from './answering-rule.ts'
import type { Builds } from './service.ts'

export function buildsHandlers(has: {
  readonly builds: Builds
  readonly db: Raw
  readonly keepFiles: KeepFiles
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
  readonly stopped: AbortSignal
}) {
  return os.builds.router({
    list: os.builds.list.handler(({ input }) => has.builds.list(input.siteId)),
    rule: os.builds.rule.handler(({ input }) => answeringRule(has.db, has.keepFiles, input.siteId, input.address)),
    trigger: os.builds.trigger.handler(async ({ input, context }) => {
      const { build, ended } = await has.builds.trigger(input.siteId, input.title)
      const note = (text: string, result: ActivityFacts['result'] & string) =>
        has.note(input.siteId, context.person, text, { kind: 'build', result, about: { kind: 'build', id: build.id } })
      note(`Rebuild started: ${build.title}`, 'begun')
      ended.then(
        (last) =>
          note(
            `Rebuild ${last.state}${last.release ? `: release ${last.release.id}` : ''}`,
            last.state === 'failed' || last.state === 'cancelled' ? last.state : 'done',
          ),
        () => {
          // A core that stops follows no build any more, which says nothing of the build.
          if (!has.stopped.aborted) note('Rebuild: the build service answers no longer.', 'failed')
        },
      )
      return build
    }),
    cancel: os.builds.cancel.handler(async ({ input }) => {
      await has.builds.cancel(input.buildId)
      return { requested: true }
    }),
    log: os.builds.log.handler(async function* ({ input, signal }) {
      const ends = signal ? AbortSignal.any([signal, has.stopped]) : has.stopped
      for await (const line of has.builds.log(input.buildId, ends)) yield { line }
    }),
  })
}
