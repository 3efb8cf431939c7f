import { expect, test } from 'vitest'
import { slimHar } from '#renderer/diagnosis/slim-har.ts'

const entry = (url: string, body = '<p>menu</p>') => ({
  startedDateTime: '2026-11-21T10:00:00.000Z',
  request: { url, cookies: [{ name: 'sid', value: 's3cret' }], headers: [{ name: 'cookie', value: 'sid=s3cret' }] },
  response: {
    status: 200,
    cookies: [{ name: 'sid', value: 's3cret' }],
    headers: [
      { name: 'Set-Cookie', value: 'sid=s3cret' },
      { name: 'age', value: '12' },
    ],
    content: { text: body },
  },
  timings: { wait: 30 },
  _fromCache: 'disk',
})
const har = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } })
const PAGE = 'https://www.example.com/menu?x=1'

test('only the asked page is kept, with what tells of its copy', () => {
  const text = slimHar(har(entry(PAGE), entry('https://www.example.com/app.js'), 'broken'), 'https://www.example.com/menu')
  expect(JSON.parse(text)).toEqual({
    log: {
      entries: [
        {
          startedDateTime: '2026-11-21T10:00:00.000Z',
          request: { url: PAGE },
          response: { status: 200, headers: [{ name: 'age', value: '12' }], content: { text: '<p>menu</p>' } },
          timings: { wait: 30 },
          _fromCache: 'disk',
        },
      ],
    },
  })
})

test('no cookie is left, sent or set', () => {
  expect(slimHar(har(entry(PAGE)), PAGE)).not.toContain('s3cret')
})

test.each(['www.example.com/menu', '<https://www.example.com/menu>.', '“www.example.com/menu”,'])(
  'the page is found for an address pasted as %s',
  (url) => expect(slimHar(har(entry(PAGE)), url)).toContain('menu?x=1'),
)

test.each(['age: 12\nx-cache: Hit', '{"log":', '{"entries":[]}', '', '{'])('%j is no HAR and stays as it is', (text) => {
  expect(slimHar(text, PAGE)).toBe(text)
})
