import { AppError } from '#shared/errors.ts'
import type { Clock } from '#main/platform/clock.ts'

const A_MINUTE = 20
const MINUTE_MS = 60_000

/**
 * Who may ask how often: 20 a minute a person, one at a time. The owner is not limited. `begin` throws `THROTTLED`; call
 * what it returns when the asking has ended.
 */
export function createRateLimit(clock: Clock): { begin(person: string, role: string): () => void } {
  const asked = new Map<string, number[]>()
  const running = new Set<string>()
  return {
    begin(person, role) {
      if (role === 'owner') return () => {}
      const nowMs = clock()
      const lately = (asked.get(person) ?? []).filter((atMs) => nowMs - atMs < MINUTE_MS)
      if (running.has(person)) {
        throw throttled('One diagnosis of yours is still running.', 'Wait for its answer, then ask again.')
      }
      const [oldestMs] = lately
      if (oldestMs !== undefined && lately.length >= A_MINUTE) {
        const seconds = Math.max(1, Math.ceil((oldestMs + MINUTE_MS - nowMs) / 1_000))
        throw throttled(
          `${A_MINUTE} pages were asked about within a minute, and each costs the site requests.`,
          `Ask again in ${seconds} s.`,
        )
      }
      asked.set(person, [...lately, nowMs])
      running.add(person)
      return () => void running.delete(person)
    },
  }
}

const throttled = (sentence: string, fix: string) => new AppError('THROTTLED', sentence, { fix, retryable: true })
