/** Allows so many a second for each key, with a burst; `take` answers the seconds to wait, 0 when it may go on. */
export interface Rate {
  take(key: string, nowMs: number): number
}

/** @param mostKeys more keys than this are never remembered: the oldest begin anew. */
export function createRate(perSecond: number, burst: number, mostKeys = 10_000): Rate {
  const left = new Map<string, { tokens: number; atMs: number }>()
  return {
    take(key, nowMs) {
      const known = left.get(key) ?? { tokens: burst, atMs: nowMs }
      const tokens = Math.min(burst, known.tokens + ((nowMs - known.atMs) / 1_000) * perSecond)
      const goesOn = tokens >= 1
      left.delete(key)
      left.set(key, { tokens: goesOn ? tokens - 1 : tokens, atMs: nowMs })
      if (left.size > mostKeys) for (const oldest of left.keys()) return left.delete(oldest) && goesOn ? 0 : 1
      return goesOn ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond))
    },
  }
}
