import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readReference, writeReference } from '#shared/purge-reference.ts'

const short = fc.stringMatching(/^[a-z0-9]{1,12}$/)

test('A reference says whose install, which person, plan and request it was', () => {
  fc.assert(
    fc.property(short, short, fc.uuid(), fc.integer({ min: 1, max: 999_999 }), (install, person, planId, part) => {
      expect(readReference(writeReference(install, person, planId, part))).toEqual({ install, person, planId, part })
    }),
  )
})

test('References of the first version are still read', () => {
  expect(readReference('frostline-6f1c2d3e-1111-2222-3333-444455556666-12')).toEqual({
    install: null,
    person: null,
    planId: '6f1c2d3e-1111-2222-3333-444455556666',
    part: 12,
  })
})

test.each([
  '',
  'ci-42',
  'frostline',
  'frostline//a/b/1',
  'frostline/A/b/c/1',
  'frostline/a/b/c/0',
  'frostline/a/b/c/1/2',
  'frostline-1',
])('"%s" is none of ours', (text) => expect(readReference(text)).toBeNull())

test('Nothing but short ids gets into a reference', () => {
  for (const person of ['ada@example.com', 'Ada Lovelace', '', 'a/b'])
    expect(() => writeReference('k2m9', person, 'p', 1)).toThrow('short ids')
})

test('Any text is read or refused, never an error', () => {
  fc.assert(fc.property(fc.string(), (text) => void readReference(`frostline/${text}`)))
})
