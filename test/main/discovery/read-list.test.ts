import { describe, expect, test } from 'vitest'
import { readList, type ListEntry } from '#main/discovery/read-list.ts'

/** The text in parts of seven characters, as a slow disk might give it. */
async function* parts(text: string, length = 7): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length)
}

async function read(text: string, length?: number): Promise<ListEntry[]> {
  const entries: ListEntry[] = []
  for await (const entry of readList(parts(text, length))) entries.push(entry)
  return entries
}
const texts = async (text: string) => (await read(text)).map((entry) => `${entry.line} ${entry.text}`)

describe('A list is read', () => {
  test('line by line, with every line end, and the numbers of the lines', async () => {
    expect(await texts('/a\r\n\n  \n/b,c\n/d;e\r\n/f')).toEqual(['1 /a', '4 /b,c', '5 /d;e', '6 /f'])
  })
  test('as CSV by its header, wherever the column is', async () => {
    expect(await texts('title;URL;n\n"A;1";/a;1\nB;/b;2\n')).toEqual(['2 /a', '3 /b'])
    expect(await texts('path,title\n"/a,b","says ""hi"""\n/c,x\n')).toEqual(['2 /a,b', '3 /c'])
    expect(await texts('url\n/a\n/b,c\n')).toEqual(['2 /a', '3 /b'])
  })
  test('as CSV without one when every line is cut alike, by its first column', async () => {
    expect(await texts('/a\t1\n/b\t2\n')).toEqual(['1 /a', '2 /b'])
    expect(await texts('Page name;Visits\n/a;1\n/b;2\n')).toEqual(['2 /a', '3 /b'])
  })
  test('with cells over several lines', async () => {
    expect(await texts('url,title\n/a,"two\nlines"\n/b,x\n')).toEqual(['2 /a', '4 /b'])
  })
  test('when it is empty', async () => {
    expect(await read('')).toEqual([])
    expect(await read('\n\n')).toEqual([])
  })
})

describe('What cannot be read is one refused line', () => {
  test('a quote that is never closed takes no other line with it', async () => {
    const lines = Array.from({ length: 120 }, (_, at) => `/p${at},x`)
    const entries = await read(['url,title', '/a,"open', ...lines].join('\n'))
    expect(entries.filter((entry) => entry.refused).map((entry) => [entry.line, entry.refused?.reason])).toEqual([
      [2, 'A quote is opened and not closed.'],
    ])
    expect(entries.filter((entry) => !entry.refused).map((entry) => entry.text)).toEqual(lines.map((line) => line.split(',')[0]))
  })
  test('a line of 10 MB, in a list and in CSV', async () => {
    const long = 'x'.repeat(10_000_000)
    for (const head of ['/first', 'url,title\n/first,x']) {
      const entries = await read(`${head}\n/${long}\n/last,y`.replace('/last,y', head === '/first' ? '/last' : '/last,y'), 65_536)
      expect(entries.map((entry) => entry.refused?.reason ?? entry.text)).toEqual([
        '/first',
        'The line is longer than 64 KiB.',
        '/last',
      ])
    }
  })
})
