import { expect, test } from 'vitest'
import { linesOfFile } from '#renderer/plans/lines-of-file.ts'

test.each([
  ['one a line, with a byte order mark', '\uFEFF/a\r\n\r\n/b\n', '/a\n/b'],
  [
    'a CSV with a heading and other columns',
    'id,url,visits\n1,"https://www.example.com/a",12\n2,/b,9',
    'https://www.example.com/a\n/b',
  ],
  ['semicolons and tabs', 'x;/a\ny\t/b', '/a\n/b'],
  ['a line alone that is none, so that it is told', 'about', 'about'],
])('%s', (_what, text, lines) => {
  expect(linesOfFile(text)).toBe(lines)
})
