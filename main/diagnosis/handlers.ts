import type { Clock } from '#main/platform/clock.ts'
import { os } from '#main/platform/rpc.ts'
import type { CollectInput } from './collector.ts'
import { costOf } from './cost.ts'
import { diagnose } from './diagnose.ts'
import type { Evidence } from './evidence.ts'
import { createRateLimit } from './rate-limit.ts'
import type { SubjectWorld } from './subject.ts'

export interface DiagnosisWorld extends SubjectWorld {
  readonly clock: Clock
  readonly stopped: AbortSignal
  /** Asks every layer. Throws `AppError`. */
  collect(input: CollectInput, signal: AbortSignal): Promise<Evidence>
  /** The page was asked for just now: its row in the list must not go on saying what was seen before. */
  sawPage(siteId: string, pageId: number): void
}

export function diagnosisHandlers(world: DiagnosisWorld) {
  const limit = createRateLimit(world.clock)
  return os.diagnosis.router({
    why: os.diagnosis.why.handler(async ({ input, context, signal }) => {
      const ended = limit.begin(context.person, context.role)
      try {
        const ends = signal ? AbortSignal.any([signal, world.stopped]) : world.stopped
        const verdict = diagnose(await world.collect(input, ends))
        if (input.seenAtMs === null && verdict.site !== null && verdict.pageId !== null)
          world.sawPage(verdict.site.id, verdict.pageId)
        return verdict
      } finally {
        ended()
      }
    }),
    cost: os.diagnosis.cost.handler(({ input }) => costOf(world, input.url, world.clock())),
  })
}
