import type { Timings } from '../platform/timers.ts'

/** How often at most a visitor's browser asks about one page. */
export type CheckMinutes = 1 | 5 | 10

/** What the demo controls may change about the SSR area. */
export interface SsrSettings {
  /** Real milliseconds that one render takes. */
  renderMs: number
  /** Renders end with an error. */
  failing: boolean
  checkMinutes: CheckMinutes
  /** Visit checks purge at most this often within an hour. */
  purgesPerHour: number
}

export function defaultSsrSettings(timings: Timings): SsrSettings {
  return { renderMs: timings.renderMs, failing: false, checkMinutes: 5, purgesPerHour: 60 }
}
