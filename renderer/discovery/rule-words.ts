import type { PageRules, RuleName } from '#shared/page-identity.ts'

interface Choice {
  readonly name: 'slash' | 'index' | 'letterCase' | 'encoding' | 'query'
  readonly label: string
  readonly options: readonly {
    readonly value: PageRules['slash' | 'index' | 'letterCase' | 'encoding' | 'query']
    readonly label: string
  }[]
}

export const CHOICES: readonly Choice[] = [
  {
    name: 'slash',
    label: 'Slash at the end',
    options: [
      { value: 'keep', label: '/menu and /menu/ are two pages' },
      { value: 'add', label: 'Add it: /menu/' },
      { value: 'remove', label: 'Remove it: /menu' },
    ],
  },
  {
    name: 'index',
    label: 'index.html',
    options: [
      { value: 'keep', label: 'Keep /menu/index.html' },
      { value: 'strip', label: 'Write it as /menu/' },
    ],
  },
  {
    name: 'letterCase',
    label: 'Letter case of paths',
    options: [
      { value: 'keep', label: '/Menu and /menu are two pages' },
      { value: 'lower', label: 'Lower case: /menu' },
    ],
  },
  {
    name: 'encoding',
    label: 'Percent-encoding',
    options: [
      { value: 'keep', label: 'Keep %7e, %7E and ~ apart' },
      { value: 'normalise', label: 'Normalise to ~ (RFC 3986)' },
    ],
  },
  {
    name: 'query',
    label: 'Query parameters',
    options: [
      { value: 'keep', label: 'Keep all' },
      { value: 'listed', label: 'Keep only some' },
      { value: 'drop', label: 'Drop all' },
    ],
  },
]

export const RULE_WORDS: Readonly<Record<RuleName, string>> = {
  address: 'as browsers send it',
  encoding: 'percent-encoding',
  letterCase: 'letter case',
  index: 'index.html',
  slash: 'slash at the end',
  query: 'query parameters',
  sortQuery: 'order of parameters',
}

/** "by letter case and slash at the end". */
export function byRules(rules: readonly RuleName[]): string {
  const words = rules.map((rule) => RULE_WORDS[rule])
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
