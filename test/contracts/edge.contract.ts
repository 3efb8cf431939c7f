import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '#shared/errors.ts'
import type { Edge, PurgeReceipt } from '#main/providers/edge.ts'

/** An edge to test, and the same vendor in the ways in which it can be unusable. */
export interface EdgeUnderTest {
  readonly edge: Edge
  /** A path that may be purged. */
  readonly path: string
  /** A tag that may be purged; null when the edge stores none. */
  readonly tag: string | null
  /** False: it does not charge and keeps no references, so that a repetition purges again. */
  readonly keepsReferences?: boolean
  /** The same account, a distribution that does not exist. */
  readonly missing: Edge
  readonly missingId: string
  readonly refused: Edge
  /** Must not appear in any message of `refused`. */
  readonly refusedSecret: string
  readonly unreachable: Edge
  stop(): Promise<void>
}

/** What every edge must do, whoever sells it. */
export function edgeContract(name: string, makeEdge: () => Promise<EdgeUnderTest>): void {
  describe(`${name} is an edge`, () => {
    let under: EdgeUnderTest
    beforeAll(async () => {
      under = await makeEdge()
    }, 120_000)
    afterAll(async () => {
      await under.stop()
    })

    test('describes itself with limits that have a source', async () => {
      const { capabilities, behaviours } = await under.edge.describe()
      expect(capabilities.itemsPerRequest).toBeGreaterThan(0)
      expect(capabilities.tagsPerPage).toBeGreaterThanOrEqual(0)
      expect(capabilities.limitsSource).toMatch(/^https:\/\//)
      expect(capabilities.purgesTags).toBe(under.tag !== null)
      expect(capabilities.tagHeader === null).toBe(!capabilities.purgesTags)
      expect(behaviours.at(-1)?.pattern).toBe('*')
    })

    test('has sensible times in its policies', async () => {
      const { behaviours } = await under.edge.describe()
      const policies = behaviours.map(({ policy }) => policy).filter((policy) => policy !== null)
      for (const { minTtlSeconds, defaultTtlSeconds, maxTtlSeconds, errorTtlSeconds } of policies) {
        expect(minTtlSeconds).toBeGreaterThanOrEqual(0)
        expect(defaultTtlSeconds).toBeGreaterThanOrEqual(0)
        expect(maxTtlSeconds).toBeGreaterThanOrEqual(minTtlSeconds)
        for (const [status, seconds] of Object.entries(errorTtlSeconds)) {
          expect(Number(status)).toBeGreaterThanOrEqual(400)
          expect(seconds).toBeGreaterThanOrEqual(0)
        }
      }
    })

    test('purges a path and completes it', async () => {
      const sent = await under.edge.purge([under.path], newReference())
      expect(sent.remoteId).not.toBe('')
      expect(Number.isInteger(sent.createdAtMs)).toBe(true)
      const completed = await untilCompleted(under.edge, sent)
      expect(completed).toMatchObject({ remoteId: sent.remoteId, createdAtMs: sent.createdAtMs })
    })

    test('purges a prefix and a tag together, or says that it knows no tags', async () => {
      if (under.tag === null) return expect((await under.edge.describe()).capabilities.purgesTags).toBe(false)
      const sent = await under.edge.purge([`${under.path}*`, `#${under.tag}`], newReference())
      await untilCompleted(under.edge, sent)
    })

    test('takes a repeated reference for the same purge, in any order', async () => {
      const reference = newReference()
      const first = await under.edge.purge([under.path, '/other'], reference)
      const second = await under.edge.purge(['/other', under.path], reference)
      if (under.keepsReferences === false) {
        expect((await under.edge.describe()).capabilities.tariff).toMatchObject({ freePerMonth: null, priceMicroDollars: 0 })
        expect(await under.edge.purgeStatus(second.remoteId)).toMatchObject({ state: 'completed' })
      } else expect(second.remoteId).toBe(first.remoteId)
    })

    test('refuses a repeated reference with other items', async ({ skip }) => {
      if (under.keepsReferences === false) skip('It keeps no references.')
      const reference = newReference()
      await under.edge.purge([under.path], reference)
      expect(await refusalOf(under.edge.purge(['/other'], reference))).toMatchObject({ code: 'PROVIDER_REFUSED' })
    })

    test('refuses an empty purge and a wrong item by its place', async () => {
      expect(await refusalOf(under.edge.purge([], newReference()))).toMatchObject({ code: 'BAD_INPUT' })
      expect(await refusalOf(under.edge.purge(['/fine', 'not a path'], newReference()))).toMatchObject({
        code: 'BAD_INPUT',
        details: { field: 'items.1' },
      })
    })

    test('says when a purge is not known', async () => {
      expect(await refusalOf(under.edge.purgeStatus('IDOESNOTEXIST1'))).toMatchObject({ code: 'NOT_FOUND' })
    })

    test('says when the distribution does not exist', async () => {
      for (const attempt of [() => under.missing.describe(), () => under.missing.purge(['/'], newReference())]) {
        const refusal = await refusalOf(attempt())
        expect(refusal.code).toBe('NOT_FOUND')
        expect(refusal.message).toContain(under.missingId)
        expect(refusal.details.fix).toBeTruthy()
      }
    })

    test('says when credentials are refused, and never repeats them', async () => {
      for (const attempt of [() => under.refused.describe(), () => under.refused.purge(['/'], newReference())]) {
        const refusal = await refusalOf(attempt())
        expect(refusal.code).toBe('CREDENTIALS_REFUSED')
        expect(refusal.details.fix).toBeTruthy()
        expect(everythingIn(refusal)).not.toContain(under.refusedSecret)
      }
    })

    test('says when nothing answers, and that it may be tried again', async () => {
      for (const attempt of [() => under.unreachable.describe(), () => under.unreachable.purge(['/'], newReference())]) {
        expect(await refusalOf(attempt())).toMatchObject({ code: 'UNREACHABLE', details: { retryable: true } })
      }
    })

    test('stops when the caller aborts', async () => {
      const reason = new Error('the caller left')
      await expect(under.edge.describe(AbortSignal.abort(reason))).rejects.toBe(reason)
    })
  })
}

let references = 0
function newReference(): string {
  references += 1
  return `contract-${process.pid}-${Date.now()}-${references}`
}

async function untilCompleted(edge: Edge, sent: PurgeReceipt): Promise<PurgeReceipt> {
  const giveUpAt = Date.now() + 25_000
  for (;;) {
    const receipt = await edge.purgeStatus(sent.remoteId)
    if (receipt.state === 'completed') return receipt
    if (Date.now() > giveUpAt) throw new Error('The purge did not complete within 25 s.')
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
  }
}

/** The `AppError` with which a call fails. */
export async function refusalOf(attempt: Promise<unknown>): Promise<AppError> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('It was expected to fail and did not.')
}

/** All that an error says, its causes included, as it would reach a log. */
export function everythingIn(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? ''
  return [error.name, error.message, error.stack, JSON.stringify(error), everythingIn(error.cause)].join('\n')
}
