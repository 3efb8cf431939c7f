/** The three numbers that describe a {@link DemoClock}; they are stored so that a restart continues the same time. */
export interface ClockSettings {
  readonly realBaseMs: number
  readonly demoBaseMs: number
  readonly factor: number
}

/**
 * The demo's own time: it follows the machine's clock until someone speeds it up or lets it jump. Ages, lifetimes,
 * `Date` headers and all stored instants use it; short waits (timers) stay in real time.
 */
export class DemoClock {
  #settings: ClockSettings
  readonly #save: (settings: ClockSettings) => void

  constructor(stored: ClockSettings | null, save: (settings: ClockSettings) => void) {
    const now = Date.now()
    this.#settings = stored ?? { realBaseMs: now, demoBaseMs: now, factor: 1 }
    this.#save = save
  }

  get factor(): number {
    return this.#settings.factor
  }

  /** Milliseconds since the epoch, in the demo's time. */
  nowMs(): number {
    const { realBaseMs, demoBaseMs, factor } = this.#settings
    return Math.floor(demoBaseMs + (Date.now() - realBaseMs) * factor)
  }

  /** RFC 3339 in UTC with milliseconds. */
  nowIso(): string {
    return new Date(this.nowMs()).toISOString()
  }

  /** Changes the speed and/or jumps ahead. Time never runs backwards. */
  change(change: { readonly factor?: number; readonly advanceSeconds?: number }): void {
    const demoNowMs = this.nowMs() + Math.max(0, change.advanceSeconds ?? 0) * 1000
    this.#settings = {
      realBaseMs: Date.now(),
      demoBaseMs: demoNowMs,
      factor: change.factor ?? this.#settings.factor,
    }
    this.#save(this.#settings)
  }

  /** Back to the machine's time, at its speed. */
  reset(): void {
    const now = Date.now()
    this.#settings = { realBaseMs: now, demoBaseMs: now, factor: 1 }
    this.#save(this.#settings)
  }
}
