/** Hands each message to everybody who listens at that moment, in order; who listens later gets later ones only. */
export interface TellAll<T> {
  /** How many heard it. */
  tell(message: T): number
  listen(signal: AbortSignal | undefined): AsyncGenerator<T, void>
}

/** Messages that wait for a listener who does not take them: older ones are dropped then. */
const WAITING_AT_MOST = 100

export function createTellAll<T>(): TellAll<T> {
  const listeners = new Set<(message: T) => void>()
  return {
    tell(message) {
      for (const hear of listeners) hear(message)
      return listeners.size
    },
    async *listen(signal) {
      const waiting: T[] = []
      let wake = () => {}
      const hear = (message: T) => {
        waiting.push(message)
        if (waiting.length > WAITING_AT_MOST) waiting.shift()
        wake()
      }
      const end = () => wake()
      listeners.add(hear)
      signal?.addEventListener('abort', end)
      try {
        for (;;) {
          if (signal?.aborted) return
          const next = waiting.shift()
          if (next !== undefined) yield next
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        listeners.delete(hear)
        signal?.removeEventListener('abort', end)
      }
    },
  }
}
