import type { TagLint, TagRow } from '#shared/tags.ts'

export interface LintWords {
  readonly says: string
  readonly meaning: string
}

const WORDS: Record<TagLint, (row: Pick<TagRow, 'tag' | 'spellings'>) => LintWords> = {
  unused: () => ({ says: 'Unused', meaning: 'No page carries it any more. It was seen before.' }),
  'no-id': () => ({
    says: 'No id',
    meaning: 'Here it means every id of its class; an edge only purges copies that carry exactly this text.',
  }),
  'html-only': () => ({
    says: 'In pages only',
    meaning: 'It is in the HTML, and the edge stored it from no header: it cannot be purged as a tag, only page by page.',
  }),
  'letter-case': ({ tag, spellings }) => ({
    says: 'Letter case',
    meaning: `It is written in several ways: ${[tag, ...spellings].join(', ')}. Here they are one; other edges may take them for several.`,
  }),
}

/** What is wrong with a tag, or worth a look, in words. `crowded`: its pages with more than 50 tags. */
export function lintsOf(row: Pick<TagRow, 'tag' | 'spellings' | 'lints'>, crowded: number): LintWords[] {
  const words = row.lints.map((lint) => WORDS[lint](row))
  if (crowded === 0) return words
  return [
    ...words,
    {
      says: `> 50 tags on ${crowded}`,
      meaning: `${crowded === 1 ? '1 of its pages has' : `${crowded} of its pages have`} more than 50 tags. An edge that takes 50 drops the rest. Open it for the pages.`,
    },
  ]
}
