import { expect, test } from 'vitest'
import { createReadLine } from '#main/pages/read-line.ts'
import { readLines, toldLines } from '#main/pages/read-lines.ts'
import { checkItem } from '#main/providers/cloudfront/purge-items.ts'
import { SHOP, SITE, storedSite, WWW } from '../../support/stored-site.ts'

const zones = [
  { id: WWW, host: 'www.example.com' },
  { id: SHOP, host: 'shop.example.com' },
]
const readLine = createReadLine(zones, checkItem, undefined, (host) => (host === 'blog.example.org' ? 'The blog' : null))

test('each line is told by itself: pages of any zone, things in no list, and what is wrong with the others', async () => {
  const site = await storedSite()
  const [www, shop] = [site.page('/menu', {}), site.page('/menu', { zone_id: SHOP })]
  const text = [
    '/menu',
    '',
    'https://shop.example.com/menu',
    'SHOP.example.com/menu',
    '/feed.xml',
    '/images/logo.png',
    'https://blog.example.org/a',
    'https://elsewhere.example/a',
    'about',
    '/feed.xml',
  ].join('\n')
  const lines = await readLines(site.db.query, SITE, text, readLine)
  expect(lines.map(({ number, pageIds, unlisted }) => [number, unlisted?.path ?? pageIds])).toEqual([
    [1, [www, shop]],
    [3, [shop]],
    [4, [shop]],
    [5, '/feed.xml'],
    [6, '/images/logo.png'],
    [7, []],
    [8, []],
    [9, []],
  ])
  const told = toldLines(lines)
  expect(told).toMatchObject({ lines: 8, pages: 2, unlistedCount: 2, refusedCount: 3 })
  expect(told.refused.map(({ number, says }) => [number, says])).toEqual([
    [7, 'This is a page of The blog. Choose that site in the menu at the top, and paste it there.'],
    [8, expect.stringMatching(/^elsewhere\.example is no zone of this site/)],
    [9, expect.stringMatching(/^A path begins with a slash/)],
  ])
  site.db.close()
})
