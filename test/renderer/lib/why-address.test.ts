import { expect, test } from 'vitest'
import { looksLikeAddress, readAskedAbout, whyPath } from '#renderer/lib/why-address.ts'

const back = (path: string) => readAskedAbout(new URL(path, 'http://panel').searchParams)

test('a question comes back from the address of its screen, whatever is in it', () => {
  for (const atMs of [null, Date.UTC(2026, 10, 21, 14, 2)]) {
    const asked = { url: 'https://www.example.com/a b/?q=1&r=%20#x', atMs }
    expect(back(whyPath(asked))).toEqual(asked)
  }
})

test('an address without a page asks nothing, and an instant that cannot be read is now', () => {
  expect(back('/why')).toBeNull()
  expect(back('/why?url=%20')).toBeNull()
  expect(back('/why?url=x.example&at=yesterday')).toEqual({ url: 'x.example', atMs: null })
})

test.each([
  'https://www.example.com',
  'http://localhost:4180/lists/cherry',
  'www.example.com',
  'lollies.localhost:4180',
  'shop.example/menu?x=1',
  ' https://example.com/ ',
])('%s is the address of a page', (text) => expect(looksLikeAddress(text)).toBe(true))

test.each([
  '',
  'menu',
  '/lists/cherry',
  'pb-menu:main-menu',
  'index.html',
  'spring menu.com/x',
  'https://',
  'mailto:a@example.com',
])('“%s” is something to search for', (text) => expect(looksLikeAddress(text)).toBe(false))
