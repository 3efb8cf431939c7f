import { describe, expect, test } from 'vitest'
import { CAUSES, Verdict, type CauseId } from '#shared/diagnosis.ts'
import { diagnose } from '#main/diagnosis/diagnose.ts'
import { EXAMPLES } from './examples.ts'

/** Ours never stand in a text that a person reads. */
const SLIPS = /undefined|NaN|\[object|null|Infinity/

describe.each(EXAMPLES)('$cause: $title', ({ cause, evidence, says, notSays }) => {
  const verdict = diagnose(evidence)

  test('is named first, and says why', () => {
    expect(verdict.causes.map(({ id, confidence }) => `${id} ${confidence}`)[0]).toMatch(new RegExp(`^${cause} `))
    expect(verdict.sentence).toMatch(says)
    if (notSays) expect(verdict.sentence).not.toMatch(notSays)
  })

  test('is a verdict as the contract has it, in plain words', () => {
    expect(Verdict.parse(verdict)).toEqual(verdict)
    const texts = [
      verdict.sentence,
      verdict.forCustomer,
      verdict.report,
      ...verdict.causes.flatMap((one) => [
        one.sentence,
        ...one.facts.map((fact) => fact.says),
        ...one.remedies.map((remedy) => remedy.says),
      ]),
    ]
    expect(texts.filter((text) => SLIPS.test(text) || text.trim() === '')).toEqual([])
    expect(verdict.causes[0]?.facts.length).toBeGreaterThan(0)
  })
})

describe.each(EXAMPLES.filter(({ near }) => near !== undefined))('$cause: $title', ({ cause, near }) => {
  test('a near miss is not named so', () => {
    if (near === undefined) throw new Error('no near miss')
    expect(
      diagnose(near)
        .causes.filter(({ confidence }) => confidence !== 'possible')
        .map(({ id }) => id),
    ).not.toContain(cause)
  })
})

test('every cause has an example and a near miss', () => {
  const shown = new Set<CauseId>(EXAMPLES.map(({ cause }) => cause))
  expect(CAUSES.filter((cause) => !shown.has(cause))).toEqual([])
  const missed = new Set<CauseId>(EXAMPLES.filter(({ near }) => near !== undefined).map(({ cause }) => cause))
  expect(CAUSES.filter((cause) => !missed.has(cause))).toEqual([])
})
