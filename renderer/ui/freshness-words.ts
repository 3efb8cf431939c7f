import type { FreshnessWord } from '#shared/http-cache/freshness.ts'
import { freshnessSays } from '#shared/state-words.ts'

export type FreshnessShape =
  | 'disc'
  | 'circle'
  | 'hourglass'
  | 'triangle'
  | 'half'
  | 'ring'
  | 'dotted-ring'
  | 'dash'
  | 'square'
  | 'dotted-line'
  | 'cross'

export interface FreshnessLook {
  readonly says: string
  readonly shape: FreshnessShape
  readonly colour: string
  readonly meaning: string
}

const LOOKS: Record<FreshnessWord, Omit<FreshnessLook, 'says'>> = {
  fresh: {
    shape: 'circle',
    colour: 'var(--fl-green)',
    meaning: 'Still in date at the edge. Not compared with the origin.',
  },
  pending: {
    shape: 'hourglass',
    colour: 'var(--fl-violet)',
    meaning: 'Something it shows has changed, and the origin is still old. A purge would not help yet.',
  },
  outdated: {
    shape: 'triangle',
    colour: 'var(--fl-amber)',
    meaning: 'The origin has a newer version; visitors get the old one until a purge or the end of its time.',
  },
  'stale-allowed': {
    shape: 'half',
    colour: 'var(--fl-teal)',
    meaning: 'Past its time: the next visitor gets it once more while the edge fetches a new one.',
  },
  expired: {
    shape: 'ring',
    colour: 'var(--fl-blue-grey)',
    meaning: 'Past its time: the next visit asks the origin. No purge is needed.',
  },
  absent: {
    shape: 'dotted-ring',
    colour: 'var(--fl-grey)',
    meaning: 'This edge location holds no copy: the next visitor waits for the origin.',
  },
  uncached: {
    shape: 'dash',
    colour: 'var(--fl-grey)',
    meaning: 'The edge keeps no copy of this page.',
  },
  error: {
    shape: 'square',
    colour: 'var(--fl-red)',
    meaning: 'The edge keeps an error where a page belongs.',
  },
  unknown: {
    shape: 'dotted-line',
    colour: 'var(--fl-grey)',
    meaning: 'Nobody has looked at this page yet.',
  },
  failed: {
    shape: 'cross',
    colour: 'var(--fl-red)',
    meaning: 'The last check got no answer, and there is no earlier one.',
  },
}

const PROVEN: Omit<FreshnessLook, 'says'> = {
  shape: 'disc',
  colour: 'var(--fl-green)',
  meaning: 'In date, and compared with the origin: the same.',
}

/** How a freshness word is shown; a fresh copy that was compared with the origin is told apart. */
export function freshnessLook(word: FreshnessWord, proven: boolean): FreshnessLook {
  return { says: freshnessSays(word, proven), ...(word === 'fresh' && proven ? PROVEN : LOOKS[word]) }
}

/** The words in the order of the filter: what needs attention first. */
export const FRESHNESS_ORDER: readonly FreshnessWord[] = [
  'outdated',
  'pending',
  'error',
  'failed',
  'stale-allowed',
  'expired',
  'absent',
  'uncached',
  'unknown',
  'fresh',
]
