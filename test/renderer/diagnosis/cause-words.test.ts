import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CAUSES } from '#shared/diagnosis.ts'
import { CAUSE_NAMES, splitRemedy } from '#renderer/diagnosis/cause-words.ts'

test.each(CAUSES)('%s is named as its documentation page is', (id) => {
  const page = readFileSync(new URL(`../../../docs/causes/${id}.md`, import.meta.url), 'utf8')
  expect(page.split('\n', 1)[0]).toBe(`# ${CAUSE_NAMES[id]}`)
})

test('a remedy is an act and what it costs', () => {
  expect(splitRemedy('Purge this page: 1 item; reaches /a: too')).toEqual({
    title: 'Purge this page',
    consequence: '1 item; reaches /a: too',
  })
  expect(splitRemedy('Check again')).toEqual({ title: 'Check again', consequence: '' })
})
