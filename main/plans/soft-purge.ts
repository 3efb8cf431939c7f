import { delay } from '#main/platform/clock.ts'

/** A page is rendered within seconds, or something is wrong with it. */
const WAITS_MS = [500, 2_000, 8_000]

/**
 * A softly purged copy is given out once more while the new one is fetched: the first look sees the old page and begins
 * that fetch. So pages that are still old are looked at again, a few times and ever later.
 */
export async function lookAgain(
  stillOld: () => Promise<readonly number[]>,
  check: (pageIds: readonly number[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (const waitMs of WAITS_MS) {
    const pageIds = await stillOld()
    if (pageIds.length === 0 || signal.aborted) return
    await delay(waitMs, signal).catch(() => undefined)
    if (!signal.aborted) await check(pageIds)
  }
}
