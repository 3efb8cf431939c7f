/** Waits that end with the demo: closing or resetting it cancels what has not happened yet. */
export class Timers {
  readonly #running = new Set<NodeJS.Timeout>()

  after(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#running.delete(timer)
      action()
    }, delayMs)
    this.#running.add(timer)
  }

  clear(): void {
    for (const timer of this.#running) clearTimeout(timer)
    this.#running.clear()
  }
}

/** How long the slow parts take, in real milliseconds. */
export interface Timings {
  /** A changed distribution is `InProgress` for this long; the PoPs switch within it. */
  readonly deployMs: number
  /** An invalidation is `InProgress` for this long. */
  readonly invalidationMs: number
  /** A PoP removes its copies after a time between these two. */
  readonly purgeFromMs: number
  readonly purgeToMs: number
  /** The writing of a build's pages is spread over this time. */
  readonly buildMs: number
  /** One render of the SSR area takes this long. */
  readonly renderMs: number
}

export const defaultTimings: Timings = {
  deployMs: 8_000,
  invalidationMs: 3_000,
  purgeFromMs: 300,
  purgeToMs: 1_500,
  buildMs: 2_000,
  renderMs: 400,
}
