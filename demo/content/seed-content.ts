import type { DemoDatabase } from '../platform/database.ts'
import { asciiOf } from './ascii.ts'
import { adjectives, closings, flavours, gifts, openings, people, shapes } from './flavours.ts'
import { seedSsrPages } from './seed-ssr-pages.ts'

const lollyCount = 320
const idLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

/**
 * Fills an empty database with the same content every time, so that two demos have the same pages. Dates count back
 * from a fixed day for the same reason.
 */
export function seedContent(database: DemoDatabase): void {
  const random = sequenceFrom(20_260_401)
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? ''
  const insertList = database.prepare('INSERT INTO lists (position, slug, tagId, title, colour, intro) VALUES (?, ?, ?, ?, ?, ?)')
  const insertLolly = database.prepare(
    'INSERT INTO lollies (id, name, flavour, recipient, message, sender, createdOn) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const insertGift = database.prepare('INSERT INTO gifts (position, slug, title, text) VALUES (?, ?, ?, ?)')
  const insertMenu = database.prepare('INSERT INTO menus (id, items) VALUES (?, ?)')
  database.transaction(() => {
    for (const [position, [slug, title, colour]] of flavours.entries()) {
      const intro = `${title}: ${pick(adjectives).toLowerCase()}, ${pick(adjectives).toLowerCase()} and gone too soon.`
      insertList.run(position, slug, asciiOf(slug), title, colour, intro)
    }
    const firstDayMs = Date.UTC(2026, 3, 1)
    for (let index = 0; index < lollyCount; index += 1) {
      const [slug, title] = flavours[index % flavours.length] ?? ['lemon', 'Lemon']
      const id = Array.from({ length: 8 }, () => idLetters.charAt(Math.floor(random() * idLetters.length))).join('')
      insertLolly.run(
        id,
        `${pick(adjectives)} ${title} ${pick(shapes)}`,
        slug,
        pick(people),
        `${pick(openings)} ${pick(closings)}`,
        pick(people),
        new Date(firstDayMs + index * 3_600_000).toISOString(),
      )
    }
    for (const [position, [slug, title]] of gifts.entries()) {
      insertGift.run(position, slug, title, `${pick(openings)} The ${title.toLowerCase()} says it in sugar. ${pick(closings)}`)
    }
    insertMenu.run(
      'main-menu',
      JSON.stringify([
        { label: 'Home', href: '/' },
        { label: 'All lists', href: '/lists' },
        { label: 'About', href: '/about' },
      ]),
    )
    insertMenu.run(
      'footer',
      JSON.stringify([
        { label: 'Send a lolly', href: '/new-lolly' },
        { label: 'Delivery', href: '/about/delivery' },
      ]),
    )
    database
      .prepare('INSERT INTO texts (key, text) VALUES (?, ?)')
      .run('about', 'We freeze small kindnesses onto sticks and deliver them by link.')
    seedSsrPages(database)
  })()
}

/** A small deterministic generator (mulberry32): numbers from 0 up to 1. */
function sequenceFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
