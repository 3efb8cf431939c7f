import { AppError } from '#shared/errors.ts'
import { utcMonthStart, type Clock } from '#main/platform/clock.ts'
import type { AccountPurges, ListedPurge } from '#main/providers/edge.ts'
import type { Others } from './others.ts'
import type { Pace } from './pace.ts'
import type { DistributionReading, Readings } from './readings.ts'

export interface ReadWorld {
  readonly purges: AccountPurges
  readonly pace: Pace
  readonly readings: Readings
  readonly others: Others
  readonly clock: Clock
  /** Told after every step: distributions done, of how many, purges and items that were not known. */
  progress(step: ReadProgress): void
}

export interface ReadProgress {
  readonly done: number
  readonly total: number
  readonly purges: number
  readonly items: number
}

/** Purges may appear in the vendor's list a little later than they were made. */
const OVERLAP_MS = 10 * 60_000
/** Older months are closed, however long nobody has looked. */
const LONGEST_BACK_MS = 93 * 24 * 3_600_000

/**
 * Reads what others sent with an account: every distribution's list from the newest purge back to where it was read
 * before, and the items of those that are not known. Each is counted when it is read, so nothing is lost by stopping.
 * Ends with the reading's state written; throws what makes going on senseless (no network, throttled for long).
 */
export async function readAccount(
  account: string,
  distributionsOfSites: readonly string[],
  world: ReadWorld,
  signal: AbortSignal,
): Promise<ReadProgress> {
  const { readings, purges, pace } = world
  const { round, sinceMs } = readings.begin(account, sinceFor(readings.of(account)?.completed_at ?? null, world.clock()))
  let step: ReadProgress = { done: 0, total: 0, purges: 0, items: 0 }
  let problem: AppError | null = null
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'UNREACHABLE' || error.code === 'THROTTLED') throw error
      // A distribution that was removed has no list any more.
      if (error.code !== 'NOT_FOUND') problem ??= error
    }
  }
  try {
    const listed = new Set<string>()
    await attempt(async () => {
      for (let cursor: string | null = null; ;) {
        const page: Awaited<ReturnType<AccountPurges['distributions']>> = await pace.run(
          () => purges.distributions(cursor, signal),
          signal,
        )
        for (const id of page.ids) listed.add(id)
        if (page.next === null) break
        cursor = page.next
      }
    })
    // Without the list, the distributions of the sites are read all the same.
    const ids = problem === null ? listed : new Set([...listed, ...distributionsOfSites])
    step = { ...step, total: ids.size }
    for (const id of ids) {
      const reading = readings.distribution(account, id)
      if (reading.done_round < round)
        await attempt(() =>
          readDistribution({ account, id, round, sinceMs, reading }, world, signal, (items) => {
            step = { ...step, purges: step.purges + 1, items: step.items + items }
            world.progress(step)
          }),
        )
      step = { ...step, done: step.done + 1 }
      world.progress(step)
    }
    if (problem === null) readings.complete(account, sinceMs, ids.size)
    else readings.fail(account, wordsOf(problem), false)
    return step
  } catch (error) {
    if (!signal.aborted && error instanceof AppError) readings.fail(account, wordsOf(error), true)
    throw error
  }
}

/** From the month in which the account was last read completely: its last days may have been missed. */
function sinceFor(completedAtMs: number | null, nowMs: number): number {
  return utcMonthStart(Math.max(nowMs - LONGEST_BACK_MS, Math.min(nowMs, completedAtMs ?? nowMs)))
}

interface Pass {
  readonly account: string
  readonly id: string
  readonly round: number
  readonly sinceMs: number
  readonly reading: DistributionReading
}

async function readDistribution(
  pass: Pass,
  world: ReadWorld,
  signal: AbortSignal,
  found: (items: number) => void,
): Promise<void> {
  const { account, id, round, sinceMs, reading } = pass
  const covered = reading.covered_from !== null && reading.covered_to !== null && reading.covered_from <= sinceMs
  const fromMs = covered ? (reading.covered_to ?? sinceMs) - OVERLAP_MS : sinceMs
  const goesOn = reading.pass_from !== null && reading.pass_from <= fromMs
  let cursor = goesOn ? reading.marker : null
  let newestMs = goesOn ? reading.pass_to : null
  let neighbourMs = newestMs ?? world.clock()
  for (;;) {
    const page = await nextPage(world, id, cursor, signal)
    if (page === null) {
      // The place in the list is gone: from the top. What was counted stays counted.
      cursor = null
      continue
    }
    for (const listed of page.purges) {
      if (listed.createdAtMs !== null && listed.createdAtMs < fromMs) continue
      const dated = listed.createdAtMs !== null
      neighbourMs = listed.createdAtMs ?? neighbourMs
      newestMs = dated ? Math.max(newestMs ?? neighbourMs, neighbourMs) : newestMs
      if (world.others.knows(account, id, listed.remoteId)) continue
      const purge = await world.pace.run(() => world.purges.read(id, listed.remoteId, signal), signal)
      if (purge === null) continue
      const createdAtMs = listed.createdAtMs ?? purge.createdAtMs
      const whose = world.others.take(account, id, {
        ...purge,
        createdAtMs: createdAtMs ?? neighbourMs,
        dated: createdAtMs !== null,
      })
      if (whose !== 'here') found(purge.items.length)
    }
    cursor = page.next
    if (cursor === null || reaches(page.purges, fromMs)) break
    world.readings.save(account, id, { ...reading, marker: cursor, pass_from: fromMs, pass_to: newestMs })
  }
  world.readings.save(account, id, {
    done_round: round,
    covered_from: covered ? reading.covered_from : sinceMs,
    covered_to: Math.max(newestMs ?? fromMs, covered ? (reading.covered_to ?? fromMs) : fromMs),
    marker: null,
    pass_from: null,
    pass_to: null,
  })
}

/** Null when the vendor does not know the cursor any more. */
async function nextPage({ purges, pace }: ReadWorld, id: string, cursor: string | null, signal: AbortSignal) {
  try {
    return await pace.run(() => purges.list(id, cursor, signal), signal)
  } catch (error) {
    if (cursor !== null && error instanceof AppError && error.code === 'BAD_INPUT') return null
    throw error
  }
}

/** The list is ordered by time: once a page ends before the wanted instant, so do all after it. */
function reaches(purges: readonly ListedPurge[], fromMs: number): boolean {
  const last = purges.findLast(({ createdAtMs }) => createdAtMs !== null)
  return last?.createdAtMs !== undefined && last.createdAtMs !== null && last.createdAtMs < fromMs
}

function wordsOf({ message, details }: AppError): { message: string; fix: string | null } {
  return { message, fix: details.fix ?? null }
}
