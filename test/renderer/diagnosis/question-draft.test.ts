import { expect, test } from 'vitest'
import { pasteOf } from '#renderer/diagnosis/pastes.ts'
import { draftOf, fieldOf, readDraft } from '#renderer/diagnosis/question-draft.ts'

const NOON = new Date(2026, 10, 21, 12).getTime()
const DRAFT = { url: ' https://www.example.com/menu ', at: '', paste: '' }

test('an address alone asks about now', () => {
  expect(readDraft(DRAFT, NOON)).toEqual({ url: 'https://www.example.com/menu', atMs: null, paste: null })
})

test('a question fills the form as it was typed, what the customer got included', () => {
  const read = readDraft({ ...DRAFT, at: '2026-11-21T09:30:00', paste: 'age: 12' }, NOON)
  if ('field' in read) throw new Error(read.message)
  expect(read.atMs).toBe(new Date(2026, 10, 21, 9, 30).getTime())
  expect(pasteOf(read.paste)).toBe('age: 12')
  expect(draftOf(read)).toEqual({ url: 'https://www.example.com/menu', at: '2026-11-21T09:30:00', paste: 'age: 12' })
})

test('the same text sent along is the same question', () => {
  const one = readDraft({ ...DRAFT, paste: 'x-cache: Hit' }, NOON)
  expect(readDraft({ ...DRAFT, paste: 'x-cache: Hit' }, NOON)).toEqual(one)
  expect(readDraft({ ...DRAFT, paste: 'x-cache: Miss' }, NOON)).not.toEqual(one)
})

test.each([
  ['url', { url: '  ' }],
  ['at', { at: 'soon' }],
  ['at', { at: '2026-11-21T12:00:01' }],
  ['paste', { paste: 'x'.repeat(1_000_001) }],
])('what is wrong names its field: %s', (field, wrong) => {
  expect(readDraft({ ...DRAFT, ...wrong }, NOON)).toMatchObject({ field })
})

test('an error of the core is said at the field that it is about', () => {
  expect(['url', 'seenAtMs', 'customer.text', 'pageId', null].map(fieldOf)).toEqual(['url', 'at', 'paste', null, null])
})
