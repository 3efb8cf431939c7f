import { expect, test } from 'vitest'
import { readDoc } from '#renderer/diagnosis/read-doc.ts'

test('a documentation page is read block by block, without its title and name', () => {
  const text = [
    '# Older deploy',
    '',
    '`older-deploy`',
    '',
    'The edge keeps',
    'an earlier page.',
    '## What mends it',
    '- Purge it:',
    '  1 item.',
    '- Wait.',
    '',
    '1. Ask.',
    '',
    '| header | means |',
    '|---|:--|',
    '| `age` | a\\|b |',
    '```http',
    'age: 12',
    '',
    '# not a title',
    '```',
  ].join('\n')
  expect(readDoc(text, 'older-deploy')).toEqual([
    { kind: 'text', text: 'The edge keeps an earlier page.' },
    { kind: 'heading', text: 'What mends it' },
    { kind: 'list', ordered: false, items: ['Purge it: 1 item.', 'Wait.'] },
    { kind: 'list', ordered: true, items: ['Ask.'] },
    {
      kind: 'table',
      rows: [
        ['header', 'means'],
        ['`age`', 'a|b'],
      ],
    },
    { kind: 'code', text: 'age: 12\n\n# not a title' },
  ])
})

test.each(['```\nnever closed', '|', '- ', '#', '## ', '\n\n', '1.', '|---|'])('%j ends', (text) => {
  expect(Array.isArray(readDoc(text, 'older-deploy'))).toBe(true)
})
