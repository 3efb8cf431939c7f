import { FRESHNESS_WORDS, type FreshnessWord } from '#shared/http-cache/freshness.ts'
import type { PageFilter } from '#shared/pages.ts'
import { searchTexts } from '../filter.ts'
import { servedCode, WORD_CODE } from './page-columns.ts'
import type { SiteIndex } from './site-index.ts'

const FRESH = WORD_CODE.fresh
const STALE = WORD_CODE['stale-allowed']
const OUTDATED = WORD_CODE.outdated
const EXPIRED = WORD_CODE.expired

/** The word of every slot at `nowMs`, as codes, in the index's scratch: the stored word, aged by the clock as `wordAt` ages one. */
export function wordsAt(index: SiteIndex, nowMs: number): Uint8Array {
  const { count, words, freshUntil, staleUntil } = index.columns
  const now = index.scratch.words(count)
  now.set(words.subarray(0, count))
  for (let slot = 0; slot < count; slot += 1) {
    const word = now[slot]
    if (word !== FRESH && word !== STALE && word !== OUTDATED) continue
    if (nowMs < (freshUntil[slot] ?? 0)) continue
    if (nowMs < (staleUntil[slot] ?? 0)) {
      if (word === FRESH) now[slot] = STALE
    } else {
      now[slot] = EXPIRED
    }
  }
  return now
}

/** What a filter asks for besides freshness, in the index's scratch: 1 for every slot that has it. `tagIds` are those that its tag names. */
export function matching(index: SiteIndex, filter: PageFilter, tagIds: readonly number[] | null): Uint8Array {
  const { count, zones, served } = index.columns
  const found = index.scratch.found(count)
  if (filter.text) found.set(textMatches(index, filter.text))
  else found.fill(1)
  if (filter.zoneIds?.length) {
    const wanted = new Set(filter.zoneIds)
    const only = wanted.size === 1 ? filter.zoneIds[0] : undefined
    for (let slot = 0; slot < count; slot += 1) {
      if (only === undefined ? !wanted.has(zones[slot] ?? 0) : zones[slot] !== only) found[slot] = 0
    }
  }
  if (filter.servedAs?.length) keepCodes(found, served, filter.servedAs.map(servedCode))
  if (tagIds !== null) index.tags.keep(tagIds, found)
  return found
}

/** Clears `found` where the word is none of these. */
export function keepWords(found: Uint8Array, words: Uint8Array, wanted: readonly FreshnessWord[]): void {
  keepCodes(
    found,
    words,
    wanted.map((word) => WORD_CODE[word]),
  )
}

function keepCodes(found: Uint8Array, codes: Uint8Array, wanted: readonly number[]): void {
  const kept = new Uint8Array(256)
  for (const code of wanted) kept[code] = 1
  for (let slot = 0; slot < found.length; slot += 1) found[slot] = (found[slot] ?? 0) & (kept[codes[slot] ?? 0] ?? 0)
}

/** The last search of each site: rows, counts and the next part are asked with the same text. */
const searched = new WeakMap<SiteIndex, { readonly text: string; readonly found: Uint8Array }>()

function textMatches(index: SiteIndex, text: string): Uint8Array {
  const before = searched.get(index)
  if (before?.text === text && before.found.length === index.count) return before.found
  const found = before?.found.length === index.count ? before.found.fill(0) : new Uint8Array(index.count)
  index.columns.paths.search(searchTexts(text), found)
  searched.set(index, { text, found })
  return found
}

/** The word that a code stands for. */
export const wordOf = (code: number): FreshnessWord => FRESHNESS_WORDS[code] ?? 'unknown'
