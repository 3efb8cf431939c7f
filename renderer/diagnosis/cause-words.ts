import type { CauseId, Confidence, Fact } from '#shared/diagnosis.ts'

/** A cause in a few words: the title of its documentation page. */
export const CAUSE_NAMES: Record<CauseId, string> = {
  'not-reachable': 'The site does not answer',
  'purge-in-progress': 'A purge is on its way',
  'switch-in-progress': 'A switch to another release is on its way',
  'fallback-serving': 'A function shows the page until it is built',
  'waiting-for-build': 'The origin itself is old',
  'skeleton-stored': 'An empty shell was stored',
  'error-stored': 'An error was stored',
  'stale-if-error': 'The last good copy, because the origin fails',
  'redirect-old': 'The redirect is old, not the page',
  'variant-missed': 'The purge missed this copy',
  'dependency-changed': 'Something that the page shows has changed',
  'older-deploy': 'The copy is from an earlier deploy',
  'old-copy': 'The edge has an older copy than the origin',
  'layers-disagree': 'Several caches do not agree',
  'vantages-differ': 'Another location answers differently',
  'stale-while-revalidate': 'Given once more while it is renewed',
  'assets-gone': 'The page names files that are gone',
  'companion-old': 'A file that goes with the page is old',
  'crawler-differs': 'Crawlers get another page',
  'clock-wrong': 'A clock is wrong',
  'browser-only': 'Only the browser has the old page',
  'not-cacheable': 'The edge keeps no copy',
  'varies-much': 'Every visitor has a copy of their own',
  'lifetime-missing': 'No header says how long',
  'lifetime-too-long': 'It is kept far longer than it stays true',
  'page-gone': 'The page is gone',
  'not-compared': 'It was not compared',
  'fresh-and-right': 'Nothing is wrong',
}

export const CONFIDENCE: Record<Confidence, { readonly says: string; readonly meaning: string }> = {
  proven: { says: 'Proven', meaning: 'The evidence allows nothing else.' },
  likely: { says: 'Likely', meaning: 'It fits the evidence, and nothing speaks against it.' },
  possible: { says: 'Possible', meaning: 'Worth a look; the evidence does not decide it.' },
}

export const TELLERS: Record<Fact['from'], string> = {
  edge: 'Edge',
  origin: 'Origin',
  browser: 'Browser',
  customer: 'Customer',
  release: 'Release',
  renderer: 'Renderer',
  history: 'History',
  settings: 'Settings',
}

/** A remedy as an act and its consequence: "Purge this page: 1 item" is both. */
export function splitRemedy(says: string): { readonly title: string; readonly consequence: string } {
  const at = says.indexOf(': ')
  return at === -1 ? { title: says, consequence: '' } : { title: says.slice(0, at), consequence: says.slice(at + 2) }
}
