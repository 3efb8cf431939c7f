import type { Clock } from '#main/platform/clock.ts'
import type { Raw } from '#main/platform/database.ts'
import { createPace, pauseAskedMs, type Pace, type PaceLimits } from './pace.ts'

/** Enough to be quick, few enough not to be a burden for the site. */
export const USUAL_LIMITS: PaceLimits = { parallel: 8, perSecond: null }
/** An answer that asks for a pause is asked for again after it, this often; then it is what the page answers. */
const TIMES_ASKED = 3

/** The turns of each site's requests: all checks on this thread share them. */
export interface Paces {
  of(siteId: string): Pace
  /** Reads a site's settings again. */
  reread(siteId: string): void
}

export function createPaces(db: Raw, clock: Clock): Paces {
  const paces = new Map<string, Pace>()
  const settings = db.prepare<[string], PaceLimits>(
    'SELECT parallel, per_second AS perSecond FROM inspection_settings WHERE site_id = ?',
  )
  const read = (siteId: string) => settings.get(siteId) ?? USUAL_LIMITS
  return {
    of(siteId) {
      const known = paces.get(siteId)
      if (known) return known
      const pace = createPace(clock, read(siteId))
      paces.set(siteId, pace)
      return pace
    },
    reread: (siteId) => paces.get(siteId)?.set(read(siteId)),
  }
}

interface Told {
  readonly status: number
  header(name: string): string | undefined
}

/** Sends a request when it is its turn, and once more after each pause that the answer asks for. */
export async function inTurn<A extends Told>(
  pace: Pace,
  clock: Clock,
  signal: AbortSignal,
  paused: () => void,
  send: () => Promise<A>,
): Promise<A> {
  for (let times = 1; ; times += 1) {
    const turn = pace.turn(signal)
    if (turn) await turn
    let answer: A
    try {
      answer = await send()
      const pauseMs = pauseAskedMs(answer.status, answer.header('retry-after'), clock())
      if (pauseMs === null) return answer
      pace.slowDown(clock() + pauseMs)
    } finally {
      pace.done()
    }
    paused()
    if (times === TIMES_ASKED) return answer
  }
}
