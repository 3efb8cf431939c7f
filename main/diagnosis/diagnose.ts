import type { Verdict } from '#shared/diagnosis.ts'
import { chainOf } from './chain.ts'
import { notCompared } from './causes/not-compared.ts'
import { derive } from './derive.ts'
import { doneSince } from './done.ts'
import type { Evidence } from './evidence.ts'
import { exchangesOf } from './exchanges.ts'
import { forCustomer } from './for-customer.ts'
import { browserKeeps, rightByItself, sharedKeeps } from './keeps.ts'
import { rankedCauses } from './rank.ts'
import { safeData } from './redact.ts'
import { reportOf } from './report.ts'
import { wordOf } from './word.ts'

/**
 * The verdict on one address. Pure: everything it says is in the evidence, instants included; the same evidence gives the
 * same verdict. Never throws.
 */
export function diagnose(evidence: Evidence): Verdict {
  const derived = derive(evidence)
  const causes = rankedCauses(evidence, derived)
  const first = causes[0] ?? notCompared(evidence, derived)
  const right = rightByItself(evidence, derived, first.id)
  const verdict = safeData<Omit<Verdict, 'report'>>({
    url: evidence.url,
    askedAtMs: evidence.askedAtMs,
    seenAtMs: evidence.seenAtMs,
    site: evidence.site && { id: evidence.site.id, name: evidence.site.name },
    pageId: evidence.page?.id ?? null,
    word: wordOf(evidence, derived),
    sentence: first.sentence,
    causes,
    chain: chainOf(evidence, derived, first.id),
    sharedCache: sharedKeeps(evidence, derived, evidence.page?.facts ?? null),
    browser: browserKeeps(derived),
    rightByItself: right,
    done: doneSince(evidence, derived),
    exchanges: exchangesOf(evidence),
    gaps: [...evidence.gaps, ...(evidence.policyGap === null ? [] : [evidence.policyGap])],
    forCustomer: forCustomer(evidence, derived, first, right),
  })
  return { ...verdict, report: reportOf(verdict) }
}
