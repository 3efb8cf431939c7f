import { expect, test } from 'vitest'
import { pairHeaders } from '#shared/header-pairs.ts'

test('Headers are aligned by name, whatever its letter case; what differs comes first', () => {
  const edge = [
    ['etag', '"a"'],
    ['Cache-Control', 's-maxage=60'],
    ['x-cache', 'Hit'],
    ['content-type', 'text/html'],
  ] as const
  const origin = [
    ['ETag', '"b"'],
    ['cache-control', 's-maxage=60'],
    ['Content-Type', 'text/html'],
    ['vary', 'accept'],
  ] as const
  expect(pairHeaders(edge, origin)).toEqual([
    { name: 'etag', edge: '"a"', origin: '"b"', difference: 'differs' },
    { name: 'vary', edge: null, origin: 'accept', difference: 'differs' },
    { name: 'cache-control', edge: 's-maxage=60', origin: 's-maxage=60', difference: 'none' },
    { name: 'content-type', edge: 'text/html', origin: 'text/html', difference: 'none' },
    { name: 'x-cache', edge: 'Hit', origin: null, difference: 'edge-own' },
  ])
})

test('Several values of a field are one, as their receiver reads them', () => {
  expect(
    pairHeaders(
      [
        ['vary', 'a'],
        ['Vary', 'b'],
      ],
      [['vary', 'a, b']],
    ),
  ).toEqual([{ name: 'vary', edge: 'a, b', origin: 'a, b', difference: 'none' }])
})

test('What an edge says of its own answer is no difference of the copy', () => {
  expect(
    pairHeaders(
      [
        ['age', '12'],
        ['date', 'then'],
      ],
      [['date', 'now']],
    ).map(({ difference }) => difference),
  ).toEqual(['edge-own', 'edge-own'])
})
