import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CAUSES, Verdict, type CauseId } from '#shared/diagnosis.ts'
import { derive } from '#main/diagnosis/derive.ts'
import { diagnose } from '#main/diagnosis/diagnose.ts'
import { anyEvidence } from '../../support/any-evidence.ts'

const BAD_PLACEHOLDER = /\{\{(?!time:-?\d{1,16}\}\})/
const SLIPS = /\bundefined\b|\bNaN\b|\[object |\bInfinity\b/
/** Each says that the copy is other than what the origin has. */
const OLD: ReadonlySet<CauseId> = new Set([
  'older-deploy',
  'old-copy',
  'skeleton-stored',
  'dependency-changed',
  'stale-while-revalidate',
  'purge-in-progress',
  'switch-in-progress',
])
/** Words from outside that a text may repeat are not slips of ours. */
const words = (text: string) => text.replace(/\{\{time:-?\d+\}\}/g, '')

function* texts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) yield* texts(inner)
}

function* instants(value: unknown): Generator<number> {
  if (value === null || typeof value !== 'object') return
  for (const [key, inner] of Object.entries(value)) {
    if (key.endsWith('Ms') && inner !== null) yield Number(inner)
    else yield* instants(inner)
  }
}

test('20,000 evidences of every kind give a whole verdict each', () => {
  const named = new Set<CauseId>()
  fc.assert(
    fc.property(anyEvidence, (evidence) => {
      const verdict = diagnose(evidence)
      const [first] = verdict.causes
      if (first === undefined || verdict.sentence.trim() === '' || verdict.sentence !== first.sentence)
        throw new Error('no verdict')
      for (const { id } of verdict.causes) named.add(id)
      for (const atMs of instants(verdict)) if (!Number.isFinite(atMs)) throw new Error('an instant is none')
      const { url: _url, ...shown } = verdict
      const told = {
        ...shown,
        causes: verdict.causes.map((cause) => ({ ...cause, remedies: cause.remedies.map(({ says }) => says) })),
      }
      for (const text of texts(told)) if (BAD_PLACEHOLDER.test(text)) throw new Error(`a bad placeholder: ${text}`)
      const ours = [
        verdict.forCustomer,
        verdict.sharedCache.says,
        verdict.browser.says,
        ...(verdict.rightByItself ? [verdict.rightByItself.says] : []),
      ]
      for (const text of ours) if (SLIPS.test(words(text)) || text.trim() === '') throw new Error(`a slip: ${text}`)
      if (new Set(verdict.causes.map(({ id }) => id)).size !== verdict.causes.length) throw new Error('a cause is named twice')
      for (const cause of verdict.causes) if (cause.sentence.trim() === '') throw new Error('an empty sentence')
      const ids = verdict.causes.map(({ id }) => id)
      const different = derive(evidence).content.is === 'different'
      const proven = verdict.causes.some(({ id, confidence }) => confidence === 'proven' && OLD.has(id))
      if (ids.includes('fresh-and-right') && (different || proven)) throw new Error('right, and proven otherwise')
      if (verdict.chain.length !== 6) throw new Error('a chain with a link missing')
    }),
    { numRuns: 20_000 },
  )
  // Otherwise the evidences are too much alike to show anything.
  expect(CAUSES.filter((cause) => !named.has(cause))).toEqual([])
}, 120_000)

test('the same evidence gives the same verdict, as the contract has it', () => {
  fc.assert(
    fc.property(anyEvidence, (evidence) => {
      const verdict = diagnose(evidence)
      expect(diagnose(structuredClone(evidence))).toEqual(verdict)
      expect(Verdict.parse(verdict)).toEqual(verdict)
    }),
    { numRuns: 500 },
  )
})
