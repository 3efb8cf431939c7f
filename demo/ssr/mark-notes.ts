import type { SsrEntry } from './ssr-entry.ts'

export type EntryMatcher = (entry: Pick<SsrEntry, 'path' | 'cacheTags'>) => boolean

interface Note {
  readonly sequence: number
  readonly on: string
  readonly matches: EntryMatcher
}

/** More than can happen while one render runs. */
const remembered = 200

/** The latest marks. A render that began before a mark that matches it may show the page from before the change. */
export class MarkNotes {
  #notes: Note[] = []
  #sequence = 0

  get sequence(): number {
    return this.#sequence
  }

  add(on: string, matches: EntryMatcher): void {
    this.#sequence += 1
    this.#notes = [...this.#notes.slice(1 - remembered), { sequence: this.#sequence, on, matches }]
  }

  /** When the entry was last marked after that sequence, or null. */
  markedSince(sequence: number, entry: Pick<SsrEntry, 'path' | 'cacheTags'>): string | null {
    return this.#notes.findLast((note) => note.sequence > sequence && note.matches(entry))?.on ?? null
  }
}
