import { describe, expect, test } from 'vitest'
import type { TagRow } from '#shared/tags.ts'
import { lintsOf } from '#renderer/tags/tag-lints.ts'
import { linesOf, nextSort, readTagSort, writeTagSort } from '#renderer/tags/tag-sort.ts'

const row = (tag: string): TagRow => ({
  id: 1,
  tag,
  class: tag.split(':')[0] ?? tag,
  pages: 1,
  htmlPages: 1,
  headerPages: 1,
  changedAtMs: null,
  spellings: [],
  lints: [],
})
const BY_NAME = { by: 'name', descending: false } as const
const shown = (folded: string[]) =>
  linesOf(['a:1', 'a:2', 'b'].map(row), BY_NAME, new Set(folded)).map((line) =>
    line.kind === 'class' ? `${line.name} (${line.shown})` : `${line.inClass ? '  ' : ''}${line.row.tag}`,
  )

describe('Tags by name', () => {
  test('are a tree by class, in which a class of one tag has no line of its own', () => {
    expect(shown([])).toEqual(['a (2)', '  a:1', '  a:2', 'b'])
  })
  test('leave out the tags of a folded class', () => {
    expect(shown(['a'])).toEqual(['a (2)', 'b'])
  })
})

test('Tags by a number are one list', () => {
  const lines = linesOf(['a:1', 'a:2'].map(row), { by: 'pages', descending: true }, new Set())
  expect(lines.map(({ kind }) => kind)).toEqual(['tag', 'tag'])
})

test('The sort is kept in the address, but for the one that is there without it', () => {
  for (const by of ['name', 'pages', 'old', 'changed'] as const)
    for (const descending of [true, false])
      expect(readTagSort(writeTagSort(new URLSearchParams(), { by, descending }))).toEqual({ by, descending })
  expect(writeTagSort(new URLSearchParams('openTag=a'), { by: 'pages', descending: true }).toString()).toBe('openTag=a')
})

test('A click begins with the largest number or the first name, and then turns round', () => {
  expect(nextSort(BY_NAME, 'pages')).toEqual({ by: 'pages', descending: true })
  expect(nextSort({ by: 'pages', descending: true }, 'pages')).toEqual({ by: 'pages', descending: false })
  expect(nextSort({ by: 'pages', descending: true }, 'name')).toEqual(BY_NAME)
})

test('What is wrong with a tag is told in words, with the other ways in which it is written', () => {
  const words = lintsOf({ tag: 'pb-a', spellings: ['PB-A'], lints: ['no-id', 'letter-case'] }, 2)
  expect(words.map(({ says }) => says)).toEqual(['No id', 'Letter case', '> 50 tags on 2'])
  expect(words[1]?.meaning).toContain('pb-a, PB-A')
})
