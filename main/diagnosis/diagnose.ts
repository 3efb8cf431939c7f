import type { Verdict } from '#shared/diagnosis.ts'
import type { Evidence } from './evidence.ts'

/**
 * The verdict on one address. Pure: everything it says is in the evidence, instants included; the same evidence gives the
 * same verdict.
 */
export function diagnose(evidence: Evidence): Verdict {
  const says = 'Nothing was compared.'
  const keeps = { says: 'not known', untilMs: null, rule: null, basis: 'unknown' } as const
  return {
    url: evidence.url,
    askedAtMs: evidence.askedAtMs,
    seenAtMs: evidence.seenAtMs,
    site: evidence.site && { id: evidence.site.id, name: evidence.site.name },
    pageId: evidence.page?.id ?? null,
    word: null,
    sentence: says,
    causes: [{ id: 'not-compared', confidence: 'possible', sentence: says, facts: [], remedies: [] }],
    chain: [],
    sharedCache: keeps,
    browser: keeps,
    rightByItself: null,
    done: [],
    exchanges: [],
    gaps: [...evidence.gaps],
    forCustomer: says,
    report: says,
  }
}
