/** How many of something may be sent a second, over the whole account. */
export interface TokenBucket {
  /** Milliseconds until `count` may go while `kept` stay for others; 0: now. More than a full bucket waits for a full one. */
  waitMs(count: number, kept: number, nowMs: number): number
  take(count: number, nowMs: number): void
  /**
   * The call that took them lasted so long. The vendor may have counted it at its end, so what was refilled meanwhile is
   * taken back.
   */
  answered(count: number, tookMs: number, nowMs: number): void
}

/** @param perSecond also how many may go at once. */
export function createTokenBucket(perSecond: number): TokenBucket {
  let tokens = perSecond
  let countedAtMs: number | null = null
  const refill = (nowMs: number) => {
    const passedMs = Math.max(0, nowMs - (countedAtMs ?? nowMs))
    tokens = Math.min(perSecond, tokens + (passedMs / 1_000) * perSecond)
    countedAtMs = nowMs
  }
  return {
    waitMs(count, kept, nowMs) {
      refill(nowMs)
      const missing = Math.min(perSecond, count + kept) - tokens
      return missing <= 0 ? 0 : Math.ceil((missing / perSecond) * 1_000)
    },
    take(count, nowMs) {
      refill(nowMs)
      tokens -= count
    },
    answered(count, tookMs, nowMs) {
      refill(nowMs)
      tokens -= Math.min(count, (Math.max(0, tookMs) / 1_000) * perSecond)
    },
  }
}
