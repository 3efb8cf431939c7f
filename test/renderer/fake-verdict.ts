import type { Verdict } from '#shared/diagnosis.ts'
import { timePlaceholder as at } from '#shared/time-placeholders.ts'

export interface WhyInput {
  readonly url: string
  readonly seenAtMs: number | null
  readonly customer: { readonly text: string } | null
}

const MINUTE = 60_000

/** A full verdict; an address of another host than the site's belongs to no site. */
export function makeVerdict({ url, seenAtMs, customer }: WhyInput): Verdict {
  const nowMs = Date.now()
  const known = url.includes('lollies')
  const changedMs = nowMs - 34 * MINUTE
  const endsMs = nowMs + 22 * 24 * 60 * MINUTE
  const sentence = `The edge still gives the copy of deploy “Winter menu” (71aa); “Spring menu” (8f3c) replaced it at ${at(changedMs)}.`
  return {
    url,
    askedAtMs: nowMs,
    seenAtMs,
    site: known ? { id: 's1', name: 'Lollies' } : null,
    pageId: known ? 2 : null,
    word: known ? 'outdated' : null,
    sentence,
    causes: [
      {
        id: 'older-deploy',
        confidence: 'proven',
        sentence,
        facts: [
          { from: 'edge', says: 'The copy has Age 30,240 s, so it was made before the deploy.', atMs: nowMs - 8 * 60 * MINUTE },
          { from: 'release', says: 'The live release 8f3c has other bytes for /lists/cherry.', atMs: changedMs },
          ...(customer === null ? [] : [{ from: 'customer' as const, says: 'Their copy came from FRA56.', atMs: nowMs }]),
        ],
        remedies: [
          {
            kind: 'purge',
            says: 'Purge this page: 1 item; it reaches the same path in 2 other zones as well',
            lines: ['/lists/cherry'],
          },
          { kind: 'build', says: 'Rebuild: about 70 s, then purge what changed' },
          { kind: 'refresh', says: 'Refresh this page at the renderer: 1 render, then purge 1 item', pageId: 1 },
          { kind: 'wait', says: `Let it expire at ${at(endsMs)}: free`, untilMs: endsMs },
          { kind: 'check-again', says: 'Check again' },
        ],
      },
      {
        id: 'lifetime-too-long',
        confidence: 'likely',
        sentence: 'It may be kept for 30 days, and it changed 9 times within 30 days.',
        facts: [{ from: 'history', says: '9 changes within 30 days.', atMs: null }],
        remedies: [
          {
            kind: 'fix-header',
            says: 'Send Cache-Control: public, max-age=0, s-maxage=86400 (it changes about every 3 days)',
            header: 'Cache-Control',
            value: 'public, max-age=0, s-maxage=86400',
          },
        ],
      },
      {
        id: 'browser-only',
        confidence: 'possible',
        sentence: `Visitors who loaded it before ${at(changedMs)} may keep it in their browser.`,
        facts: [{ from: 'browser', says: 'max-age=3600 lets a browser keep it for 60 min.', atMs: null }],
        remedies: [{ kind: 'reload-browser', says: 'Reload the page in the browser: free' }],
      },
    ],
    chain: [
      { link: 'visitor', says: 'gets the old copy', sinceMs: null, toNext: 'joined' },
      { link: 'browser', says: 'may keep it for 60 min', sinceMs: null, toNext: 'joined' },
      { link: 'edge', says: 'old copy at FRA56', sinceMs: nowMs - 8 * 60 * MINUTE, toNext: 'broken' },
      { link: 'origin', says: 'has release 8f3c', sinceMs: changedMs, toNext: 'joined' },
      { link: 'build', says: 'Spring menu (8f3c)', sinceMs: changedMs, toNext: 'joined' },
      { link: 'content', says: 'no later change is known', sinceMs: changedMs - MINUTE, toNext: null },
    ],
    sharedCache: { says: 'Keeps this copy', untilMs: endsMs, rule: 's-maxage=2592000', basis: 'edge-policy' },
    browser: {
      says: `A visitor who loaded it now keeps it until ${at(nowMs + 60 * MINUTE)}, whatever you purge`,
      untilMs: nowMs + 60 * MINUTE,
      rule: 'max-age=3600',
      basis: 'headers',
    },
    rightByItself: { atMs: endsMs, says: 'Then after one visit, which still gets the old copy.' },
    done: [
      { atMs: nowMs - 20 * MINUTE, says: 'ada purged /lists/cherry/ (1 item): another spelling of this address.' },
      { atMs: changedMs, says: 'Deploy “Spring menu” (8f3c) went live.' },
    ],
    exchanges: [
      {
        title: 'Edge, first answer',
        url,
        atMs: nowMs - 2_000,
        status: 200,
        says: 'A stored copy from FRA56, 30,240 s old.',
        headers: [
          ['age', '30240'],
          ['cache-control', 'public, max-age=3600, s-maxage=2592000'],
          ['x-cache', 'Hit from cloudfront'],
          ['x-amz-cf-pop', 'FRA56-P4'],
        ],
      },
      {
        title: 'With a query string',
        url: `${url}?x=1`,
        atMs: nowMs - 1_000,
        status: null,
        says: 'No answer within 5 s.',
        headers: [],
      },
    ],
    gaps: ['Only one edge location was asked, from here (FRA56).'],
    forCustomer: `You saw an earlier copy. It was replaced at ${at(changedMs)}. Please reload once; if it stays old, tell us your city and the time.`,
    report: `# ${url}\n\n${sentence}\n`,
  }
}
