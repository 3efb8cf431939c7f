import type { Clock } from '#main/platform/clock.ts'
import { os } from '#main/platform/rpc.ts'
import { diagnose } from './diagnose.ts'
import type { Evidence } from './evidence.ts'

export interface DiagnosisWorld {
  readonly clock: Clock
  /** Asks every layer. Throws `AppError`. */
  collect(input: { readonly url: string; readonly seenAtMs: number | null }, signal?: AbortSignal): Promise<Evidence>
}

export function diagnosisHandlers(world: DiagnosisWorld) {
  return os.diagnosis.router({
    why: os.diagnosis.why.handler(async ({ input, signal }) => diagnose(await world.collect(input, signal))),
    cost: os.diagnosis.cost.handler(() => ({ site: null, sentence: 'About 12 requests to the site. No purges are used.' })),
  })
}
