import { randomInt } from 'node:crypto'
import type { DemoDatabase } from '../platform/database.ts'
import type { Zone } from '../platform/zones.ts'
import type { Gift, Lolly, LollyList, MenuItem, Stock } from './stock.ts'

const idLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

export interface NewLolly {
  readonly flavour: string
  readonly recipient: string
  readonly message: string
  readonly sender: string
}

/** The content that the site is built from. */
export class ContentStore {
  readonly #database: DemoDatabase
  readonly #zones: readonly Zone[]

  constructor(database: DemoDatabase, zones: readonly Zone[]) {
    this.#database = database
    this.#zones = zones
  }

  /** Everything a build reads, in one transaction. */
  stock(): Stock {
    return this.#database.transaction((): Stock => ({
      zones: this.#zones,
      lollies: this.#database
        .prepare<[], Lolly>('SELECT id, name, flavour, recipient, message, sender, createdOn FROM lollies ORDER BY sequence DESC')
        .all(),
      lists: this.lists(),
      gifts: this.#database.prepare<[], Gift>('SELECT slug, title, text FROM gifts ORDER BY position').all(),
      mainMenu: this.menu('main-menu'),
      footer: this.menu('footer'),
      aboutText:
        this.#database.prepare<[string], { text: string }>('SELECT text FROM texts WHERE key = ?').get('about')?.text ?? '',
      ssrPaths: this.#database
        .prepare<[], { path: string }>('SELECT path FROM ssrPages ORDER BY position')
        .all()
        .map(({ path }) => path),
    }))()
  }

  lists(): readonly LollyList[] {
    return this.#database.prepare<[], LollyList>('SELECT slug, tagId, title, colour, intro FROM lists ORDER BY position').all()
  }

  lolly(id: string): Lolly | null {
    return (
      this.#database
        .prepare<[string], Lolly>('SELECT id, name, flavour, recipient, message, sender, createdOn FROM lollies WHERE id = ?')
        .get(id) ?? null
    )
  }

  lollyCount(): number {
    return this.#database.prepare<[], { count: number }>('SELECT count(*) AS count FROM lollies').get()?.count ?? 0
  }

  /** Lollies whose name or message contains the words, newest first, at most 20. */
  search(words: string): readonly Lolly[] {
    const pattern = `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
    return this.#database
      .prepare<[string, string], Lolly>(
        `SELECT id, name, flavour, recipient, message, sender, createdOn FROM lollies
        WHERE name LIKE ? ESCAPE '\\' OR message LIKE ? ESCAPE '\\' ORDER BY sequence DESC LIMIT 20`,
      )
      .all(pattern, pattern)
  }

  addLolly(lolly: NewLolly, createdOn: string): Lolly {
    const list = this.lists().find((candidate) => candidate.slug === lolly.flavour)
    const id = Array.from({ length: 10 }, () => idLetters.charAt(randomInt(idLetters.length))).join('')
    const stored: Lolly = { ...lolly, id, name: `${list?.title ?? 'Plain'} lolly for ${lolly.recipient}`, createdOn }
    this.#database
      .prepare(
        `INSERT INTO lollies (id, name, flavour, recipient, message, sender, createdOn)
       VALUES (@id, @name, @flavour, @recipient, @message, @sender, @createdOn)`,
      )
      .run(stored)
    return stored
  }

  menu(id: 'main-menu' | 'footer'): readonly MenuItem[] {
    const row = this.#database.prepare<[string], { items: string }>('SELECT items FROM menus WHERE id = ?').get(id)
    const items: unknown = JSON.parse(row?.items ?? '[]')
    return Array.isArray(items) ? items.filter(isMenuItem) : []
  }

  /** Renames the entry of the main menu that leads to the lists. */
  renameListsEntry(label: string): void {
    const items = this.menu('main-menu').map((item) => (item.href === '/lists' ? { ...item, label } : item))
    this.#database.prepare('UPDATE menus SET items = ? WHERE id = ?').run(JSON.stringify(items), 'main-menu')
  }

  /** @returns false when there is no such list. */
  setListIntro(slug: string, intro: string): boolean {
    return this.#database.prepare('UPDATE lists SET intro = ? WHERE slug = ?').run(intro, slug).changes === 1
  }

  setAboutText(text: string): void {
    this.#database.prepare('UPDATE texts SET text = ? WHERE key = ?').run(text, 'about')
  }
}

function isMenuItem(item: unknown): item is MenuItem {
  return (
    typeof item === 'object' &&
    item !== null &&
    'label' in item &&
    typeof item.label === 'string' &&
    'href' in item &&
    typeof item.href === 'string'
  )
}
