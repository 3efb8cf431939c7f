import type { DemoClock } from '../platform/clock.ts'
import type { Timers, Timings } from '../platform/timers.ts'
import type { Pop } from '../edge/pop.ts'
import { AwsError } from './aws-error.ts'
import { checkItems, isWildcard } from './invalidation-items.ts'
import type { Invalidation, InvalidationStore } from './invalidation-store.ts'
import { itemsInProgress, itemsPerSecond, TokenBucket, wildcardsInProgress, wildcardsPerSecond } from './quotas.ts'

export interface InvalidationsParts {
  readonly store: InvalidationStore
  readonly clock: DemoClock
  readonly timers: Timers
  readonly timings: Timings
  readonly pops: readonly Pop[]
  /** The distribution that the PoPs belong to; the other one has nothing to purge. */
  readonly distributionId: string
}

export interface InvalidationRequest {
  readonly distributionId: string
  readonly callerReference: string
  readonly quantity: number
  readonly items: readonly string[]
}

/** Accepts invalidations and carries them out at the PoPs. */
export class Invalidations {
  readonly #parts: InvalidationsParts
  readonly #items = new TokenBucket(itemsPerSecond, Date.now())
  readonly #wildcards = new TokenBucket(wildcardsPerSecond, Date.now())

  constructor(parts: InvalidationsParts) {
    this.#parts = parts
  }

  /**
   * @returns the invalidation; an earlier one when the caller reference and the items are the same.
   * @throws AwsError as the API would.
   */
  create(request: InvalidationRequest): Invalidation {
    checkItems(request.items, request.quantity)
    if (request.callerReference === '') throw new AwsError(400, 'InvalidArgument', 'The caller reference is empty.')
    const earlier = this.#parts.store.byReference(request.distributionId, request.callerReference)
    if (earlier !== null) {
      if (sameItems(earlier.items, request.items)) return earlier
      throw new AwsError(
        409,
        'InvalidationBatchAlreadyExists',
        'An invalidation batch with this caller reference and other paths already exists.',
      )
    }
    this.#takeQuota(request)
    const { store, clock } = this.#parts
    const invalidation = store.add(request.distributionId, request.callerReference, request.items, clock.nowIso())
    const { purgeFromMs, purgeToMs } = this.#parts.timings
    this.#carryOut(invalidation, () => purgeFromMs + Math.random() * (purgeToMs - purgeFromMs))
    return invalidation
  }

  /** After a restart: what was in progress reaches the PoPs at once. */
  resume(): void {
    for (const invalidation of this.#parts.store.inProgress()) this.#carryOut(invalidation, () => 0)
  }

  #carryOut(invalidation: Invalidation, delayMs: () => number): void {
    const { timers, timings, pops, store, distributionId } = this.#parts
    if (invalidation.distributionId === distributionId) {
      for (const pop of pops) timers.after(delayMs(), () => pop.purge(invalidation.items))
    }
    timers.after(timings.invalidationMs, () => store.complete(invalidation.id))
  }

  #takeQuota(request: InvalidationRequest): void {
    const nowMs = Date.now()
    const wildcards = request.items.filter(isWildcard).length
    const open = this.#parts.store.inProgress().filter((other) => other.distributionId === request.distributionId)
    const openItems = open.reduce((sum, other) => sum + other.items.length, 0)
    const openWildcards = open.reduce((sum, other) => sum + other.items.filter(isWildcard).length, 0)
    const refused =
      openItems + request.items.length > itemsInProgress ||
      openWildcards + wildcards > wildcardsInProgress ||
      !this.#items.canTake(request.items.length, nowMs) ||
      (wildcards > 0 && !this.#wildcards.canTake(wildcards, nowMs))
    if (refused) {
      throw new AwsError(
        400,
        'TooManyInvalidationsInProgress',
        'Processing your request will cause you to exceed the maximum number of in-progress invalidations.',
      )
    }
    this.#items.take(request.items.length)
    this.#wildcards.take(wildcards)
  }
}

/** The same items in any order are the same request. */
function sameItems(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && [...left].sort().join('\n') === [...right].sort().join('\n')
}
