import type { CauseId, Confidence, Fact } from '#shared/diagnosis.ts'

/** A cause in a few words, as a heading. */
export const CAUSE_NAMES: Record<CauseId, string> = {
  'not-reachable': 'No answer',
  'purge-in-progress': 'A purge is under way',
  'switch-in-progress': 'A switch to another release is under way',
  'fallback-serving': 'Shown by the function, not built yet',
  'waiting-for-build': 'Waiting for a build or refresh',
  'skeleton-stored': 'An empty page was stored before its content came',
  'error-stored': 'An error is stored where the page belongs',
  'stale-if-error': 'Served old because the origin fails',
  'redirect-old': 'The redirect is old',
  'variant-missed': 'The purge missed this spelling of the address',
  'dependency-changed': 'Something that the page shows has changed',
  'older-deploy': 'The copy is from an earlier deploy',
  'old-copy': 'Old copy',
  'layers-disagree': 'Several caches disagree',
  'vantages-differ': 'Other places get another copy',
  'stale-while-revalidate': 'Served old once more while it is refreshed',
  'assets-gone': 'The page names files that no longer exist',
  'companion-old': 'A data file of the page is old',
  'crawler-differs': 'Crawlers get another page',
  'clock-wrong': 'A clock is wrong',
  'browser-only': "Only the visitor's browser is old",
  'not-cacheable': 'The edge keeps no copy',
  'varies-much': 'Kept in too many variants',
  'lifetime-missing': 'No lifetime is said',
  'lifetime-too-long': 'Kept far longer than it stays right',
  'page-gone': 'The page no longer exists',
  'not-compared': 'Not compared with the origin',
  'fresh-and-right': 'Fresh and right',
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
