import { delay, type Clock } from '#main/platform/clock.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Log } from '#main/platform/log.ts'
import type { SampleInput } from './keep-sample.ts'

export interface SamplerWorld {
  readonly clock: Clock
  readonly changes: Changes
  readonly log: Log
  readonly stopped: AbortSignal
  siteIds(): readonly string[]
  /** Counts a site's pages by word and keeps that when it is news. Returns how many pages there are. */
  sample(input: SampleInput): Promise<number>
}

/** A change is seen on the chart after this; freshness that the clock alone changes after the second. */
const SOON_MS = 15_000
const ALWAYS_MS = 60_000
/** Counting so many pages takes seconds. */
const MANY_PAGES = 100_000
const SELDOM_MS = 600_000

/** Takes samples of every site's freshness until the core stops. */
export async function runFreshnessSampler(world: SamplerWorld): Promise<void> {
  const { clock, stopped } = world
  const sampled = new Map<string, { atMs: number; pages: number }>()
  let changed = false
  const watching = watchPages(world, () => (changed = true))
  while (!stopped.aborted) {
    const news: boolean = changed
    const nowMs = clock()
    changed = false
    for (const siteId of world.siteIds()) {
      const last = sampled.get(siteId)
      const everyMs = (last?.pages ?? 0) > MANY_PAGES ? SELDOM_MS : news ? SOON_MS : ALWAYS_MS
      // A clock that was set back waits no longer than a clock that goes on.
      if (last && Math.abs(nowMs - last.atMs) < everyMs) {
        changed ||= news
        continue
      }
      try {
        sampled.set(siteId, { atMs: nowMs, pages: await world.sample({ siteId, nowMs }) })
      } catch (error) {
        if (!stopped.aborted) world.log.warn({ err: error, siteId }, 'a sample of the freshness was not taken')
        sampled.set(siteId, { atMs: nowMs, pages: last?.pages ?? 0 })
      }
    }
    await delay(SOON_MS / 5, stopped).catch(() => {})
  }
  await watching
}

async function watchPages({ changes, stopped }: SamplerWorld, tell: () => void): Promise<void> {
  for await (const { topics } of changes.listen(stopped)) if (topics.includes('pages')) tell()
}
