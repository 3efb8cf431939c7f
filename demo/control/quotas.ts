/** A bucket that refills steadily. A request larger than the bucket is let through when it is full and leaves a debt. */
export class TokenBucket {
  readonly #perSecond: number
  #tokens: number
  #countedAtMs: number

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond
    this.#tokens = perSecond
    this.#countedAtMs = nowMs
  }

  canTake(count: number, nowMs: number): boolean {
    this.#tokens = Math.min(this.#perSecond, this.#tokens + ((nowMs - this.#countedAtMs) / 1000) * this.#perSecond)
    this.#countedAtMs = nowMs
    return this.#tokens >= Math.min(count, this.#perSecond)
  }

  take(count: number): void {
    this.#tokens -= count
  }
}

/** Quotas on invalidations (CloudFront, "Quotas"): per second for the account, and in progress for each distribution. */
export const itemsPerSecond = 150
export const wildcardsPerSecond = 1
export const itemsInProgress = 3_000
export const wildcardsInProgress = 15
