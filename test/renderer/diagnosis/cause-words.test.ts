import { expect, test } from 'vitest'
import { CAUSES } from '#shared/diagnosis.ts'
import { CAUSE_NAMES, splitRemedy } from '#renderer/diagnosis/cause-words.ts'

test('every cause has a name of its own', () => {
  expect(new Set(CAUSES.map((id) => CAUSE_NAMES[id])).size).toBe(CAUSES.length)
})

test('a remedy is an act and what it costs', () => {
  expect(splitRemedy('Purge this page: 1 item; reaches /a: too')).toEqual({
    title: 'Purge this page',
    consequence: '1 item; reaches /a: too',
  })
  expect(splitRemedy('Check again')).toEqual({ title: 'Check again', consequence: '' })
})
