import { AppError } from '#shared/errors.ts'
import type { CollectInput } from './collector.ts'
import { diagnose } from './diagnose.ts'
import type { Evidence } from './evidence.ts'

/** A diagnosis for others than the screen "Why?": its sentence alone; null when nobody can be asked. */
export function createOneSentence(
  collect: (input: CollectInput, signal: AbortSignal) => Promise<Evidence>,
): (url: string, signal: AbortSignal) => Promise<string | null> {
  return async (url, signal) => {
    try {
      return diagnose(await collect({ url, seenAtMs: null, customer: null }, signal)).sentence
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError)) throw error
      return null
    }
  }
}
