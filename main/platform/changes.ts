import type { Topic } from '#shared/activity.ts'

/** Tells every open panel which of its questions have new answers. */
export interface Changes {
  tell(...topics: Topic[]): void
  /** Yields what has changed since the last look, several changes at once when they come quickly. */
  listen(signal: AbortSignal | undefined): AsyncGenerator<{ topics: Topic[] }, void>
}

/** The shortest time between two messages to one listener: a check of 1,000 pages must not be 1,000 messages. */
const QUIET_MS = 150

export function createChanges(): Changes {
  const listeners = new Set<(topics: readonly Topic[]) => void>()
  return {
    tell: (...topics) => listeners.forEach((listener) => listener(topics)),
    async *listen(signal) {
      const pending = new Set<Topic>()
      let wake = () => {}
      const listener = (topics: readonly Topic[]) => {
        for (const topic of topics) pending.add(topic)
        wake()
      }
      const end = () => wake()
      listeners.add(listener)
      signal?.addEventListener('abort', end)
      try {
        for (;;) {
          if (signal?.aborted) return
          if (pending.size === 0)
            await new Promise<void>((resolve) => {
              wake = resolve
            })
          if (signal?.aborted) return
          yield { topics: takeAll(pending) }
          await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
        }
      } finally {
        listeners.delete(listener)
        signal?.removeEventListener('abort', end)
      }
    },
  }
}

function takeAll(pending: Set<Topic>): Topic[] {
  const all = [...pending]
  pending.clear()
  return all
}
