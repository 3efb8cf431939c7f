import type { DemoDatabase } from '../platform/database.ts'
import type { CacheTag } from '../site/html.ts'
import { asciiOf } from './ascii.ts'
import { flavours } from './flavours.ts'
import type { SsrPage } from './ssr-content.ts'

const freshFlavours = 10
const seasons = ['spring', 'summer', 'autumn', 'winter']

/** Fills the SSR area of an empty database: 12 pages under `/fresh` and 41 under `/menu-card`, the indexes first. */
export function seedSsrPages(database: DemoDatabase): void {
  const insert = database.prepare('INSERT INTO ssrPages (position, path, title, text, tags) VALUES (?, ?, ?, ?, ?)')
  for (const [position, page] of ssrPages().entries()) {
    insert.run(position, page.path, page.title, page.text, JSON.stringify(page.tags))
  }
}

function ssrPages(): readonly SsrPage[] {
  const page = (path: string, title: string, text: string, ...tags: readonly CacheTag[]): SsrPage => ({
    path,
    title,
    text,
    tags,
  })
  return [
    page('/fresh', 'Fresh', 'What came out of the mould within the hour.', { class: 'pb-fresh' }),
    page('/fresh/today', 'Fresh today', 'Frozen this morning, gone tonight.', { class: 'pb-fresh', id: 'today' }),
    page('/menu-card', 'Menu card', 'Every lolly with its season and its price.', { class: 'pb-pages-list' }),
    ...flavours.slice(0, freshFlavours).map(([slug, title]) =>
      page(`/fresh/${encodeURIComponent(slug)}`, `Fresh ${title.toLowerCase()}`, `${title}, half an hour old.`, {
        class: 'pb-fresh',
        id: asciiOf(slug),
      }),
    ),
    ...flavours.map(([slug, title], index) => {
      const season = seasons[index % seasons.length] ?? ''
      const text = `${title} lolly, best in ${season}: ${String(120 + ((index * 35) % 140))} cents on a birch stick.`
      return page(
        `/menu-card/${encodeURIComponent(slug)}`,
        `${title} on the menu card`,
        text,
        { class: 'pb-card', id: asciiOf(slug) },
        { class: 'pb-season', id: season },
      )
    }),
  ]
}
