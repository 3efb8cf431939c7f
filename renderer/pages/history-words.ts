import type { PageChange } from '#shared/pages.ts'

type Change = PageChange['changes'][number]

const NAMES: Record<Change['fact'], string> = {
  status: 'Status',
  stored: 'At the edge',
  copy: 'Copy',
  age: 'Time',
  vantage: 'Seen from',
  'served as': 'Served as',
  check: 'Check',
}

const WORDS: Readonly<Record<string, string>> = {
  stored: 'stored',
  'not-stored': 'not stored',
  'asks-always': 'asks the origin every time',
  'in-date': 'in date',
  'stale-allowed': 'refreshes on the next visit',
  past: 'past its time',
}

/** One change of a page's history in words; `from` is null where nothing was known before. */
export function changeWords({ fact, from, to }: Change): { name: string; from: string | null; to: string } {
  if (fact === 'check') return { name: NAMES.check, from: null, to: to === null ? 'answered again' : `failed: ${to}` }
  return { name: NAMES[fact], from: from === null ? null : words(fact, from), to: to === null ? 'not known' : words(fact, to) }
}

const HASH_SHOWN = 12

function words(fact: Change['fact'], value: string): string {
  if (fact === 'copy') return value.replace(/^sha256-/, '').slice(0, HASH_SHOWN)
  return fact === 'stored' || fact === 'age' ? (WORDS[value] ?? value) : value
}
